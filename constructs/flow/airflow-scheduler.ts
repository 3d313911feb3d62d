import { Construct } from 'constructs';
import {
  type Address,
  type ContainerProps,
  type Identity,
  type Mount,
  Volume,
  type VolumeSource,
  type Wait,
  Workload,
  httpProbe,
  type MemoryShare,
} from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { HIGH_PRIORITY } from '../platform/priority';
import { API_LOGIN } from './airflow-config';
import { AIRFLOW_HOME, type AirflowEnvironment } from './airflow-environment';
import type { KaapanaPlugin } from './kaapana-plugin';
import type { WorkflowVolumes } from './workflow-volumes';

/** Properties of `AirflowScheduler`. */
export interface AirflowSchedulerProps extends ComponentProps {
  /** What it may do in the cluster. */
  readonly identity: Identity;

  readonly environment: AirflowEnvironment;

  /** Variables that only it has. */
  readonly env: ContainerProps['env'];

  /** Configuration of every program. */
  readonly configuration: readonly Mount[];

  /** The pod of a task, and what is done to it. */
  readonly taskPod: readonly Mount[];

  readonly volumes: WorkflowVolumes;

  /** Without it, it does not start. */
  readonly plugin: KaapanaPlugin;

  /** Addresses of hosts that the cluster's DNS need not know. @default - none */
  readonly hosts?: Readonly<Record<string, string>>;

  /** Images that the archive holds. */
  readonly dicom: VolumeSource;

  /** What has to answer before it starts. */
  readonly waitFor: readonly (Address | Wait)[];

  /** What it talks to besides. */
  readonly uses: readonly Address[];

  /** Memory of it and of the tasks that run within it. */
  readonly memory: MemoryShare;
}

const PORTS = { health: 8974, logs: 8793 } as const;
const BOOTSTRAP = '/kaapana/app/bootstrap.sh';

/** Starts tasks when their time has come, some of them as its own processes (airflow-chart, Kaapana 0.6.0). */
export class AirflowScheduler extends Construct {
  public readonly workload: Workload;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AirflowSchedulerProps,
  ) {
    super(scope, id);
    const { platform, namespace, volumes, memory } = props;
    const plugins = Volume.claim('airflow-plugins', volumes.plugins).at(`${AIRFLOW_HOME}/plugins`);
    const dags = Volume.claim('airflow-dags', volumes.dags).at(`${AIRFLOW_HOME}/dags`);

    this.workload = new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'airflow-scheduler',
      labels: { 'app.kubernetes.io/name': 'airflow', 'app.kubernetes.io/component': 'scheduler' },
      priorityClass: HIGH_PRIORITY,
      nodeSelector: platform.storageNode,
      identity: props.identity,
      waitFor: props.waitFor,
      waitForFiles: [{ mount: plugins, path: 'kaapana', madeBy: props.plugin }],
      waitDelay: 5,
      uses: props.uses,
      hosts: props.hosts,
      initContainers: [this.createTables([dags, plugins])],
      container: {
        name: 'scheduler',
        image: platform.images.ref('airflow'),
        command: [BOOTSTRAP],
        args: ['scheduler'],
        env: { ...props.environment.tasks, ...props.env, AIRFLOW__API__AUTH_BACKENDS: API_LOGIN },
        ports: PORTS,
        mounts: [...props.configuration, ...props.taskPod, dags, plugins, ...this.data()],
        resources: { memoryRequest: memory.request, memoryLimit: memory.limit, cpuLimit: '8', storageLimit: '50Gi' },
        exceptions: { writableRoot: 'the sensors and operators that it runs write where they like' },
        readinessProbe: { ...httpProbe('/health', 'health'), periodSeconds: 10 },
      },
    });
  }

  /** Lets `webserver` read the logs of tasks that run now. */
  public showLogsTo(webserver: Workload): void {
    this.workload.allow(webserver, PORTS.logs);
  }

  /** Makes or updates the tables of the database. */
  private createTables(mounts: readonly Mount[]): ContainerProps {
    const { platform, environment, configuration } = this.props;
    return {
      name: 'init-airflow-db',
      image: platform.images.ref('airflow'),
      command: [BOOTSTRAP],
      args: ['init'],
      env: environment.program,
      mounts: [...configuration, ...mounts],
      resources: { memoryRequest: '250Mi', memoryLimit: '500Mi' },
      exceptions: { writableRoot: 'it has no volume for its home directory' },
    };
  }

  private data(): Mount[] {
    const { volumes, dicom } = this.props;
    return [
      Volume.claim('airflow-logs', volumes.logs).at(`${AIRFLOW_HOME}/logs`),
      Volume.claim('modeldata', volumes.models).at(`${AIRFLOW_HOME}/models`),
      Volume.claim('workflowdata', volumes.data).at(`${AIRFLOW_HOME}/data`),
      Volume.claim('ctpinput', volumes.incoming).at('/kaapana/mounted/ctpinput', { subPath: 'data' }),
      Volume.claim('dicomdir', dicom).at('/kaapana/mounted/pacsdata', { subPath: 'dicom_data' }),
      Volume.claim('uploads', volumes.uploads).at('/kaapana/app/uploads'),
      Volume.emptyDir('tmp').at(AIRFLOW_HOME),
      Volume.emptyDir('tmpfs').at('/tmp'),
    ];
  }
}
