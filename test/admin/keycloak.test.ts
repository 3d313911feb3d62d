import { Keycloak, type KeycloakProps } from '../../constructs/admin/keycloak';
import { RuntimeSecret, secretToken } from '../../constructs/kube';
import { chart, object, platform } from '../support';

function keycloak(props: Partial<KeycloakProps> = {}) {
  const scope = chart();
  const component = new Keycloak(scope, 'Keycloak', {
    platform: platform(),
    namespace: 'admin',
    origin: { domain: 'kaapana.example.org', httpsPort: 443 },
    certificate: new RuntimeSecret(scope, 'Certificate', { name: 'certificate', namespace: 'admin', madeBy: scope }),
    admin: { username: 'admin', password: secretToken('admin') },
    databasePassword: secretToken('database'),
    ...props,
  });
  return { scope, component, pod: object(scope, 'Deployment', 'keycloak').spec.template.spec };
}

test('pods reach it by TLS, the reverse proxy plainly', () => {
  const { component } = keycloak();
  expect(component.internal.url).toBe('https://keycloak-internal-service.admin.svc');
  expect(component.external.url).toBe('http://keycloak-external-service.admin.svc');
  expect(component.external.portName).toBe('kc-http-port');
});

test('it knows the address that users see', () => {
  const { pod } = keycloak({ origin: { domain: 'pacs.example.org', httpsPort: 8443 } });
  const { command } = pod.containers[0];
  // Tried with Keycloak 26.0.8: the issuer and the login stay public, tokens and keys are asked for where the
  // description was.
  expect(command[command.indexOf('--hostname-backchannel-dynamic') + 1]).toBe('true');
  expect(command[command.indexOf('--hostname') + 1]).toBe('https://pacs.example.org:8443/auth');
  expect(command).toContain('xforwarded');
});

test('its credentials come from Secrets', () => {
  const { scope, component, pod } = keycloak();
  expect(object(scope, 'Secret', component.admin.name).stringData).toEqual({
    username: 'admin',
    password: secretToken('admin'),
  });
  expect(object(scope, 'Secret', 'keycloak-database-account').stringData.password).toBe(secretToken('database'));
  expect(pod.containers[0].env).toEqual(
    expect.arrayContaining([
      { name: 'KC_BOOTSTRAP_ADMIN_PASSWORD', valueFrom: { secretKeyRef: { name: 'keycloak-admin', key: 'password' } } },
      { name: 'KC_DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'keycloak-database-account', key: 'password' } } },
      { name: 'KC_DB_URL', value: 'jdbc:postgresql://keycloak-database-service.admin.svc/keycloak' },
    ]),
  );
});

test('it waits for its database, which lets nobody else in', () => {
  const { scope, pod } = keycloak();
  expect(pod.initContainers[0].env).toEqual([{ name: 'WAIT', value: 'keycloak-database-' }]);
  const { ingress } = object(scope, 'NetworkPolicy', 'keycloak-database-ingress').spec;
  expect(ingress).toHaveLength(1);
  expect(ingress[0].from[0].podSelector.matchLabels).toEqual({
    'app.kubernetes.io/name': 'keycloak',
    'app.kubernetes.io/component': 'keycloak',
  });
});

test('it answers for its own health and serves /auth', () => {
  const { scope, pod } = keycloak();
  const [{ livenessProbe, readinessProbe, startupProbe }] = pod.containers;
  expect(livenessProbe.httpGet).toEqual({ path: '/health/live', port: 'metrics', scheme: 'HTTPS' });
  expect(readinessProbe.httpGet.path).toBe('/health/ready');
  expect(startupProbe.initialDelaySeconds).toBeUndefined();
  expect(object(scope, 'Ingress', 'keycloak-ingress-ip').spec.rules[0].http.paths[0]).toMatchObject({
    path: '/auth',
    backend: { service: { name: 'keycloak-external-service' } },
  });
});
