import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { SecretToken } from '../kube';

/** Secret with the administrator of the identity provider, in every namespace that makes users or clients. */
export const KEYCLOAK_ADMIN_SECRET = 'keycloak-admin-account';

/** Why it is in so many: a reviewer reads it in the Secret. */
const ADMIN_REASON =
  'users, clients and roles of the identity provider are made by its administrator alone; in projects, one Job alone may have it';

/** Name and password of somebody. */
export interface Account {
  readonly username: string;
  readonly password: SecretToken;
}

/** Properties of `SharedAccounts`. */
export interface SharedAccountsProps {
  readonly namespace: string;

  /** Secret of the client `kaapana` at the identity provider. */
  readonly clientSecret: SecretToken;

  /** Password of the user `system`, by which components act for themselves. */
  readonly systemPassword: SecretToken;

  /** Administrator of the identity provider. */
  readonly keycloakAdmin: Account;
}

/**
 * Accounts at the identity provider that several components of a namespace act by
 * (services-namespace and system-user-password-chart, Kaapana 0.6.0).
 */
export class SharedAccounts extends Construct {
  /** Secret of the client `kaapana`; key `oidc-client-secret`. */
  public readonly clientSecret: kplus.ISecret;

  /** Password of the user `system`; key `system-user-password`. */
  public readonly systemPassword: kplus.ISecret;

  /** The administrator; keys `username` and `password`. */
  public readonly keycloakAdmin: kplus.ISecret;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SharedAccountsProps,
  ) {
    super(scope, id);
    this.clientSecret = this.createSecret('ClientSecret', 'oidc-client-secret', {
      'oidc-client-secret': props.clientSecret,
    });
    this.systemPassword = this.createSecret('SystemPassword', 'system-user-password', {
      'system-user-password': props.systemPassword,
    });
    this.keycloakAdmin = this.createSecret(
      'KeycloakAdmin',
      KEYCLOAK_ADMIN_SECRET,
      { ...props.keycloakAdmin },
      { 'security-exception/keycloak-admin': ADMIN_REASON },
    );
  }

  private createSecret(
    id: string,
    name: string,
    stringData: Record<string, string>,
    annotations?: Record<string, string>,
  ): kplus.Secret {
    return new kplus.Secret(this, id, { metadata: { name, namespace: this.props.namespace, annotations }, stringData });
  }
}
