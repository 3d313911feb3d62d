import type { Construct } from 'constructs';
import { defineExtension } from '../contract/definition';
import { DESKTOP, WORKBENCH_STORAGE } from '../contract/desktop';
import type { ExtensionProps } from '../contract/extension';
import { LaunchedApplication } from '../contract/launched-application';
import { applicationPath, redirectTo } from '../contract/project-application';
import { DISPLAY_NAME, DYNAMIC_VOLUMES } from '../contract/shared-parameters';

const definition = defineExtension({
  name: 'mitk-flow-chart',
  title: 'MITK Session',
  purpose: 'MITK on the images of a run of the workflow mitk-flow, which waits until a user ends it',
  kind: 'internal',
  maturity: 'stable',
  hardware: 'cpu',
  multiInstallable: true,
  images: ['mitk-flow'],
  parameters: {
    display_name: DISPLAY_NAME,
    dynamicVolumes: DYNAMIC_VOLUMES,
    workflow_dir: {
      type: 'string',
      ofChart: true,
      example: '/kaapana/mounted/data/demo1',
      definition: 'Directory of the run',
    },
    batch_name: {
      type: 'string',
      ofChart: true,
      default: 'batch',
      definition: 'Directory in it, with one for each series',
    },
    operator_in_dir: {
      type: 'string',
      ofChart: true,
      default: 'get-input',
      definition: 'Directory of each series with its images',
    },
    operator_out_dir: {
      type: 'string',
      ofChart: true,
      default: 'mitk-flow',
      definition: 'Directory of each series for what users save',
    },
  },
});

const PORT = 80;

/** MITK as a step of a workflow (mitk-flow-chart, Kaapana 0.6.0). */
export class MitkFlowSession extends LaunchedApplication {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    const { platform, services, name, project, parameters } = props;
    const path = applicationPath(project, name);
    super(scope, id, {
      platform,
      services,
      name,
      project,
      path,
      displayName: parameters.display_name,
      portName: 'pt-mitk-http',
      middleware: { name: `${name}-redirect`, spec: redirectTo(path) },
      container: {
        name: 'mitk',
        image: platform.images.ref('mitk-flow'),
        env: {
          INGRESS_PATH: path.slice(1),
          WORKFLOW_DIR: parameters.workflow_dir,
          BATCH_NAME: parameters.batch_name,
          OPERATOR_OUT_DIR: parameters.operator_out_dir,
          OPERATOR_IN_DIR: parameters.operator_in_dir,
        },
        ports: { 'mitk-http': PORT },
        resources: { memoryRequest: '4Gi', memoryLimit: '8Gi', cpuLimit: '16', storageLimit: WORKBENCH_STORAGE },
        keeps: DESKTOP.keeps,
        exceptions: DESKTOP.container,
      },
      exceptions: DESKTOP.exceptions,
      projectVolumes: parameters.dynamicVolumes,
    });
  }
}
