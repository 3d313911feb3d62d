import { OidcClient } from '../../constructs/admin/oidc-client';
import { externalAddress, secretToken } from '../../constructs/kube';
import { SharedAccounts } from '../../constructs/platform/shared-accounts';
import { chart, object, platform } from '../support';

function client(httpsPort: number) {
  const scope = chart();
  const accounts = new SharedAccounts(scope, 'Accounts', {
    namespace: 'site2-default',
    clientSecret: secretToken('client'),
    systemPassword: secretToken('system'),
    keycloakAdmin: { username: 'admin', password: secretToken('admin') },
  });
  new OidcClient(scope, 'OidcClient', {
    platform: platform(),
    namespace: 'site2-default',
    clientId: 'kaapana-site2',
    origin: { domain: 'b.example.org', httpsPort },
    keycloak: externalAddress('https://keycloak-internal-service.admin.svc'),
    accounts,
  });
  const job = object(scope, 'Job', 'oidc-client');
  const [container] = job.spec.template.spec.containers;
  const env = Object.fromEntries(container.env.map((entry: { name: string }) => [entry.name, entry]));
  return { scope, job, container, env };
}

test('the job makes a client that sends users back to the instance alone', () => {
  const { env } = client(8443);
  expect(env.OIDC_CLIENT_ID.value).toBe('kaapana-site2');
  expect(env.REDIRECT_ADDRESSES.value.split(',')).toEqual([
    'https://b.example.org:8443/oauth2/callback',
    'https://b.example.org:8443/minio-console/oauth_callback/',
    'https://b.example.org:8443/meta/auth/openid/login',
  ]);
  expect(env.KEYCLOAK_PASSWORD.valueFrom.secretKeyRef).toEqual({ name: 'keycloak-admin-account', key: 'password' });
});

test('browsers leave out the port of the scheme', () => {
  expect(client(443).env.REDIRECT_ADDRESSES.value).toMatch(
    /^https:\/\/b\.example\.org:443\/.*,https:\/\/b\.example\.org\/oauth2\/callback,/,
  );
});

test('its script changes no client but its own', () => {
  const { scope, container } = client(8443);
  expect(container.command).toEqual(['python3', '-u', '/script/oidc_client.py']);
  const script: string = object(scope, 'ConfigMap', 'oidc-client-script').data['oidc_client.py'];
  expect(script).toMatch(/client\["clientId"\] = os\.environ\["OIDC_CLIENT_ID"\]/);
  expect(script.match(/KeycloakHelper\(\)\.\w+/g)).toEqual(['KeycloakHelper().post_client']);
});
