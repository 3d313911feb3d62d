import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { KeycloakProgram } from '../platform/keycloak-program';
import type { Origin } from '../platform/origin';

/** Properties of `KeycloakInit`. */
export interface KeycloakInitProps extends ComponentProps {
  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** Identity provider to set up, inside the cluster. */
  readonly keycloak: Address;

  /** Its administrator; keys `username` and `password`. */
  readonly admin: kplus.ISecret;

  /** First password of the user `kaapana`. */
  readonly initPassword: string;

  /** Secret of the client `kaapana`. */
  readonly clientSecret: string;

  /** Password of the user `system`, by which components act for themselves. */
  readonly systemPassword: string;

  /** Accept weak passwords. */
  readonly devMode: boolean;
}

/** Sets up the realm of the platform: roles, groups, first users, client (keycloak-init-chart, Kaapana 0.6.0). */
export class KeycloakInit extends Construct {
  /** The job that makes the realm. */
  public readonly job: Construct;

  /** Secret of the client `kaapana`; key `oidc-client-secret`. */
  public readonly clientSecret: kplus.ISecret;

  /** Password of the user `system`; key `system-user-password`. */
  public readonly systemPassword: kplus.ISecret;

  constructor(scope: Construct, id: string, props: KeycloakInitProps) {
    super(scope, id);
    const { platform, namespace, origin, keycloak, admin } = props;

    const initPassword = this.createSecret('InitPassword', namespace, 'kaapana-init-password', props.initPassword);
    const clientSecret = this.createSecret('ClientSecret', namespace, 'oidc-client-secret', props.clientSecret);
    const systemPassword = this.createSecret('SystemPassword', namespace, 'system-user-password', props.systemPassword);
    const program = new KeycloakProgram(this, 'Program', {
      namespace,
      name: 'keycloak-init',
      program: 'configure_realm.py',
    });
    this.job = new Workload(this, 'Job', {
      platform,
      namespace,
      name: 'keycloak-init',
      kind: 'Job',
      waitFor: [{ address: keycloak, label: 'keycloak' }],
      container: {
        ...program.container,
        image: platform.images.ref('keycloak-init'),
        env: {
          ...program.env,
          KEYCLOAK_HOST: keycloak.host,
          KEYCLOAK_HTTPS_PORT: String(keycloak.port),
          KEYCLOAK_USER: admin.envValue('username'),
          KEYCLOAK_PASSWORD: admin.envValue('password'),
          KAAPANA_INIT_PASSWORD: initPassword.envValue('kaapana-init-password'),
          OIDC_CLIENT_SECRET: clientSecret.envValue('oidc-client-secret'),
          SYSTEM_USER_PASSWORD: systemPassword.envValue('system-user-password'),
          HOSTNAME: origin.domain,
          HTTPS_PORT: String(origin.httpsPort),
          DEV_MODE: String(props.devMode),
        },
        resources: { memoryLimit: '200Mi' },
      },
    });

    this.clientSecret = clientSecret;
    this.systemPassword = systemPassword;
  }

  /** A Secret with one key, called like itself. */
  private createSecret(id: string, namespace: string, name: string, value: string): kplus.Secret {
    return new kplus.Secret(this, id, { metadata: { name, namespace }, stringData: { [name]: value } });
  }
}
