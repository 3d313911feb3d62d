import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type Address,
  EgressPolicy,
  type Endpoint,
  InitialCredential,
  type NetworkPeer,
  type VolumeSource,
  type Workload,
  type MemoryShare,
} from '../kube';
import { executorPods, TASK_SECRET, taskPods } from '../platform/airflow-tasks';
import type { ComponentProps } from '../platform/component-props';
import { egressAddresses, egressHosts } from '../platform/egress';
import { Postgres } from '../platform/postgres';
import { AirflowConfig } from './airflow-config';
import {
  airflowEnvironment,
  taskDirectory,
  type WorkflowAccounts,
  type WorkflowServices,
  type WorkflowSite,
} from './airflow-environment';
import { AirflowPodTemplate } from './airflow-pod-template';
import { AirflowRights } from './airflow-rights';
import { AirflowScheduler } from './airflow-scheduler';
import { AirflowStatsd } from './airflow-statsd';
import { AirflowWebserver } from './airflow-webserver';
import type { KaapanaPlugin } from './kaapana-plugin';
import type { WorkflowVolumes } from './workflow-volumes';

export type { WorkflowMail, WorkflowServices, WorkflowSite } from './airflow-environment';

/** Properties of `Airflow`. */
export interface AirflowProps extends ComponentProps {
  /** Where workflows run. */
  readonly site: WorkflowSite;

  /** What tasks call. */
  readonly services: WorkflowServices;

  readonly accounts: Omit<WorkflowAccounts, 'own'>;

  /** Tells the scheduler how much memory tasks have left. */
  readonly prometheus: Address;

  readonly volumes: WorkflowVolumes;

  /** Kaapana's plugin; Airflow does not start without it. */
  readonly plugin: KaapanaPlugin;

  /** Images that the archive holds. */
  readonly dicom: VolumeSource;

  /** Memory of the scheduler and of the tasks that run within it. */
  readonly memory: MemoryShare;

  readonly credentials: {
    /** The database's user; letters, digits, - and _, as it stands in a URL. Set once, when the database is created. */
    readonly database: string;

    /** Signs sessions, and requests for logs. A new one logs everybody out. */
    readonly webserver: string;

    /** The account that other services call the API with. Set once, when the web server starts first. */
    readonly api: string;
  };
}

const DATABASE = 'airflow';
const USER = 'root';
const API_USER = 'kaapana-internal';

/** Runs workflows: database, scheduler, web server, metrics and the pods of tasks (airflow-chart, Kaapana 0.6.0). */
export class Airflow extends Construct {
  /** Pages and API; its URL ends with the path that both are below. */
  public readonly webserver: Endpoint;

  /** Pods that start tasks, some of them as processes of their own. */
  public readonly scheduler: NetworkPeer;

  /** For the pods of tasks, which report to it. */
  public readonly database: Endpoint;

  /** What it counts, for the metrics store. */
  public readonly metrics: Endpoint;

