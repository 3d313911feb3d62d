import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { externalAddress, secretToken } from '../../constructs/kube';
import { KaapanaBackend, type KaapanaBackendProps } from '../../constructs/portal/kaapana-backend';
import { chart, object, platform } from '../support';
import { accounts, certificate, endpoint, keycloak, references, values } from './support';

function backend(props: Partial<KaapanaBackendProps> = {}) {
  const scope = chart();
  const all: Required<KaapanaBackendProps> = {
    platform: platform(),
    namespace: 'services',
    adminNamespace: 'admin',
    origin: { domain: 'kaapana.example.org', httpsPort: 443 },
    instanceName: 'clinic',
    mountPoints: ['/mnt/a', '/mnt/b'],
    build: {
      version: '0.6.0',
      branch: 'develop',
      committed: '2025-01-01',
      built: '2025-01-02',
      deployed: '2025-01-03',
    },
    services: {
      accessInformation: endpoint(scope, 'aii-service.services', 8080),
      airflow: endpoint(scope, 'airflow-webserver-service.services', 8080, { path: '/flow' }),
      dicomWebFilter: endpoint(scope, 'dicom-web-filter-service.services', 8080),
      keycloak: keycloak(scope),
      kubeHelm: endpoint(scope, 'kube-helm-service.admin', 5000),
      minio: endpoint(scope, 'minio-service.services', 9000),
      openPolicyAgent: endpoint(scope, 'open-policy-agent-service.admin', 8181),
      opensearch: endpoint(scope, 'opensearch-service.services', 9200, { scheme: 'https' }),
      prometheus: endpoint(scope, 'prometheus-service.services', 9090, { path: '/prometheus' }),
      traefik: endpoint(scope, 'traefik-0.admin', 8080),
    },
    egress: { proxy: externalAddress('http://squid.example.org:3128'), domain: 'kaapana.example.org' },
    accounts: accounts(scope),
    minioAccount: kplus.Secret.fromSecretName(scope, 'MinioAccount', 'minio-account'),
    certificate: certificate(scope),
    projectsReady: new Construct(scope, 'ProjectsReady'),
    uploads: { name: 'uploads-pv-claim' },
    credentials: { database: secretToken('database'), secretKey: secretToken('key') },
  };
  const component = new KaapanaBackend(scope, 'Backend', { ...all, ...props });
  const { template } = object(scope, 'Deployment', 'kaapana-backend').spec;
  return { scope, component, template, container: template.spec.containers[0] };
}

test('it reaches its own instance by the address of the server, whatever the DNS of the cluster says', () => {
  const proxy = externalAddress('http://squid.example.org:3128');
  const aliases = (egress: KaapanaBackendProps['egress']) => backend({ egress }).template.spec.hostAliases;
  expect(aliases({ proxy, domain: 'kaapana.example.org', address: '192.0.2.10' })).toEqual([
    { ip: '192.0.2.10', hostnames: ['kaapana.example.org'] },
  ]);
  expect(aliases({ proxy, domain: 'kaapana.example.org' })).toBeUndefined();
  expect(aliases({ proxy, domain: '192.0.2.10', address: '192.0.2.10' })).toBeUndefined();
});

test('it finds the other components', () => {
  expect(values(backend().container)).toMatchObject({
    ACCESS_INFORMATION_INTERFACE_URL: 'http://aii-service.services.svc:8080',
    AIRFLOW_URL: 'http://airflow-webserver-service.services.svc:8080/flow/kaapana/api',
    KEYCLOAK_URL: 'http://keycloak-external-service.admin.svc:80',
    KUBE_HELM_URL: 'http://kube-helm-service.admin.svc:5000/kube-helm-api',
    MINIO_URL: 'minio-service.services.svc:9000',
    OPENSEARCH_HOST: 'opensearch-service.services.svc',
    PROMETHEUS_URL: 'http://prometheus-service.services.svc:9090/prometheus',
    TRAEFIK_URL: 'http://traefik-0.admin.svc:8080',
  });
});

