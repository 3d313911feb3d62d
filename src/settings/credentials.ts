import { type SecretToken, secretToken } from '../../constructs/kube';
import type { Account, SharedAccountsProps } from '../../constructs/platform/shared-accounts';
import type { Settings } from './parse';

/** The credential of that name. One without a setting is derived for the purpose that its name says. */
export function credential(name: keyof Settings['credentials']): SecretToken {
  return secretToken(`credentials.${name}`);
}

/** Administrator of the identity provider. */
export function keycloakAdmin({ credentials }: Settings): Account {
  return { username: credentials.keycloakAdminUsername, password: credential('keycloakAdminPassword') };
}

/** Accounts at the identity provider that several components act by. */
export function sharedAccounts(settings: Settings): Omit<SharedAccountsProps, 'namespace'> {
  return {
    clientSecret: credential('oidcClientSecret'),
    systemPassword: credential('systemUserPassword'),
    keycloakAdmin: keycloakAdmin(settings),
  };
}