  /** Account for the API; keys `username` and `password`. */
  public readonly apiAccount: kplus.ISecret;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AirflowProps,
  ) {
    super(scope, id);
    const { platform, namespace, site, credentials, volumes } = props;
    const shared = { platform, namespace, volumes };
    const services = Object.values(props.services) as Address[];
    const outside = egressAddresses(site.egress);

    const database = new Postgres(this, 'Database', {
      ...shared,
      component: 'airflow',
      database: DATABASE,
      username: USER,
      password: credentials.database,
      directory: 'airflow-database',
    });
    const own = this.createSecret(database.endpoint);
    const apiAccount = new kplus.Secret(this, 'ApiAccount', {
      metadata: { name: 'airflow-api-account', namespace },
      stringData: { username: API_USER, password: credentials.api },
    });
    // Its start script makes the account in the database unless it is there.
    new InitialCredential(this, 'InitialApi', {
      secret: apiAccount,
      keys: ['password'],
      data: database.data,
      changedBy: 'airflow users reset-password in the webserver',
    });
    this.apiAccount = apiAccount;
    const statsd = new AirflowStatsd(this, 'Statsd', shared);
    const config = new AirflowConfig(this, 'Config', { namespace, origin: site.origin, statsd: statsd.statsd });
    const environment = airflowEnvironment({
      namespace,
      site,
      pullPolicy: platform.images.pullPolicy,
      services: props.services,
      accounts: { ...props.accounts, own },
    });
    const template = new AirflowPodTemplate(this, 'PodTemplate', {
      ...shared,
      env: environment.tasks,
      hosts: egressHosts(site.egress),
    });

    const { projects } = site.namespaces;
    const {
      minio,
      shared: { clientSecret, systemPassword },
    } = props.accounts;
    const rights = new AirflowRights(this, 'Rights', {
      namespace,
      projectNamespaces: projects,
      taskDirectory: taskDirectory(site),
      taskClaims: [volumes.dags, volumes.plugins, volumes.logs, volumes.models, volumes.data].map(({ name }) => name),
      taskSecrets: [own, minio, clientSecret, systemPassword].map(({ name }) => name),
    });
    const waitForStatsd = { address: statsd.metrics, label: 'statsd-service' };
    const signingKey = { AIRFLOW__WEBSERVER__SECRET_KEY: own.envValue('webserver-key') };
    const scheduler = new AirflowScheduler(this, 'Scheduler', {
      ...shared,
      environment,
      configuration: config.program,
      taskPod: [template.mount, config.hook],
      identity: rights.identity,
      plugin: props.plugin,
      env: {
        ...signingKey,
        DEFAULT_PROJECT_NAMESPACE: projects[0],
        TASK_SECRET,
        KAAPANA_STORAGE_NODE: platform.storageNode['kaapana.io/node'] ?? '',
      },
      dicom: props.dicom,
      hosts: egressHosts(site.egress),
      waitFor: [database.ready, { address: props.prometheus, label: 'prometheus' }, waitForStatsd],
      uses: [statsd.statsd, ...services, ...outside],
      memory: props.memory,
    });
    const webserver = new AirflowWebserver(this, 'Webserver', {
      ...shared,
      scheduler,
      environment: environment.workflows,
      configuration: config.program,
      env: {
        ...signingKey,
        KAAPANA_AIRFLOW_API_USERNAME: this.apiAccount.envValue('username'),
        KAAPANA_AIRFLOW_API_PASSWORD: this.apiAccount.envValue('password'),
        KAAPANA_AIRFLOW_API_USER_ROLE: 'Op',
      },
      waitFor: [database.ready, waitForStatsd],
      uses: [statsd.statsd, ...services],
    });

    this.metrics = statsd.metrics;
    this.database = database.endpoint;
    this.webserver = webserver.endpoint;
    this.webserver.openTo(scheduler.workload);
    this.scheduler = scheduler.workload;
    scheduler.showLogsTo(webserver.workload);
    // Those of projects are let in with their namespace.
    this.database.openTo(executorPods(namespace));
    // Federated runs; those of projects come with their namespace, too.
    // Whoever reaches it installs what they like: Airflow itself does, no task.
    const { kubeHelm: _, ...forTasks } = props.services;
    for (const address of [...(Object.values(forTasks) as Address[]), ...outside]) address.openTo(taskPods(namespace));
    if (site.mail) this.letMailOut(scheduler.workload, site.mail.port);
  }

  /**
   * Tasks send mail as processes of the scheduler, or in pods of its executor; those of projects have a policy there.
   */
  private letMailOut(scheduler: Workload, port: number): void {
    new EgressPolicy(this, 'SchedulerMail', { name: 'airflow-scheduler-mail-egress', pods: scheduler, port });
    new EgressPolicy(this, 'TaskMail', {
      name: 'airflow-task-mail-egress',
      pods: executorPods(this.props.namespace),
      port,
    });
  }

  private createSecret(database: Address): kplus.Secret {
    const { namespace, site, credentials } = this.props;
    return new kplus.Secret(this, 'Secret', {
      metadata: { name: 'airflow-credentials', namespace },
      stringData: {
        'database-url': `postgresql+psycopg2://${USER}:${credentials.database}@${database.host}:${database.port}/${DATABASE}`,
        'webserver-key': credentials.webserver,
        ...(site.mail?.password === undefined ? {} : { 'mail-password': site.mail.password }),
      },
    });
  }
}
