import { Construct } from 'constructs';
import {
  type Address,
  type ContainerProps,
  type Endpoint,
  type Mount,
  Volume,
  type Wait,
  WebRoute,
  Workload,
  httpProbe,
} from '../kube';
import { NEEDS_TOKEN } from '../platform/airflow-tasks';
import type { ComponentProps } from '../platform/component-props';
import { HIGH_PRIORITY } from '../platform/priority';
import { AIRFLOW_PATH } from './airflow-config';
import { AIRFLOW_HOME, type Environment } from './airflow-environment';
import type { AirflowScheduler } from './airflow-scheduler';
import type { WorkflowVolumes } from './workflow-volumes';

/** Properties of `AirflowWebserver`. */
export interface AirflowWebserverProps extends ComponentProps {
  /** Environment of programs that read workflows. */
  readonly environment: Environment;

  /** Variables that only it has. */
  readonly env: ContainerProps['env'];

  /** Configuration of every program. */
  readonly configuration: readonly Mount[];

  readonly volumes: WorkflowVolumes;

  /** Reads the workflows before the web server does. */
  readonly scheduler: AirflowScheduler;

  /** What has to answer before it starts. */
  readonly waitFor: readonly (Address | Wait)[];

  /** What it talks to besides. */
  readonly uses: readonly Address[];
}

const PORT = 8080;

/** Shows workflows and their runs, and takes requests for runs (airflow-chart, Kaapana 0.6.0). */
export class AirflowWebserver extends Construct {
  public readonly workload: Workload;

  /** Pages and API; its URL ends with the path that both are below. */
  public readonly endpoint: Endpoint;

  constructor(scope: Construct, id: string, props: AirflowWebserverProps) {
    super(scope, id);
    const { platform, namespace, volumes } = props;
    const dags = Volume.claim('airflow-dags', volumes.dags).at(`${AIRFLOW_HOME}/dags`);

    this.workload = new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'airflow-webserver',
      labels: { 'app.kubernetes.io/name': 'airflow', 'app.kubernetes.io/component': 'webserver' },
      priorityClass: HIGH_PRIORITY,
      nodeSelector: platform.storageNode,
      exceptions: { token: NEEDS_TOKEN },
      waitFor: props.waitFor,
      waitForFiles: [{ mount: dags, path: '__pycache__', madeBy: props.scheduler }],
      waitDelay: 5,
      uses: props.uses,
      container: {
        name: 'webserver',
        image: platform.images.ref('airflow'),
        command: ['/kaapana/app/bootstrap.sh'],
        args: ['webserver'],
        env: { ...props.environment, ...props.env, AIRFLOW__LOGGING__LOGGING_LEVEL: 'WARNING' },
        ports: { webserver: PORT },
        mounts: [
          ...props.configuration,
          dags,
          Volume.claim('airflow-plugins', volumes.plugins).at(`${AIRFLOW_HOME}/plugins`),
          Volume.claim('airflow-logs', volumes.logs).at(`${AIRFLOW_HOME}/logs`),
          Volume.claim('modeldata', volumes.models).at(`${AIRFLOW_HOME}/models`),
          Volume.emptyDir('tmp').at(AIRFLOW_HOME),
          Volume.emptyDir('tmpfs').at('/tmp'),
        ],
        resources: { memoryRequest: '600Mi', memoryLimit: '3000Mi' },
        readinessProbe: {
          ...httpProbe(`${AIRFLOW_PATH}/health`, 'webserver'),
          periodSeconds: 10,
          timeoutSeconds: 5,
        },
      },
    });

    this.endpoint = this.workload
      .expose('Service', {
        name: 'airflow-webserver-service',
        ports: { 'airflow-http': { port: PORT, target: 'webserver' } },
      })
      .endpoint('airflow-http', { path: AIRFLOW_PATH });
    new WebRoute(this, 'Route', { platform, name: 'airflow-ingress-ip', paths: [AIRFLOW_PATH], to: this.endpoint });
  }
}
