import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { DataVolume, type Endpoint, InitialCredential, Volume, type Wait, Workload, type QuantityText } from '../kube';
import type { ComponentProps } from './component-props';
import { CHANGED_IN_PSQL, ownedByPostgres, POSTGRES_USER_ID } from './postgres-user';
import { HIGH_PRIORITY } from './priority';

/** Properties of `Postgres`. */
export interface PostgresProps extends ComponentProps {
  /** Name of the component it belongs to, e.g. `keycloak`; the objects are called after it. */
  readonly component: string;

  /** Name of the database. */
  readonly database: string;

  /** Name of its user. @default - `database` */
  readonly username?: string;

  /** The user's password. It is set once, when the database is created; for `url`, letters, digits, - and _ alone. */
  readonly password: string;

  /** @default '5Gi' */
  readonly memoryLimit?: QuantityText;

  /** Directory of the data below that for fast data. @default - `component` */
  readonly directory?: string;

  /** Names of its server and of the service. @default - `<component>-database` and `<component>-database-service` */
  readonly names?: { readonly server: string; readonly service: string };
}

const PORT = 5432;
const DATA_DIR = '/var/lib/postgresql';
const SOCKET_DIR = '/var/run/postgresql';

/** A PostgreSQL database of one component (kaapana_database, Kaapana 0.6.0). */
export class Postgres extends Construct {
  /** The database, inside the cluster. */
  public readonly endpoint: Endpoint;

  /** What its users wait for. */
  public readonly ready: Wait;

  /** Where it keeps its data. */
  public readonly data: DataVolume;

  /** Keys `username` and `password`. */
  public readonly account: kplus.ISecret;

  /** JDBC URL, without credentials. */
  public readonly jdbcUrl: string;

  private readonly secret: kplus.Secret;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PostgresProps,
  ) {
    super(scope, id);
    const { platform, namespace, component } = props;
    const name = `${component}-database`;
    const names = props.names ?? { server: name, service: `${name}-service` };

    const account = new kplus.Secret(this, 'Account', {
      metadata: { name: `${name}-account`, namespace },
      stringData: { username: props.username ?? props.database, password: props.password },
    });
    const claim = new DataVolume(this, 'Data', {
      platform,
      namespace,
      name: `${component}-pv-claim`,
      role: 'fast',
      directory: props.directory,
      holds: `the database of ${component}`,
    });
    new InitialCredential(this, 'Initial', {
      secret: account,
      keys: ['username', 'password'],
      data: claim,
      changedBy: CHANGED_IN_PSQL,
    });
    const data = Volume.claim('postgres-data', claim);
    const socket = Volume.emptyDir('unix-socket-dir').at(SOCKET_DIR);
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: names.server,
      labels: { 'app.kubernetes.io/name': component, 'app.kubernetes.io/component': 'database' },
      priorityClass: HIGH_PRIORITY,
      nodeSelector: platform.storageNode,
      podSecurity: { runAsUser: POSTGRES_USER_ID },
      initContainers: [ownedByPostgres(platform, [data.at(DATA_DIR, { subPath: 'data' }), socket])],
      container: {
        name: 'postgres',
        image: platform.images.ref('postgres-17.7-alpine'),
        env: {
          POSTGRES_DB: props.database,
          POSTGRES_USER: account.envValue('username'),
          POSTGRES_PASSWORD: account.envValue('password'),
        },
        ports: { postgres: PORT },
        mounts: [data.at(`${DATA_DIR}/data`, { subPath: 'data' }), socket],
        resources: { memoryRequest: '100Mi', memoryLimit: props.memoryLimit ?? '5Gi' },
      },
    });

    this.data = claim;
    this.account = this.secret = account;
    this.endpoint = server.expose('Service', { name: names.service, ports: { postgres: PORT } }).endpoint('postgres');
    this.ready = { address: this.endpoint, label: `${name}-` };
    this.jdbcUrl = `jdbc:postgresql://${this.endpoint.host}/${props.database}`;
  }

  /** URL of the database that is called like the user, with its account in it, for a driver of SQLAlchemy. */
  public url(driver: 'postgresql' | 'postgresql+asyncpg'): kplus.EnvValue {
    const { username = this.props.database, password } = this.props;
    const key = `${driver.replace('+', '-')}-url`;
    this.secret.addStringData(key, `${driver}://${username}:${password}@${this.endpoint.host}:${this.endpoint.port}`);
    return this.secret.envValue(key);
  }
}
