import * as kplus from 'cdk8s-plus-27';
import { KeycloakInit, type KeycloakInitProps } from '../../constructs/admin/keycloak-init';
import { externalAddress, secretToken } from '../../constructs/kube';
import { chart, object, platform } from '../support';

function init(props: Partial<KeycloakInitProps> = {}) {
  const scope = chart();
  const component = new KeycloakInit(scope, 'KeycloakInit', {
    platform: platform(),
    namespace: 'admin',
    origin: { domain: 'kaapana.example.org', httpsPort: 8443 },
    keycloak: externalAddress('https://keycloak-internal-service.admin.svc'),
    admin: kplus.Secret.fromSecretName(scope, 'Admin', 'keycloak-admin'),
    initPassword: secretToken('init'),
    clientSecret: secretToken('client'),
    systemPassword: secretToken('system'),
    devMode: false,
    ...props,
  });
  const pod = object(scope, 'Job', 'keycloak-init').spec.template.spec;
  const env = new Map<string, { value?: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }>(
    pod.containers[0].env.map(({ name, ...rest }: { name: string }) => [name, rest]),
  );
  return { scope, component, pod, env };
}

test('it finds Keycloak and tells it the address of the platform', () => {
  const { env, pod } = init();
  expect(env.get('KEYCLOAK_HOST')).toEqual({ value: 'keycloak-internal-service.admin.svc' });
  expect(env.get('KEYCLOAK_HTTPS_PORT')).toEqual({ value: '443' });
  expect(env.get('HOSTNAME')).toEqual({ value: 'kaapana.example.org' });
  expect(env.get('HTTPS_PORT')).toEqual({ value: '8443' });
  expect(pod.initContainers[0].env).toEqual([{ name: 'WAIT', value: 'keycloak' }]);
});

test.each([
  ['KEYCLOAK_USER', 'keycloak-admin', 'username'],
  ['KEYCLOAK_PASSWORD', 'keycloak-admin', 'password'],
  ['KAAPANA_INIT_PASSWORD', 'kaapana-init-password', 'kaapana-init-password'],
  ['OIDC_CLIENT_SECRET', 'oidc-client-secret', 'oidc-client-secret'],
  ['SYSTEM_USER_PASSWORD', 'system-user-password', 'system-user-password'],
])('%s comes from the Secret %s', (variable, name, key) => {
  expect(init().env.get(variable)).toEqual({ valueFrom: { secretKeyRef: { name, key } } });
});

test('its Secrets hold what it was given, for others too', () => {
  const { scope, component } = init();
  expect(object(scope, 'Secret', 'kaapana-init-password').stringData).toEqual({
    'kaapana-init-password': secretToken('init'),
  });
  expect(object(scope, 'Secret', component.clientSecret.name).stringData).toEqual({
    'oidc-client-secret': secretToken('client'),
  });
  expect(object(scope, 'Secret', component.systemPassword.name).stringData).toEqual({
    'system-user-password': secretToken('system'),
  });
});

test.each([
  [true, 'true'],
  [false, 'false'],
])('devMode %s is written %s', (devMode, value) => {
  expect(init({ devMode }).env.get('DEV_MODE')).toEqual({ value });
});

test('it calls no Kubernetes API and gets no token', () => {
  const { pod } = init();
  expect(pod.automountServiceAccountToken).toBe(false);
  expect(pod.serviceAccountName).toBeUndefined();
  expect(pod.restartPolicy).toBe('Never');
});