test('each of them lets it in', () => {
  const { scope } = backend();
  for (const name of [
    'airflow-webserver-service-8080',
    'kube-helm-service-5000',
    'open-policy-agent-service-8181',
    'traefik-0-8080',
    'keycloak-external-service-80',
  ]) {
    const { ingress } = object(scope, 'NetworkPolicy', `${name}-ingress`).spec;
    expect(ingress[0].from[0].podSelector.matchLabels).toMatchObject({ 'app.kubernetes.io/name': 'kaapana-backend' });
  }
  expect.assertions(5);
});

test('with all props it knows its site, its build and the way out', () => {
  expect(values(backend().container)).toMatchObject({
    INSTANCE_NAME: 'clinic',
    HOSTNAME: 'kaapana.example.org',
    HTTPS_PORT: '443',
    MOUNT_POINTS_TO_MONITOR: '/mnt/a,/mnt/b',
    KAAPANA_BUILD_BRANCH: 'develop',
    KAAPANA_LAST_COMMIT_TIMESTAMP: '2025-01-01',
    DEPLOYMENT_TIMESTAMP: '2025-01-03',
    http_proxy: 'http://squid.example.org:3128',
    no_proxy: '.svc,.svc.cluster,.svc.cluster.local,kaapana.example.org',
  });
});

test('with the required props there is nothing to monitor, no proxy, and unknown times', () => {
  const env = values(backend({ mountPoints: undefined, egress: undefined, build: { version: '0.6.0' } }).container);
  expect(env).toMatchObject({
    MOUNT_POINTS_TO_MONITOR: '',
    KAAPANA_BUILD_BRANCH: 'release',
    DEPLOYMENT_TIMESTAMP: 'unknown',
  });
  expect(env).not.toHaveProperty('http_proxy');
});

test('its credentials come from Secrets', () => {
  const { scope, container } = backend();
  expect(references(container)).toEqual({
    SECRET_KEY: 'kaapana-backend-signing-key/secret-key',
    MINIO_USERNAME: 'minio-account/username',
    MINIO_PASSWORD: 'minio-account/password',
    KEYCLOAK_ADMIN_USERNAME: 'keycloak-admin-account/username',
    KEYCLOAK_ADMIN_PASSWORD: 'keycloak-admin-account/password',
    KAAPANA_CLIENT_SECRET: 'oidc-client-secret/oidc-client-secret',
    KAAPANA_PROJECT_USER_PASSWORD: 'system-user-password/system-user-password',
    DATABASE_URL: 'kaapana-backend-database-account/postgresql-url',
  });
  expect(object(scope, 'Secret', 'kaapana-backend-signing-key').stringData).toEqual({
    'secret-key': secretToken('key'),
  });
});

test('it waits until the projects are registered', () => {
  const { template } = backend();
  expect(template.spec.initContainers[0].env).toEqual([
    { name: 'WAIT', value: 'kaapana-backend-database-;keycloak;airflow;access-information-interface' },
  ]);
});

test('Prometheus reads its own metrics, and those of the node', () => {
  const { annotations } = backend().template.metadata;
  expect(annotations).toMatchObject({
    'prometheus.io/port': '5000',
    'prometheus.io/custom_job_name': 'Kaapana Backend',
    'prometheus.io/path_2': '/monitoring/metrics/scrape',
    'prometheus.io/scrape_interval_2': '60s',
    'prometheus.io/custom_job_name_2': 'Kaapana Node Info',
  });
  expect(annotations).not.toHaveProperty('prometheus.io/path');
});

test("it serves /kaapana-backend, and trusts the platform's certificate", () => {
  const { scope, component, container } = backend();
  expect(component.api.url).toBe('http://kaapana-backend-service.services.svc:5000');
  expect(object(scope, 'Ingress', 'kaapana-backend-ingress').spec.rules[0].http.paths[0].path).toBe('/kaapana-backend');
  expect(container.volumeMounts).toContainEqual({
    name: 'kaapana-cert',
    mountPath: '/etc/certs/kaapana.pem',
    subPath: 'tls.crt',
  });
});
