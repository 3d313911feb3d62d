import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type Endpoint, origin, Volume, type VolumeSource, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { Postgres } from '../platform/postgres';

/** Properties of `WorkflowApi`. */
export interface WorkflowApiProps extends ComponentProps {
  /** Knows who may do what: access-information-interface. */
  readonly accessInformation: Address;

  /** Runs the workflows; its URL ends with the path of its API's root. */
  readonly airflow: Address;

  /** Account for Airflow's API; keys `username` and `password`. */
  readonly airflowAccount: kplus.ISecret;

  /** Where Airflow finds workflows. */
  readonly dags: VolumeSource;

  /**
   * Password of its database; letters, digits, - and _, as it stands in a URL. Set once, when the database is created.
   */
  readonly databasePassword: string;
}

const NAME = 'workflow-api';
const PATH = `/${NAME}`;
const PORT = 8080;
const USER = 'kaapanauser';
const DAGS_DIR = '/kaapana/mounted/workflows/dags';

/** Workflows and their runs, whichever engine runs them (workflow-api, Kaapana 0.6.0). */
export class WorkflowApi extends Construct {
  public readonly endpoint: Endpoint;

  constructor(scope: Construct, id: string, props: WorkflowApiProps) {
    super(scope, id);
    const { platform, namespace, accessInformation, airflow, airflowAccount, databasePassword } = props;

    const database = new Postgres(this, 'Database', {
      platform,
      namespace,
      component: NAME,
      database: USER,
      password: databasePassword,
    });
    const { host, port } = database.endpoint;
    const secret = new kplus.Secret(this, 'Secret', {
      metadata: { name: `${NAME}-database-url`, namespace },
      // Without a database in its path: the one that is called like the user.
      stringData: { url: `postgresql+asyncpg://${USER}:${databasePassword}@${host}:${port}` },
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'api' },
      nodeSelector: platform.storageNode,
      waitFor: [database.ready],
      waitDelay: 2,
      uses: [accessInformation, airflow],
      container: {
        image: platform.images.ref('workflow-api'),
        env: {
          APPLICATION_ROOT: PATH,
          PORT: String(PORT),
          WORKERS: '4',
          LOG_LEVEL: 'INFO',
          DATABASE_URL: secret.envValue('url'),
          ACCESS_INFORMATION_INTERFACE_URL: origin(accessInformation),
          AIRFLOW_API_URL: `${airflow.url}/api/v1`,
          AIRFLOW_API_USERNAME: airflowAccount.envValue('username'),
          AIRFLOW_API_PASSWORD: airflowAccount.envValue('password'),
          AIRFLOW_DAG_FOLDER: DAGS_DIR,
        },
        ports: { http: PORT },
        mounts: [Volume.claim('airflow-dags-pvc', props.dags).at(DAGS_DIR)],
        resources: { memoryRequest: '100Mi', memoryLimit: '1024Mi' },
      },
    });

    this.endpoint = server
      .expose('Service', { name: NAME, ports: { http: { port: 80, target: 'http' } } })
      .endpoint('http');
    new WebRoute(this, 'Route', {
      platform,
      name: `${NAME}-ingress`,
      paths: [PATH],
      pathType: 'Prefix',
      to: this.endpoint,
      strip: `strip-prefix-${NAME}`,
    });
  }
}
