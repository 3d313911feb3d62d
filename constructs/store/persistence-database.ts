import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { DataVolume, type Endpoint, InitialCredential, Volume, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { UNREAD_IMAGE } from '../platform/unread-image';

/** Properties of `PersistenceDatabase`. */
export interface PersistenceDatabaseProps extends ComponentProps {
  /**
   * The user's password, set once, when the database is created. It becomes part of a URL: letters, digits, - and _
   * alone.
   */
  readonly password: string;
}

const NAME = 'kaapana-persistence-mongodb';
const PORT = 27017;
const USER = 'kaapanauser';

/**
 * MongoDB of the persistence layer (kaapana-persistence-mongodb, a part of kaapana-persistence-chart, Kaapana 0.3.5).
 */
export class PersistenceDatabase extends Construct {
  /** The database, inside the cluster. */
  public readonly endpoint: Endpoint;

  /** Its URL, with the account in it. */
  public readonly url: kplus.EnvValue;

  constructor(scope: Construct, id: string, props: PersistenceDatabaseProps) {
    super(scope, id);
    const { platform, namespace, password } = props;

    const account = new kplus.Secret(this, 'Account', {
      metadata: { name: `${NAME}-account`, namespace },
      stringData: { username: USER, password },
    });
    const objects = new DataVolume(this, 'Data', {
      platform,
      namespace,
      name: `${NAME}-pv-claim`,
      role: 'fast',
      directory: 'persistence/mongodb',
      holds: 'the objects and schemas of the persistence layer',
    });
    new InitialCredential(this, 'Initial', {
      secret: account,
      keys: ['username', 'password'],
      data: objects,
      changedBy: 'db.changeUserPassword in mongosh',
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: `${NAME}-deployment`,
      labels: { 'app-name': NAME },
      nodeSelector: platform.storageNode,
      container: {
        name: NAME,
        image: platform.images.ref('kaapana-persistence-mongodb'),
        env: {
          MONGO_INITDB_ROOT_USERNAME: account.envValue('username'),
          MONGO_INITDB_ROOT_PASSWORD: account.envValue('password'),
        },
        ports: { mongodb: PORT },
        mounts: [Volume.claim(`${NAME}-data`, objects).at('/data/db')],
        resources: { memoryRequest: '100Mi', memoryLimit: '5Gi' },
        exceptions: UNREAD_IMAGE,
      },
    });

    this.endpoint = server.expose('Service', { name: `${NAME}-service`, ports: { mongodb: PORT } }).endpoint('mongodb');
    account.addStringData('url', `mongodb://${USER}:${password}@${this.endpoint.host}:${this.endpoint.port}`);
    this.url = account.envValue('url');
  }
}
