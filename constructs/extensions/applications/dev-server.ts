import { type EnvValue, Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Volume } from '../../kube';
import { TASK_LABELS } from '../../platform/airflow-tasks';
import { CodeEditor } from '../contract/code-editor';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';
import { LaunchedApplication } from '../contract/launched-application';
import { applicationPath } from '../contract/project-application';
import { DISPLAY_NAME, DYNAMIC_VOLUMES } from '../contract/shared-parameters';

const definition = defineExtension({
  name: 'dev-server-chart',
  title: 'Debug Session',
  purpose: 'Visual Studio Code in place of a step of a workflow, in its image and with all that it has',
  kind: 'internal',
  pathValue: 'ingress_path',
  maturity: 'stable',
  hardware: 'cpu',
  multiInstallable: true,
  parameters: {
    complete_image: {
      type: 'string',
      example: 'registry.example.org/kaapana/nnunet-gpu:0.6.0',
      definition: 'Image of the step, with its registry and tag',
      form: { pattern: /^[a-z0-9][\w./:@-]*$/, wanted: 'an image with its registry and tag' },
    },
    display_name: DISPLAY_NAME,
    dynamicVolumes: DYNAMIC_VOLUMES,
    envVars: {
      type: 'map',
      keys: ['value'],
      default: { WORKSPACE: '/kaapana' },
      definition: 'Environment of the step, and WORKSPACE, the directory that opens; no credentials',
      example: { WORKSPACE: '/kaapana', RUN_ID: 'demo1', MODELS: '{"a": [1, 2]}' },
      form: { name: /^[^=\s]+$/, value: /^/, wanted: 'the name of a variable and a text' },
    },
    envVarsFromSecretRef: {
      type: 'map',
      keys: ['secretName', 'secretKey'],
      default: {},
      definition: 'Environment from Secrets of the project: their names and keys',
      example: { KAAPANA_PROJECT_USER_NAME: 'project-user-credentials/project-user' },
      form: {
        name: /^[^=\s]+$/,
        value: /^[a-z0-9.-]+\/[\w.-]+$/,
        wanted: 'the name of a variable, and the name of a Secret and a key with a slash between them',
      },
    },
    labels: {
      type: 'map',
      keys: ['value'],
      default: {},
      definition: 'Labels of the step, which network policies know it by',
      example: { 'network-access-opensearch': 'true', run_id: 'demo1' },
      form: {
        name: /^([a-z0-9.-]+\/)?\w([\w.-]*\w)?$/,
        value: /^(\w([\w.-]*\w)?)?$/,
        wanted: 'the name of a label and its text',
      },
    },
    workflow_configmap_name: {
      type: 'string',
      default: '-',
      definition: 'ConfigMap with the conf.json of the run; - for none',
    },
    workflow_config_mount_path: {
      type: 'string',
      default: '/kaapana/mounted/data/conf/conf.json',
      definition: 'File that it is mounted as',
    },
  },
});

const WORKSPACE = '/kaapana';

/** An editor and debugger in place of a step (dev-server-chart, Kaapana 0.6.0). */
export class DevServer extends Construct {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    super(scope, id);
    const { platform, services, name, project, parameters } = props;
    const prefix = applicationPath(project, name);
    const { container } = new CodeEditor(this, 'Editor', {
      namespace: project.namespace,
      name,
      image: parameters.complete_image,
      workspace: WORKSPACE,
      keyBindings: true,
      launch: true,
      settingsOf: 'Machine',
      settings: { 'security.workspace.trust.enabled': false, 'security.workspace.trust.startupPrompt': 'never' },
      memoryLimit: '5Gi',
    });
    new LaunchedApplication(this, 'Application', {
      platform,
      services,
      name,
      project,
      path: `${prefix}/`,
      displayName: parameters.display_name,
      portName: 'vs-http',
      middleware: { name: `cs-strip-prefix-${name}`, spec: { stripPrefix: { prefixes: [prefix] } } },
      labels: { ...parameters.labels, ...TASK_LABELS },
      podSecurity: { runAsUser: 0 }, // Its settings are in the directory of this user.
      container: {
        ...container,
        env: this.environment(parameters),
        mounts: [...(container.mounts ?? []), ...configuration(parameters)],
      },
      projectVolumes: parameters.dynamicVolumes,
    });
  }

  private environment({ envVars, envVarsFromSecretRef }: Parameters): Record<string, string | EnvValue> {
    const fromSecrets = Object.entries(envVarsFromSecretRef).map(([variable, reference]): [string, EnvValue] => {
      const [secret = '', key = ''] = reference.split('/');
      return [variable, Secret.fromSecretName(this, `Secret of ${variable}`, secret).envValue(key)];
    });
    return { ...envVars, ...Object.fromEntries(fromSecrets) };
  }
}

type Parameters = ExtensionProps<typeof definition>['parameters'];

/** What the run is started with, as a file. */
function configuration({ workflow_configmap_name: name, workflow_config_mount_path: path }: Parameters) {
  return name === '-'
    ? []
    : [Volume.configMap('workflowconf', { name }, { 'conf.json': 'conf.json' }).at(path, { subPath: 'conf.json' })];
}
