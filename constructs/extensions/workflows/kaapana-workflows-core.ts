import { Construct } from 'constructs';
import { type TaskApiWorkflow, WorkflowInstaller } from '../../flow/workflow-installer';
import { PROJECT_PODS } from '../../platform/project-services';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';
import dummy from './dummy-workflow.py.txt';
import registration from './registration-workflow.py.txt';
import common from './task-api.py.txt';

const definition = defineExtension({
  name: 'kaapana-workflows-core',
  title: 'Core Workflows',
  purpose: 'Workflows of the task API: one registers images to another, one tests the API itself',
  kind: 'workflow-v2',
  maturity: 'stable',
  hardware: 'cpu',
  documentation: 'user_guide/extensions.html#task-api-workflows',
  pullPolicy: 'IfNotPresent',
  images: ['workflow-installer'],
  taskImages: ['dummy', 'get-input-task', 'mitk-tools', 'nrrd-to-dicom', 'send-dicoms'],
  workflows: ['dummy-workflow', 'registration-workflow'],
});

type Props = ExtensionProps<typeof definition>;

/**
 * Workflows of the task API (kaapana-workflows-core, Kaapana 0.6.0). Forms ask for what the programs of the tasks read,
 * and for nothing else.
 */
export class KaapanaWorkflowsCore extends Construct {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const { services } = props;
    const platform = { ...props.platform, images: props.platform.images.with({ pullPolicy: definition.pullPolicy }) };
    for (const workflow of [dummyWorkflow(props), registrationWorkflow(props)]) {
      new WorkflowInstaller(this, workflow.title, {
        platform,
        namespace: services.namespaces.services,
        image: platform.images.ref('workflow-installer'),
        workflow,
        workflowApi: services.workflowApi,
      });
    }
  }
}

function dummyWorkflow({ services, version }: Props): TaskApiWorkflow {
  return {
    title: 'dummy-workflow',
    category: 'testing',
    file: 'workflow_definition.py',
    definition: program(dummy, { REGISTRY: services.release.registry, VERSION: version }),
    parameters: ['upstream', 'downstream'].map((task) => ({
      task,
      variable: 'TIME_SLEEP',
      form: { type: 'str', regex_pattern: '^[0-9]{1,3}$', default: '5' },
      title: `Duration of ${task}`,
      description: 'Seconds that the task takes',
    })),
  };
}

function registrationWorkflow({ services: { ctp, release }, project, version }: Props): TaskApiWorkflow {
  const dataset = (task: string, title: string, description: string) =>
    ({ task, variable: 'DATASET', form: { type: 'dataset' }, title, description }) as const;
  return {
    title: 'registration-workflow',
    category: 'registration',
    file: 'dag_register_dicoms.py',
    definition: program(registration, {
      REGISTRY: release.registry,
      VERSION: version,
      PROJECT: project.name,
      PACS_HOST: ctp.host,
      PACS_PORT: String(ctp.port),
      PACS_LABELS: PROJECT_PODS.withCtp,
    }),
    parameters: [
      dataset('download_fixed_image', 'Fixed image', 'Dataset with the one image that the others are registered to'),
      dataset('download_moving_images', 'Moving images', 'Dataset with the images that are registered'),
    ],
  };
}

/** A program in Python with values for its constants; JSON of texts is Python too. */
function program(text: string, constants: Readonly<Record<string, string | Readonly<Record<string, string>>>>): string {
  const lines = Object.entries(constants).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return `${common}${lines.join('\n')}\n\n${text}`;
}
