import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Endpoint, type RuntimeSecret, Volume, type VolumeSource, WebRoute, Workload } from '../kube';
import { type Egress, egressAddresses, egressEnv, egressHosts } from '../platform/egress';
import type { KaapanaPlatform } from '../platform/kaapana-platform';
import { Postgres } from '../platform/postgres';
import { HIGH_PRIORITY } from '../platform/priority';
import type { SharedAccounts } from '../platform/shared-accounts';
import {
  type BackendServices,
  type BackendSite,
  type Build,
  buildEnv,
  servicesEnv,
  siteEnv,
} from './kaapana-backend-environment';

/** Properties of `KaapanaBackend`. */
export interface KaapanaBackendProps extends BackendSite {
  readonly platform: KaapanaPlatform;

  readonly build: Build;

  readonly services: BackendServices;

  /** Way out of the cluster, to other instances. @default - straight */
  readonly egress?: Egress;

  readonly accounts: SharedAccounts;

  /** Root account of the object store; keys `username` and `password`. */
  readonly minioAccount: kplus.ISecret;

  /** TLS certificate; key `tls.crt`. */
  readonly certificate: RuntimeSecret;

  /** The job that registers the projects, which it asks for when it starts. @default - they are there */
  readonly projectsReady?: Construct;

  /** Files that users upload. */
  readonly uploads: VolumeSource;

  readonly credentials: {
    /** Password of its database: letters, digits, - and _. It is set once, when the database is created. */
    readonly database: string;

    /** Key that it signs with. */
    readonly secretKey: string;
  };
}

const NAME = 'kaapana-backend';
const PATH = `/${NAME}`;
const PORT = 5000;
const SERVICE = `${NAME}-service`;

/** Datasets, jobs, other instances and what pages show of the platform (kaapana-backend-chart, Kaapana 0.6.0). */
export class KaapanaBackend extends Construct {
  /** Where components in any namespace will reach the one in `namespace`. */
  public static url(namespace: string): string {
    return `http://${SERVICE}.${namespace}.svc:${PORT}`;
  }

  /** For components; browsers and other instances go by the reverse proxy. */
  public readonly api: Endpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: KaapanaBackendProps,
  ) {
    super(scope, id);
    const { platform, namespace, services } = props;

    const database = new Postgres(this, 'Database', {
      platform,
      namespace,
      component: NAME,
      database: 'kaapanauser',
      password: props.credentials.database,
    });
    const { keycloak, airflow, accessInformation, ...used } = services;
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'backend' },
      priorityClass: HIGH_PRIORITY,
      nodeSelector: platform.storageNode,
      waitFor: [
        database.ready,
        { address: keycloak.internal, label: 'keycloak' },
        { address: airflow, label: 'airflow' },
        {
          address: accessInformation,
          label: 'access-information-interface',
          path: '/projects/admin',
          madeBy: props.projectsReady,
        },
      ],
      waitDelay: 2,
      uses: [keycloak.external, ...Object.values(used), ...egressAddresses(props.egress)],
      hosts: egressHosts(props.egress), // It synchronises with all instances, itself among them.
      scrape: [
        { port: 'hw-http', job: 'Kaapana Backend' },
        { port: 'hw-http', path: '/monitoring/metrics/scrape', job: 'Kaapana Node Info', interval: '60s' },
      ],
      container: {
        image: platform.images.ref('kaapana-backend'),
        env: {
          APPLICATION_ROOT: PATH,
          PORT: String(PORT),
          WORKERS: '4',
          REMOTE_SYNC_INTERVAL: '5',
          AIRFLOW_SYNC_INTERVAL: '10',
          ...siteEnv(props),
          ...servicesEnv(services),
          ...egressEnv(props.egress),
          ...buildEnv(props.build),
          ...this.accountEnv(),
          DATABASE_URL: database.url('postgresql'),
        },
        ports: { 'hw-http': PORT },
        mounts: [
          Volume.claim('uploads', props.uploads).at('/kaapana/app/uploads'),
          Volume.emptyDir('tmp').at('/tmp'),
          Volume.secret('kaapana-cert', props.certificate).at('/etc/certs/kaapana.pem', { subPath: 'tls.crt' }),
        ],
        resources: { memoryRequest: '4Gi', memoryLimit: '5Gi' },
      },
    });

    this.api = server.expose('Service', { name: SERVICE, ports: { 'hw-http': PORT } }).endpoint('hw-http');
    new WebRoute(this, 'Route', {
      platform,
      name: `${NAME}-ingress`,
      paths: [PATH],
      to: this.api,
      strip: `strip-prefix-${NAME}`,
    });
  }

  private accountEnv(): Record<string, string | kplus.EnvValue> {
    const { namespace, accounts, minioAccount, credentials } = this.props;
    const signingKey = new kplus.Secret(this, 'SigningKey', {
      metadata: { name: `${NAME}-signing-key`, namespace },
      stringData: { 'secret-key': credentials.secretKey },
    });
    return {
      SECRET_KEY: signingKey.envValue('secret-key'),
      MINIO_USERNAME: minioAccount.envValue('username'),
      MINIO_PASSWORD: minioAccount.envValue('password'),
      KEYCLOAK_ADMIN_USERNAME: accounts.keycloakAdmin.envValue('username'),
      KEYCLOAK_ADMIN_PASSWORD: accounts.keycloakAdmin.envValue('password'),
      KAAPANA_CLIENT_SECRET: accounts.clientSecret.envValue('oidc-client-secret'),
      KAAPANA_PROJECT_USER_PASSWORD: accounts.systemPassword.envValue('system-user-password'),
      KAAPANA_PROJECT_USER_NAME: 'system',
    };
  }
}
