import { parse } from 'yaml';
import { externalAddress, RuntimeSecret, secretToken } from '../../constructs/kube';
import { OpenSearch, type OpenSearchProps } from '../../constructs/meta/opensearch';
import { javaOptions } from '../../constructs/meta/opensearch-java';
import { chart, object, platform } from '../support';

function opensearch(props: Partial<OpenSearchProps> = {}) {
  const scope = chart();
  const component = new OpenSearch(scope, 'OpenSearch', {
    platform: platform(),
    namespace: 'services',
    domain: 'kaapana.example.org',
    memory: { request: '2986Mi', limit: '8960Mi' },
    keycloak: externalAddress('http://keycloak-external-service.adm2.svc'),
    certificate: new RuntimeSecret(scope, 'Certificate', { name: 'certificate', namespace: 'services', madeBy: scope }),
    dashboardsPassword: secretToken('dashboards'),
    ...props,
  });
  const file = (key: string) => parse(object(scope, 'ConfigMap', 'os-config').data[key]);
  const pod = object(scope, 'Deployment', 'opensearch-de').spec.template.spec;
  return { scope, component, file, pod, env: pod.containers[0].env as { name: string; value: string }[] };
}

const proxy = externalAddress('http://proxy.example.org:8118');
const variable = (env: { name: string; value: string }[], wanted: string) =>
  env.find(({ name }) => name === wanted)?.value;

test('its node is called after the platform, and its memory is told', () => {
  const { env, pod } = opensearch({ domain: 'pacs.example.org', memory: { request: '3Gi', limit: '4Gi' } });
  for (const name of ['node.name', 'discovery.seed_hosts', 'cluster.initial_cluster_manager_nodes']) {
    expect(variable(env, name)).toBe('pacs.example.org');
  }
  expect(variable(env, 'OPENSEARCH_JAVA_OPTS')).toBe('-Xms1536m -Xmx1536m');
  expect(pod.containers[0].resources).toMatchObject({ requests: { memory: '3Gi' }, limits: { memory: '4Gi' } });
});

test.each([
  ['2986Mi', 1493],
  ['1.5Gi', 768],
  ['1073741824', 512],
  ['2e9', 953],
  ['4G', 1907],
  ['2097152Ki', 1024],
  ['+2Gi', 1024],
  ['+2e+9', 953],
  ['2000000000000m', 953],
  ['1P', 476837158],
  ['1E', 476837158203],
  ['1Ei', 549755813888],
  ['.5Gi', 256],
])('half of %s is for Java: %d MiB', (memory, heap) => {
  expect(javaOptions(memory)).toBe(`-Xms${heap}m -Xmx${heap}m`);
});

test.each(['1Mi', '0', '511Mi', '100m'])('however little is promised, Java has a heap to work with: %s', (memory) => {
  expect(javaOptions(memory)).toBe('-Xms256m -Xmx256m');
});

test.each(['', 'much', '3GB', '1.2.3Gi'])('"%s" is not an amount of memory', (memory) => {
  expect(() => javaOptions(memory)).toThrow(`"${memory}" is not a quantity; write e.g.`);
});

test('Java is told the proxy, and what is reached without it', () => {
  const { env } = opensearch({ egress: { proxy, domain: 'pacs.example.org' } });
  const options = variable(env, 'OPENSEARCH_JAVA_OPTS') ?? '';
  expect(options).toContain('-Dhttps.proxyHost=proxy.example.org -Dhttps.proxyPort=8118 ');
  expect(options).toContain('-Dhttp.nonProxyHosts=*.svc|*.svc.cluster|*.svc.cluster.local|pacs.example.org');
  expect(variable(env, 'http_proxy')).toBe(proxy.url);
  expect(variable(opensearch().env, 'http_proxy')).toBeUndefined();
});

