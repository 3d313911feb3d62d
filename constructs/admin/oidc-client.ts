import { Construct } from 'constructs';
import { type Address, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { ImageScript } from '../platform/image-script';
import type { Origin } from '../platform/origin';
import { REDIRECT_PATHS } from '../platform/realm';
import type { SharedAccounts } from '../platform/shared-accounts';
import script from './oidc-client.py.txt';

/** Properties of `OidcClient`. */
export interface OidcClientProps extends ComponentProps {
  /** Name of the client. */
  readonly clientId: string;

  /** Host and port that users reach the instance at; the identity provider sends them back there. */
  readonly origin: Origin;

  /** Identity provider, inside the cluster. */
  readonly keycloak: Address;

  readonly accounts: SharedAccounts;
}

/**
 * A client of its own at the identity provider, for one more instance: the first one's job sets the addresses of the
 * client `kaapana` anew each time (keycloak-init-chart, Kaapana 0.6.0). The client stays when the instance goes.
 */
export class OidcClient extends Construct {
  /** The job that makes it. */
  public readonly job: Construct;

  constructor(scope: Construct, id: string, props: OidcClientProps) {
    super(scope, id);
    const { platform, namespace, keycloak, accounts } = props;
    const program = new ImageScript(this, 'Program', {
      namespace,
      name: 'oidc-client',
      file: 'oidc_client.py',
      script,
    });
    this.job = new Workload(this, 'Job', {
      platform,
      namespace,
      name: 'oidc-client',
      kind: 'Job',
      waitFor: [{ address: keycloak, label: 'keycloak' }],
      container: {
        ...program.container,
        image: platform.images.ref('keycloak-init'),
        env: {
          KEYCLOAK_HOST: keycloak.host,
          KEYCLOAK_HTTPS_PORT: String(keycloak.port),
          KEYCLOAK_USER: accounts.keycloakAdmin.envValue('username'),
          KEYCLOAK_PASSWORD: accounts.keycloakAdmin.envValue('password'),
          OIDC_CLIENT_ID: props.clientId,
          OIDC_CLIENT_SECRET: accounts.clientSecret.envValue('oidc-client-secret'),
          ...program.env,
          REDIRECT_ADDRESSES: redirectAddresses(props.origin).join(','),
        },
        resources: { memoryLimit: '200Mi' },
      },
    });
  }
}

/** Browsers leave the port out where the scheme has it as its own; programs that are told a port do not. */
function redirectAddresses({ domain, httpsPort }: OidcClientProps['origin']): string[] {
  const hosts = [`${domain}:${httpsPort}`, ...(httpsPort === 443 ? [domain] : [])];
  return hosts.flatMap((host) => REDIRECT_PATHS.map((path) => `https://${host}${path}`));
}
