import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type Address,
  DataVolume,
  type Endpoint,
  Middleware,
  type NetworkPeer,
  type RuntimeSecret,
  Volume,
  WebRoute,
  Workload,
  httpProbe,
  type QuantityText,
} from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { type Egress, egressAddresses, egressEnv } from '../platform/egress';
import type { Origin } from '../platform/origin';
import { CLIENT_ID, realmDescription, realmWait } from '../platform/realm';

/** Properties of `Minio`. */
export interface MinioProps extends ComponentProps {
  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** Root account. */
  readonly account: { readonly username: string; readonly password: string };

  /** Identity provider, plain. */
  readonly keycloak: Address;

  /** The job that makes the platform's realm. @default - another environment has made it */
  readonly realm?: Construct;

  /** Client `kaapana` at the identity provider; key `oidc-client-secret`. */
  readonly oidcClient: kplus.ISecret;

  /** Client of the identity provider that users log in by. @default 'kaapana' */
  readonly clientId?: string;

  /** TLS certificate that the identity provider is known by; key `tls.crt`. */
  readonly certificate: RuntimeSecret;

  /** Size of the volume with the objects. */
  readonly volumeSize: QuantityText;

  /** Pods that are started at run time and may connect. @default - none */
  readonly clients?: readonly NetworkPeer[];

  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;

  /** Whether its own pages have a route; not where another console takes it. @default true */
  readonly pages?: boolean;
}

const NAME = 'minio';
const PORTS = { api: 9000, console: 9090 } as const;
const DATA_DIR = '/kaapana/mounted/minio';
const CONSOLE_PATH = '/minio-console';

/** Object store of an instance, with its web console (minio-chart, Kaapana 0.6.0). */
export class Minio extends Construct {
  /** Path that answers when it is up. */
  public static readonly healthPath = '/minio/health/live';

  /** S3, inside the cluster. */
  public readonly api: Endpoint;

  /** Its pages, inside the cluster. */
  public readonly console: Endpoint;

  /** Root account; keys `username` and `password`. */
  public readonly account: kplus.ISecret;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MinioProps,
  ) {
    super(scope, id);
    const { namespace, account } = props;

    this.account = new kplus.Secret(this, 'Account', {
      metadata: { name: 'minio-account', namespace },
      stringData: { ...account },
    });
    const server = this.createServer();
    for (const client of props.clients ?? []) server.allow(client, PORTS.api);
    const service = server.expose('Service', {
      name: `${NAME}-service`,
      ports: { 'minio-server-port': PORTS.api, 'minio-console-port': PORTS.console },
    });

    this.api = service.endpoint('minio-server-port');
    this.console = service.endpoint('minio-console-port');
    if (props.pages ?? true) this.createRoute(this.console);
  }

  private createServer(): Workload {
    const { platform, namespace, keycloak, certificate, egress } = this.props;
    const objects = new DataVolume(this, 'Data', {
      platform,
      namespace,
      name: `${NAME}-pv-claim`,
      role: 'slow',
      size: this.props.volumeSize,
      holds: 'the objects of all buckets',
      shared: true, // Tasks of earlier releases had it too.
    });
    return new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'minio-deployment',
      labels: { 'app.kubernetes.io/name': NAME },
      nodeSelector: platform.storageNode,
      waitFor: [realmWait(keycloak, this.props.realm)],
      uses: egressAddresses(egress),
      scrape: { port: 'api', path: '/minio/metrics/v3', job: NAME },
      container: {
        name: NAME,
        image: platform.images.ref('minio'),
        command: ['minio'],
        args: ['server', '--console-address', `:${PORTS.console}`, DATA_DIR],
        env: { ...this.env(), ...egressEnv(egress) },
        ports: PORTS,
        mounts: [
          Volume.claim('minio-data', objects).at(DATA_DIR),
          Volume.secret('kaapana-cert', certificate).at('/root/.minio/certs/CAs/kaapana.pem', { subPath: 'tls.crt' }),
        ],
        resources: { memoryRequest: '200Mi', memoryLimit: '5500Mi', cpuLimit: '8' },
        readinessProbe: {
          ...httpProbe(Minio.healthPath, 'api', 'HTTP'),
          periodSeconds: 10,
        },
      },
    });
  }

  private env(): Record<string, string | kplus.EnvValue> {
    const {
      origin: { domain, httpsPort },
      keycloak,
      oidcClient,
    } = this.props;
    const console = `https://${domain}:${httpsPort}${CONSOLE_PATH}`;
    return {
      MINIO_ROOT_USER: this.account.envValue('username'),
      MINIO_ROOT_PASSWORD: this.account.envValue('password'),
      MINIO_PROMETHEUS_AUTH_TYPE: 'public',
      MINIO_BROWSER_REDIRECT_URL: `${console}/`,
      MINIO_IDENTITY_OPENID_CONFIG_URL: realmDescription(keycloak),
      MINIO_IDENTITY_OPENID_CLIENT_ID: this.props.clientId ?? CLIENT_ID,
      MINIO_IDENTITY_OPENID_CLIENT_SECRET: oidcClient.envValue('oidc-client-secret'),
      MINIO_IDENTITY_OPENID_SCOPES: 'openid,profile,email,roles',
      MINIO_IDENTITY_OPENID_CLAIM_NAME: 'policy',
      MINIO_IDENTITY_OPENID_REDIRECT_URI: `${console}/oauth_callback/`,
    };
  }

  private createRoute(to: Endpoint): void {
    const { platform, namespace } = this.props;
    const rewrite = new Middleware(this, 'Rewrite', {
      namespace,
      name: 'rewrite-minio-console',
      spec: { replacePathRegex: { regex: `^${CONSOLE_PATH}/(.*)`, replacement: '/${1}' } },
    });
    // The portal shows the console in a frame.
    const framed = new Middleware(this, 'Framed', {
      namespace,
      name: 'minio-console-x-frame-options',
      spec: { headers: { customResponseHeaders: { 'X-Frame-Options': '' } } },
    });
    new WebRoute(this, 'Route', {
      platform,
      name: 'minio-console-ingress',
      paths: [CONSOLE_PATH],
      to,
      middlewares: [rewrite, framed],
    });
  }
}