test('its certificates are signed by the certificate of the platform before it starts, as root', () => {
  const { pod } = opensearch();
  const [maker] = pod.initContainers;
  expect(pod.initContainers).toHaveLength(1);
  expect(maker.securityContext.runAsUser).toBe(0);
  expect(maker.command[2]).toContain('chown -R 1000:1000 /os');
  expect(maker.volumeMounts).toEqual(
    expect.arrayContaining([
      { name: 'kaapana-cert', mountPath: '/certs/root-ca.pem', subPath: 'tls.crt' },
      { name: 'kaapana-cert', mountPath: '/certs/root-ca-key.pem', subPath: 'tls.key' },
      { name: 'oscerts', mountPath: '/os/certs' },
    ]),
  );
  const certificates = pod.containers[0].volumeMounts.filter(({ name }: { name: string }) => name === 'oscerts');
  expect(certificates).toHaveLength(6);
  expect(pod.securityContext.runAsUser).toBe(1000);
});

test('it believes its own users, and the tokens of the identity provider', () => {
  const { authc } = opensearch().file('config.yml').config.dynamic;
  expect(authc.basic_internal_auth_domain.authentication_backend.type).toBe('intern');
  expect(authc.openid_auth_domain.http_authenticator.config).toMatchObject({
    openid_connect_url:
      'http://keycloak-external-service.adm2.svc:80/auth/realms/kaapana/.well-known/openid-configuration',
    openid_connect_idp: { pemtrustedcas_filepath: '/usr/share/opensearch/config/root-ca.pem' },
    roles_key: 'opensearch',
  });
  expect(opensearch().file('internal_users.yml')).toEqual({ _meta: { type: 'internalusers', config_version: 2 } });
});

test('both of its ports speak TLS, by certificates that are mounted where it looks', () => {
  const { file, pod } = opensearch();
  const { ssl } = file('opensearch.yml')['plugins.security'];
  const mounted = pod.containers[0].volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
  for (const path of [ssl.http.pemcert_filepath, ssl.http.pemkey_filepath, ssl.transport.pemtrustedcas_filepath]) {
    expect(mounted).toContain(`/usr/share/opensearch/config/${path}`);
  }
  expect(ssl.http.enabled).toBe(true);
  expect(mounted).toContain('/usr/share/opensearch/config/opensearch-security/config.yml');
});

test('the user of its dashboards has a Secret', () => {
  const { scope, component } = opensearch();
  const { stringData, type } = object(scope, 'Secret', component.dashboardsUser.name);
  expect(component.dashboardsUser.name).toBe('opensearch-dashboard-user-password');
  expect(stringData).toEqual({ 'opensearch-dashboard-user-password': secretToken('dashboards') });
  expect(type).toBe('Opaque');
});

test('it may be asked by the reverse proxy, by itself at its start, and by whoever is named', () => {
  const client = { namespace: 'project-admin', podLabels: { app: 'task' } };
  const rules = (props: Partial<OpenSearchProps>) =>
    object(opensearch(props).scope, 'NetworkPolicy', 'opensearch-de-ingress').spec.ingress;
  expect(rules({})).toHaveLength(2);
  expect(rules({})).toContainEqual(
    expect.objectContaining({ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'opensearch' } } }] }),
  );
  expect(rules({ clients: [client] })).toHaveLength(3);
});

test('it offers its API by TLS, and its data outlive it', () => {
  const { scope, component } = opensearch({ namespace: 'site2-services' });
  expect(component.api.url).toBe('https://opensearch-service.site2-services.svc:9200');
  expect(object(scope, 'Ingress', 'os-ip').metadata.annotations).toMatchObject({
    'traefik.ingress.kubernetes.io/router.middlewares': 'site2-services-os-strip-prefix@kubernetescrd',
  });
  for (const name of ['opensearch', 'os-certs']) {
    expect(object(scope, 'PersistentVolume', `site2-services-${name}`).spec.persistentVolumeReclaimPolicy).toBe(
      'Retain',
    );
  }
});
