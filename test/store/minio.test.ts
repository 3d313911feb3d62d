import * as kplus from 'cdk8s-plus-27';
import { externalAddress, RuntimeSecret, secretToken } from '../../constructs/kube';
import { Minio, type MinioProps } from '../../constructs/store/minio';
import { MinioInit } from '../../constructs/store/minio-init';
import { chart, object, platform } from '../support';

function minio(props: Partial<MinioProps> = {}) {
  const scope = chart();
  const shared = { platform: platform(), namespace: 'services' };
  const component = new Minio(scope, 'Minio', {
    ...shared,
    origin: { domain: 'kaapana.example.org', httpsPort: 443 },
    account: { username: 'store', password: secretToken('minio') },
    keycloak: externalAddress('http://keycloak-external-service.adm2.svc'),
    oidcClient: kplus.Secret.fromSecretName(scope, 'Client', 'oidc-client-secret'),
    certificate: new RuntimeSecret(scope, 'Certificate', { name: 'certificate', namespace: 'services', madeBy: scope }),
    volumeSize: '100Gi',
    ...props,
  });
  return { scope, shared, component, pod: object(scope, 'Deployment', 'minio-deployment').spec.template.spec };
}

test('its credentials come from Secrets', () => {
  const { scope, pod } = minio();
  expect(object(scope, 'Secret', 'minio-account').stringData).toEqual({
    username: 'store',
    password: secretToken('minio'),
  });
  expect(pod.containers[0].env).toEqual(
    expect.arrayContaining([
      { name: 'MINIO_ROOT_PASSWORD', valueFrom: { secretKeyRef: { name: 'minio-account', key: 'password' } } },
      {
        name: 'MINIO_IDENTITY_OPENID_CLIENT_SECRET',
        valueFrom: { secretKeyRef: { name: 'oidc-client-secret', key: 'oidc-client-secret' } },
      },
    ]),
  );
});

test('users log in at its console where they reach the platform', () => {
  const { pod } = minio({ origin: { domain: 'pacs.example.org', httpsPort: 8443 } });
  expect(pod.containers[0].env).toEqual(
    expect.arrayContaining([
      { name: 'MINIO_BROWSER_REDIRECT_URL', value: 'https://pacs.example.org:8443/minio-console/' },
      {
        name: 'MINIO_IDENTITY_OPENID_REDIRECT_URI',
        value: 'https://pacs.example.org:8443/minio-console/oauth_callback/',
      },
      {
        name: 'MINIO_IDENTITY_OPENID_CONFIG_URL',
        value: 'http://keycloak-external-service.adm2.svc:80/auth/realms/kaapana/.well-known/openid-configuration',
      },
    ]),
  );
  expect(pod.initContainers[0].env).toEqual([{ name: 'WAIT', value: 'keycloak' }]);
});

test('its console is shown without its path, in a frame of the portal too', () => {
  const { scope } = minio();
  expect(object(scope, 'Ingress', 'minio-console-ingress').metadata.annotations).toMatchObject({
    'traefik.ingress.kubernetes.io/router.middlewares':
      'services-rewrite-minio-console@kubernetescrd,services-minio-console-x-frame-options@kubernetescrd',
  });
  expect(object(scope, 'Middleware', 'rewrite-minio-console').spec).toEqual({
    replacePathRegex: { regex: '^/minio-console/(.*)', replacement: '/${1}' },
  });
  expect(object(scope, 'Middleware', 'minio-console-x-frame-options').spec).toEqual({
    headers: { customResponseHeaders: { 'X-Frame-Options': '' } },
  });
});

test('its objects lie on slow storage of the size that is told', () => {
  const { scope } = minio({ volumeSize: '7Ti' });
  expect(object(scope, 'PersistentVolumeClaim', 'minio-pv-claim').spec.resources.requests.storage).toBe('7Ti');
  expect(object(scope, 'PersistentVolume', 'services-minio').spec.hostPath.path).toBe('/mnt/slow/minio');
  expect(object(scope, 'Deployment', 'minio-deployment').spec.strategy.type).toBe('Recreate');
});

test('the console is for the reverse proxy, S3 for the scraper and for whoever is named', () => {
  const client = { namespace: 'project-admin', podLabels: { app: 'task' } };
  const ports = (props: Partial<MinioProps>) =>
    object(minio(props).scope, 'NetworkPolicy', 'minio-deployment-ingress')
      .spec.ingress.map((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port))
      .flat()
      .sort();
  expect(ports({})).toEqual([9000, 9090]);
  expect(ports({ clients: [client] })).toEqual([9000, 9000, 9090]);
  expect(minio().component.api.url).toBe('http://minio-service.services.svc:9000');
});

test('with a way out of the cluster it reads the proxy', () => {
  const proxy = externalAddress('http://proxy.example.org:8118');
  expect(minio({ egress: { proxy, domain: 'x' } }).pod.containers[0].env).toContainEqual({
    name: 'http_proxy',
    value: proxy.url,
  });
  expect(JSON.stringify(minio().pod.containers[0].env)).not.toContain('proxy');
});

test('its first buckets are made once it and the workflow engine are up, by its root account', () => {
  const { scope, shared, component } = minio({ namespace: 'site2-services' });
  const airflow = externalAddress('http://airflow-webserver-service.services.svc:8080');
  new MinioInit(scope, 'Init', { ...shared, minio: component.api, account: component.account, airflow });
  const { backoffLimit, template } = object(scope, 'Job', 'minio-init').spec;
  expect(backoffLimit).toBe(0);
  expect(template.spec.initContainers[0].env).toEqual([{ name: 'WAIT', value: 'minio;airflow' }]);
  expect(template.spec.containers[0].env).toEqual([
    { name: 'MINIO_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 'minio-account', key: 'username' } } },
    { name: 'MINIO_SECRET_KEY', valueFrom: { secretKeyRef: { name: 'minio-account', key: 'password' } } },
    { name: 'SERVICES_NAMESPACE', value: 'site2-services' },
  ]);
  expect(JSON.stringify(object(scope, 'NetworkPolicy', 'minio-deployment-ingress').spec.ingress)).toContain(
    '"minio-init"',
  );
});
