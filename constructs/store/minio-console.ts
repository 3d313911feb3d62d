import type * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, Middleware, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import type { Origin } from '../platform/origin';
import { CLIENT_ID, realmDescription } from '../platform/realm';
import { UNREAD_IMAGE } from '../platform/unread-image';

/** Properties of `MinioConsole`. */
export interface MinioConsoleProps extends ComponentProps {
  /** Namespace of the identity provider. */
  readonly adminNamespace: string;

  readonly origin: Origin;

  /** S3 of the object store. */
  readonly minio: Address;

  /** Identity provider: by TLS, and plain. */
  readonly keycloak: { readonly internal: Address; readonly external: Address };

  /** Client `kaapana` at the identity provider; key `oidc-client-secret`. */
  readonly oidcClient: kplus.ISecret;

  /** Client of the identity provider that users log in by. @default 'kaapana' */
  readonly clientId?: string;
}

const NAME = 'minio-console';
const PORT = 9001;
const PATH = `/${NAME}`;

/**
 * Web console of the object store, in pods of its own and at the path of the store's own console, which it takes the
 * place of (minio-console-chart, Kaapana 0.2.6).
 */
export class MinioConsole extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: MinioConsoleProps,
  ) {
    super(scope, id);
    const { platform, namespace, minio, keycloak } = props;

    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: `${NAME}-deployment`,
      labels: { 'app-name': NAME },
      waitFor: [
        { address: keycloak.internal, label: 'keycloak' },
        { address: minio, label: 'minio' },
      ],
      uses: [keycloak.external],
      container: {
        name: NAME,
        image: platform.images.ref('minio-console'),
        args: ['server', '--host', '0.0.0.0', '--port', String(PORT)],
        env: this.env(),
        ports: { [NAME]: PORT },
        resources: { memoryRequest: '200Mi', memoryLimit: '1000Mi' },
        exceptions: UNREAD_IMAGE,
      },
    });
    const rewrite = new Middleware(this, 'Rewrite', {
      namespace,
      name: `rewrite-${NAME}`,
      spec: { replacePathRegex: { regex: `^${PATH}/(.*)`, replacement: '/${1}' } },
    });
    new WebRoute(this, 'Route', {
      platform,
      name: `${NAME}-ingress`,
      paths: [PATH],
      to: server.expose('Service', { name: `${NAME}-service`, ports: { http: PORT } }).endpoint('http'),
      middlewares: [rewrite],
    });
  }

  private env(): Record<string, string | kplus.EnvValue> {
    const {
      adminNamespace,
      origin: { domain, httpsPort },
      minio,
      keycloak,
      oidcClient,
    } = this.props;
    const address = `https://${domain}:${httpsPort}`;
    return {
      // Users are sent to the identity provider at this address in place of the one inside the cluster.
      KAAPANA_ADDRESS: address,
      ADMIN_NAMESPACE: adminNamespace,
      CONSOLE_SUBPATH: `${PATH}/`,
      CONSOLE_MINIO_SERVER: minio.url,
      CONSOLE_IDP_URL: realmDescription(keycloak.external),
      CONSOLE_IDP_CLIENT_ID: this.props.clientId ?? CLIENT_ID,
      CONSOLE_IDP_SECRET: oidcClient.envValue('oidc-client-secret'),
      CONSOLE_IDP_CALLBACK: `${address}${PATH}/oauth_callback/`,
      MINIO_IDENTITY_OPENID_CLAIM_NAME: 'policy',
      // The portal shows the console in a frame.
      CONSOLE_SECURE_FRAME_DENY: 'off',
    };
  }
}
