import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type NetworkPeer, origin, type Platform, Volume, Workload } from '../kube';

/** A value that users give to a task when they start a run; tasks take texts alone. */
export interface WorkflowParameter {
  /** Name of the task. */
  readonly task: string;

  /** Environment variable of the task that gets the value. */
  readonly variable: string;

  /** A text of some form, or the name of a dataset. */
  readonly form:
    | { readonly type: 'str'; readonly regex_pattern: string; readonly default: string }
    | { readonly type: 'dataset' };

  /** What a form shows above it. */
  readonly title: string;

  /** What it is for; one sentence. */
  readonly description: string;
}

/** A workflow as the task API is told of it. */
export interface TaskApiWorkflow {
  /** Name that users see. */
  readonly title: string;

  /** What kind of work it does. */
  readonly category: string;

  /** Name of the file with its definition. */
  readonly file: string;

  /** Definition of a workflow of Airflow, whose name the API puts in place of `{{ dag_id }}`. */
  readonly definition: string;

  readonly parameters: readonly WorkflowParameter[];
}

/** Properties of `WorkflowInstaller`. */
export interface WorkflowInstallerProps {
  readonly platform: Platform;

  readonly namespace: string;

  /** Full reference of the image that talks to the API. */
  readonly image: string;

  readonly workflow: TaskApiWorkflow;

  /** The task API. */
  readonly workflowApi: Address;
}

const DIRECTORY = '/workflows';
const COMPONENT = { component: 'workflow-installer' } as const;

/**
 * A job that tells the task API of a workflow (workflow-helpers, Kaapana 0.6.0). The API keeps each as a version of
 * its own, so that runs of an older one stay as they were.
 */
export class WorkflowInstaller extends Construct {
  /** The pods of all of them, whoever deploys them. */
  public static peer(namespace: string): NetworkPeer {
    return { namespace, podLabels: COMPONENT };
  }

  constructor(
    scope: Construct,
    id: string,
    { platform, namespace, image, workflow, workflowApi }: WorkflowInstallerProps,
  ) {
    super(scope, id);
    const { title, file, definition } = workflow;
    const files = new kplus.ConfigMap(this, 'Files', {
      metadata: { name: `${title}-configmap`, namespace, labels: { app: title } },
      data: { [file]: definition, 'workflow.json': JSON.stringify(metadata(workflow), null, 2) },
    });
    new Workload(this, 'Job', {
      platform,
      namespace,
      name: `workflow-installer-${title}`,
      labels: { app: title, ...COMPONENT },
      kind: 'Job',
      backoffLimit: 1,
      waitFor: [{ address: workflowApi, label: 'workflow-api', path: '/v1/health' }],
      waitDelay: 2,
      container: {
        name: 'workflow-installer',
        image,
        env: { WORKFLOW_API_URL: `${origin(workflowApi)}/v1` },
        mounts: [Volume.configMap('workflow-files', files).at(DIRECTORY)],
        // Its libraries alone take most of the 50Mi that are the default.
        resources: { memoryRequest: '50Mi', memoryLimit: '200Mi' },
      },
    });
  }
}

/**
 * What the API wants to know besides the definition, in its own words; it refuses what has no category and provider.
 */
function metadata({ title, category, parameters }: TaskApiWorkflow): object {
  return {
    title,
    workflow_engine: 'airflow',
    labels: [
      { key: 'category', value: category },
      { key: 'provider', value: 'dkfz-mic' },
    ],
    workflow_parameters: parameters.map(({ task, variable, form, title: label, description }) => ({
      task_title: task,
      env_variable_name: variable,
      ui_form: { ...form, title: label, description, required: true },
    })),
  };
}
