import * as kplus from 'cdk8s-plus-27';
import { MinioConsole, type MinioConsoleProps } from '../../constructs/store/minio-console';
import { address, envOf, labelsOf, platform } from '../flow/support';
import { chart, object } from '../support';

function console(props: Partial<MinioConsoleProps> = {}) {
  const scope = chart();
  const minio = address('minio-service', 9000);
  const keycloak = {
    internal: address('keycloak-internal-service', 443),
    external: address('keycloak-external-service', 80),
  };
  new MinioConsole(scope, 'Console', {
    platform: platform(),
    namespace: 'services',
    adminNamespace: 'base',
    origin: { domain: 'kaapana.example.org', httpsPort: 443 },
    minio,
    keycloak,
    oidcClient: kplus.Secret.fromSecretName(scope, 'Client', 'oidc-client-secret'),
    ...props,
  });
  const pod = object(scope, 'Deployment', 'minio-console-deployment').spec.template.spec;
  return { scope, minio, keycloak, pod, env: envOf(pod.containers[0]) };
}

test('users log in where they reach the platform, by a client whose secret is in a Secret', () => {
  const { env } = console({ origin: { domain: 'pacs.example.org', httpsPort: 8443 } });
  expect(env).toMatchObject({
    KAAPANA_ADDRESS: 'https://pacs.example.org:8443',
    CONSOLE_IDP_CALLBACK: 'https://pacs.example.org:8443/minio-console/oauth_callback/',
    CONSOLE_IDP_URL:
      'http://keycloak-external-service.services.svc:80/auth/realms/kaapana/.well-known/openid-configuration',
    CONSOLE_IDP_CLIENT_ID: 'kaapana',
    CONSOLE_IDP_SECRET: 'oidc-client-secret/oidc-client-secret',
    ADMIN_NAMESPACE: 'base',
  });
});

test('it shows the objects of the store that it is given', () => {
  expect(console({ minio: address('store', 9001) }).env.CONSOLE_MINIO_SERVER).toBe('http://store.services.svc:9001');
});

test('it waits for the store and the identity provider, which let it in', () => {
  const { pod, minio, keycloak } = console();
  expect(envOf(pod.initContainers[0]).WAIT).toBe(
    'keycloak,keycloak-internal-service.services.svc,443;minio,minio-service.services.svc,9000',
  );
  for (const { peers } of [minio, keycloak.internal, keycloak.external]) {
    expect(peers.map(labelsOf)).toEqual([{ 'app-name': 'minio-console' }]);
  }
});

test('it is shown without its path, and may stand in a frame of the portal', () => {
  const { scope, env } = console();
  expect(object(scope, 'Ingress', 'minio-console-ingress').spec.rules[0].http.paths[0]).toMatchObject({
    path: '/minio-console',
    backend: { service: { name: 'minio-console-service' } },
  });
  expect(object(scope, 'Middleware', 'rewrite-minio-console').spec).toEqual({
    replacePathRegex: { regex: '^/minio-console/(.*)', replacement: '/${1}' },
  });
  expect(env).toMatchObject({ CONSOLE_SUBPATH: '/minio-console/', CONSOLE_SECURE_FRAME_DENY: 'off' });
});

test('the reverse proxy alone reaches it', () => {
  const { scope, pod } = console();
  const { ingress } = object(scope, 'NetworkPolicy', 'minio-console-deployment-ingress').spec;
  expect(ingress).toHaveLength(1);
  expect(ingress[0].ports).toEqual([{ port: 9001, protocol: 'TCP' }]);
  expect(pod.containers[0].args).toEqual(['server', '--host', '0.0.0.0', '--port', '9001']);
});
