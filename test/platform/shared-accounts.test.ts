import { secretToken } from '../../constructs/kube';
import { SharedAccounts, type SharedAccountsProps } from '../../constructs/platform/shared-accounts';
import { chart, object } from '../support';

const PROPS: Required<SharedAccountsProps> = {
  namespace: 'services',
  clientSecret: secretToken('client'),
  systemPassword: secretToken('system'),
  keycloakAdmin: { username: 'root', password: secretToken('admin') },
};

test('each account is a Secret under the name that images and charts expect', () => {
  const scope = chart();
  const accounts = new SharedAccounts(scope, 'Accounts', PROPS);
  expect(object(scope, 'Secret', 'oidc-client-secret').stringData).toEqual({
    'oidc-client-secret': secretToken('client'),
  });
  expect(object(scope, 'Secret', 'system-user-password').stringData).toEqual({
    'system-user-password': secretToken('system'),
  });
  expect(object(scope, 'Secret', accounts.keycloakAdmin.name).stringData).toEqual({
    username: 'root',
    password: secretToken('admin'),
  });
  expect(object(scope, 'Secret', accounts.clientSecret.name).metadata.namespace).toBe('services');
  expect(accounts.systemPassword.name).toBe('system-user-password');
  expect(object(scope, 'Secret', accounts.keycloakAdmin.name).metadata.annotations).toHaveProperty([
    'security-exception/keycloak-admin',
  ]);
});
