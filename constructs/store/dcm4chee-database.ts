import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type DataVolume, type Endpoint, InitialCredential, Volume, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { CHANGED_IN_PSQL, ownedByPostgres, POSTGRES_USER_ID } from '../platform/postgres-user';
import { HIGH_PRIORITY } from '../platform/priority';

/** Properties of `Dcm4cheeDatabase`. */
export interface Dcm4cheeDatabaseProps extends ComponentProps {
  /** Where the archive keeps its files, in its container. */
  readonly storageDir: string;

  /** Where the database keeps its data. */
  readonly data: DataVolume;

  /** Password of its user. It is set once, when the database is created. */
  readonly password: string;
}

const NAME = 'postgres-dcm4che';
const PORT = 5432;
const DATA_DIR = '/var/lib/postgresql/data';
const SOCKET_DIR = '/var/run/postgresql';

/** The archive's PostgreSQL, whose image brings the tables (dcm4chee-chart, Kaapana 0.6.0). */
export class Dcm4cheeDatabase extends Construct {
  public readonly endpoint: Endpoint;

  /** Keys `database`, `username` and `password`. */
  public readonly account: kplus.ISecret;

  constructor(scope: Construct, id: string, props: Dcm4cheeDatabaseProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const account = new kplus.Secret(this, 'Account', {
      metadata: { name: `${NAME}-account`, namespace },
      stringData: { database: 'pacsdb', username: 'pacs', password: props.password },
    });
    new InitialCredential(this, 'Initial', {
      secret: account,
      keys: ['database', 'username', 'password'],
      data: props.data,
      changedBy: CHANGED_IN_PSQL,
    });
    const data = Volume.claim('postgres-data', props.data).at(DATA_DIR, { subPath: NAME });
    const socket = Volume.emptyDir('unix-socket-dir').at(SOCKET_DIR);
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      priorityClass: HIGH_PRIORITY,
      nodeSelector: platform.storageNode,
      podSecurity: { runAsUser: POSTGRES_USER_ID },
      initContainers: [ownedByPostgres(platform, [data, socket])],
      container: {
        name: 'postgres-dcm4che-container',
        image: platform.images.ref('dcm4che-postgres'),
        env: {
          STORAGE_DIR: props.storageDir,
          POSTGRES_DB: account.envValue('database'),
          POSTGRES_USER: account.envValue('username'),
          POSTGRES_PASSWORD: account.envValue('password'),
          TZ: 'Europe/Paris',
          PGDATA: DATA_DIR,
        },
        ports: { postgres: PORT },
        mounts: [data, socket],
        resources: { memoryRequest: '150Mi', memoryLimit: '500Mi' },
      },
    });

    this.account = account;
    this.endpoint = server
      .expose('Service', { name: `${NAME}-service`, ports: { 'postgres-dcm4che-port': PORT } })
      .endpoint('postgres-dcm4che-port');
  }
}
