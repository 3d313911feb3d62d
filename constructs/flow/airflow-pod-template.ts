import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Mount, renderPod, Volume } from '../kube';
import { yaml } from '../kube/yaml';
import { NEEDS_TOKEN, TASK_LABELS } from '../platform/airflow-tasks';
import type { ComponentProps } from '../platform/component-props';
import { POD_TEMPLATE_FILE } from './airflow-config';
import { AIRFLOW_HOME, type Environment } from './airflow-environment';
import type { WorkflowVolumes } from './workflow-volumes';

/** Properties of `AirflowPodTemplate`. */
export interface AirflowPodTemplateProps extends ComponentProps {
  /** Environment of tasks. */
  readonly env: Environment;

  /** Addresses of hosts that the cluster's DNS need not know. @default - none */
  readonly hosts?: Readonly<Record<string, string>>;

  /** Claims of these names are in every namespace that tasks run in. */
  readonly volumes: WorkflowVolumes;
}

const FILE = 'pod_template.yaml';

/** The pod that Airflow starts for a task, in the namespace of its project (airflow-chart, Kaapana 0.6.0). */
export class AirflowPodTemplate extends Construct {
  /** Where the scheduler looks for it. */
  public readonly mount: Mount;

  constructor(scope: Construct, id: string, props: AirflowPodTemplateProps) {
    super(scope, id);
    const { namespace } = props;
    const map = new kplus.ConfigMap(this, 'Resource', {
      metadata: { name: 'airflow-pod-template', namespace },
      data: { [FILE]: yaml(taskPod(props)) },
    });
    this.mount = Volume.configMap('airflow-pod-template', map).at(POD_TEMPLATE_FILE, { subPath: FILE });
  }
}

function taskPod({ platform, namespace, env, hosts, volumes }: AirflowPodTemplateProps): object {
  const spec = renderPod(
    {
      platform,
      nodeSelector: platform.storageNode,
      hosts,
      exceptions: { token: NEEDS_TOKEN },
      container: {
        name: 'base',
        image: platform.images.ref('airflow'),
        env: { ...env, AIRFLOW__CORE__EXECUTOR: 'KubernetesExecutor' },
        mounts: [
          Volume.emptyDir('tmp').at(AIRFLOW_HOME),
          Volume.emptyDir('tmpfs').at('/tmp'),
          Volume.emptyDir('dshm', { medium: 'Memory' }).at('/dev/shm'),
          Volume.claim('airflow-dags', volumes.dags).at(`${AIRFLOW_HOME}/dags`),
          Volume.claim('airflow-plugins', volumes.plugins).at(`${AIRFLOW_HOME}/plugins`),
          Volume.claim('airflow-logs', volumes.logs).at(`${AIRFLOW_HOME}/logs`),
          Volume.claim('models', volumes.models).at(`${AIRFLOW_HOME}/models`),
          Volume.claim('workflowdata', volumes.data).at(`${AIRFLOW_HOME}/data`),
        ],
        resources: { memoryRequest: '10Mi', memoryLimit: '10Gi', cpuLimit: '16', storageLimit: '50Gi' },
        exceptions: {
          escalation: 'operators of any workflow run in it',
          writableRoot: 'operators of any workflow run in it',
        },
      },
    },
    { name: 'base', restartPolicy: 'Never' },
  );
  const labels = { ...TASK_LABELS, 'kaapana.type': TASK_LABELS['kaapana.ai/type'] };
  const metadata = { name: 'task', namespace, labels, annotations: { 'security-exception/token': NEEDS_TOKEN } };
  return k8s.KubePod.manifest({ metadata, spec }) as object;
}
