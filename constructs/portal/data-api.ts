import { Construct } from 'constructs';
import { type Address, DataVolume, type Endpoint, type NetworkPeer, origin, Volume, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { Postgres } from '../platform/postgres';

/** Properties of `DataApi`. */
export interface DataApiProps extends ComponentProps {
  /** Knows who may do what: the access information interface. */
  readonly accessInformation: Address;

  /** Pods besides the reverse proxy's that fill it. @default - none */
  readonly clients?: readonly NetworkPeer[];

  /** Password of its database: letters, digits, - and _. It is set once, when the database is created. */
  readonly databasePassword: string;
}

const NAME = 'data-api';
const PATH = `/${NAME}`;
const PORT = 8080;
const ARTIFACTS_DIR = '/kaapana/mounted/data/artifacts';

/** Data of projects and what belongs to it, with their database (data-api, Kaapana 0.6.0). */
export class DataApi extends Construct {
  public readonly api: Endpoint;

  constructor(scope: Construct, id: string, props: DataApiProps) {
    super(scope, id);
    const { platform, namespace, accessInformation } = props;

    const database = new Postgres(this, 'Database', {
      platform,
      namespace,
      component: NAME,
      database: 'kaapanauser',
      password: props.databasePassword,
    });
    const artifacts = new DataVolume(this, 'Artifacts', {
      platform,
      namespace,
      name: `${NAME}-artifacts-pv-claim`,
      role: 'fast',
      size: '200Gi',
      holds: 'the files of data entities',
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'api' },
      nodeSelector: platform.storageNode,
      waitFor: [database.ready],
      waitDelay: 2,
      uses: [accessInformation],
      container: {
        image: platform.images.ref('data-api'),
        env: {
          APPLICATION_ROOT: PATH,
          PORT: String(PORT),
          WORKERS: '4',
          LOG_LEVEL: 'INFO',
          DATABASE_URL: database.url('postgresql+asyncpg'),
          ACCESS_INFORMATION_INTERFACE_URL: origin(accessInformation),
          ARTIFACTS_DIR,
        },
        ports: { http: PORT },
        mounts: [Volume.claim('artifacts', artifacts).at(ARTIFACTS_DIR)],
        resources: { memoryRequest: '100Mi', memoryLimit: '1024Mi' },
      },
    });

    for (const client of props.clients ?? []) server.allow(client, PORT);
    this.api = server.expose('Service', { name: NAME, ports: { http: { port: 80, target: 'http' } } }).endpoint('http');
    new WebRoute(this, 'Route', {
      platform,
      name: `${NAME}-ingress`,
      paths: [PATH],
      pathType: 'Prefix',
      to: this.api,
      strip: `strip-prefix-${NAME}`,
    });
  }
}
