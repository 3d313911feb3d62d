import { spawnSync } from 'node:child_process';
import { externalAddress, type NetworkPeer } from '../../constructs/kube';
import { envOf } from '../flow/support';
import { pythonTest } from '../python';
import { object, objects } from '../support';
import { stack } from './support';

const NAME = 'kaapana-workflows-core';

/** Stand-ins for Airflow and the task API, then a definition, as the API hands it to Airflow; prints its tasks. */
const HARNESS = `
import json, sys, types
tasks, names = [], []

class DAG:
    def __init__(self, dag_id, default_args, schedule): names.append(dag_id)
    def __enter__(self): return self
    def __exit__(self, *_): return False

class Operator:
    def __init__(self, **options):
        self.options, self.after = options, []
        tasks.append(self)
    def __rshift__(self, other): other.after.append(self.options["task_id"])

space = types.SimpleNamespace
modules = {
    "airflow": {}, "airflow.models": {"DAG": DAG}, "task_api": {},
    "task_api.processing_container": {"pc_models": space(BaseEnv=lambda name, value: (name, value))},
    "task_api_operators": {}, "task_api_operators.KaapanaTaskOperator": {
        "KaapanaTaskOperator": Operator,
        "IOMapping": lambda upstream_operator, upstream_output_channel, input_channel:
            f"{upstream_operator.options['task_id']}.{upstream_output_channel} > {input_channel}",
    },
}
for name, content in modules.items():
    module = types.ModuleType(name)
    vars(module).update(content)
    sys.modules[name] = module

exec(sys.stdin.read().replace("{{ dag_id }}", "title_v1"), {})
shown = {t.options["task_id"]: {
    "image": t.options["image"], "template": t.options["taskTemplate"], "inputs": t.options["iochannel_maps"], "after": t.after,
    "env": dict(t.options["env"]), "labels": t.options.get("labels", {}),
} for t in tasks}
print(json.dumps({"names": names, "tasks": shown}))
`;

interface Task {
  readonly image: string;
  readonly template: string;
  readonly inputs: string[];
  readonly after: string[];
  readonly env: Record<string, string>;
  readonly labels: Record<string, string>;
}

const python = pythonTest('the workflows of the task API');

function tasksOf(definition: string): Record<string, Task> {
  const { stdout, stderr } = spawnSync('python3', ['-c', HARNESS], { input: definition, encoding: 'utf8' });
  expect(stderr).toBe('');
  const { names, tasks } = JSON.parse(stdout) as { names: string[]; tasks: Record<string, Task> };
  expect(names).toEqual(['title_v1']);
  return tasks;
}

function definition(workflow: 'dummy' | 'registration', chart = stack([{ name: NAME }])): string {
  const file = workflow === 'dummy' ? 'workflow_definition.py' : 'dag_register_dicoms.py';
  return object(chart, 'ConfigMap', `${workflow}-workflow-configmap`)['data'][file];
}

test('a job tells the task API of each workflow', () => {
  const chart = stack([{ name: NAME }]);
  expect(objects(chart).map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`)).toEqual([
    'ConfigMap/services/dummy-workflow-configmap',
    'Job/services/workflow-installer-dummy-workflow',
    'ConfigMap/services/registration-workflow-configmap',
    'Job/services/workflow-installer-registration-workflow',
  ]);
  const { containers, initContainers, volumes } = object(chart, 'Job', 'workflow-installer-registration-workflow').spec
    .template.spec;
  expect(containers[0]).toMatchObject({
    image: 'registry.example.org/kaapana/workflow-installer:0.6.0',
    imagePullPolicy: 'IfNotPresent',
    volumeMounts: [{ mountPath: '/workflows' }],
  });
  expect(envOf(containers[0])).toEqual({ WORKFLOW_API_URL: 'http://workflow-api.services.svc:80/v1' });
  expect(initContainers).toHaveLength(1);
  expect(volumes[0].configMap.name).toBe('registration-workflow-configmap');
});

test('the API lets the jobs in', () => {
  const peers: NetworkPeer['podLabels'][] = [];
  const workflowApi = {
    ...externalAddress('http://workflow-api.services.svc'),
    openTo: (peer: NetworkPeer) => {
      peers.push(peer.podLabels);
    },
  };
  stack([{ name: NAME }], { services: { workflowApi } });
  expect(peers).toEqual([
    { app: 'dummy-workflow', component: 'workflow-installer' },
    { app: 'registration-workflow', component: 'workflow-installer' },
  ]);
});

test('what the API wants to know of a workflow', () => {
  const metadata = JSON.parse(
    object(stack([{ name: NAME }]), 'ConfigMap', 'dummy-workflow-configmap')['data']['workflow.json'],
  );
  expect(metadata).toMatchObject({
    title: 'dummy-workflow',
    workflow_engine: 'airflow',
    labels: [{ key: 'category', value: 'testing' }, { key: 'provider' }],
  });
  expect(metadata.workflow_parameters[0]).toEqual({
    task_title: 'upstream',
    env_variable_name: 'TIME_SLEEP',
    ui_form: {
      type: 'str',
      regex_pattern: '^[0-9]{1,3}$',
      default: '5',
      title: 'Duration of upstream',
      description: 'Seconds that the task takes',
      required: true,
    },
  });
});

python.each(['dummy', 'registration'] as const)('forms of the %s workflow are for tasks that there are', (workflow) => {
  const chart = stack([{ name: NAME }]);
  const { workflow_parameters: parameters } = JSON.parse(
    object(chart, 'ConfigMap', `${workflow}-workflow-configmap`)['data']['workflow.json'],
  );
  const titles = parameters.map(({ task_title }: { task_title: string }) => task_title);
  expect(titles).toHaveLength(2);
  expect(Object.keys(tasksOf(definition(workflow, chart)))).toEqual(expect.arrayContaining(titles));
});

python('one task of the dummy workflow hands both channels to the other', () => {
  const { upstream, downstream } = tasksOf(definition('dummy'));
  expect(upstream).toMatchObject({
    image: 'registry.example.org/kaapana/dummy:0.6.0',
    template: 'upstream',
    inputs: [],
    after: [],
  });
  expect(downstream).toMatchObject({
    inputs: ['upstream.channel1 > channel1', 'upstream.channel2 > channel2'],
    template: 'downstream',
  });
  expect(new Set(downstream?.after)).toEqual(new Set(['upstream']));
});

python('registration runs from two datasets to the receiver of images', () => {
  const tasks = tasksOf(definition('registration'));
  expect(Object.fromEntries(Object.entries(tasks).map(([name, { inputs }]) => [name, inputs]))).toEqual({
    download_fixed_image: [],
    download_moving_images: [],
    convert_target_to_nrrd: ['download_fixed_image.downloads > dicom'],
    convert_moving_images_to_nrrd: ['download_moving_images.downloads > dicom'],
    register_images: ['convert_target_to_nrrd.nrrd > fixed', 'convert_moving_images_to_nrrd.nrrd > moving'],
    convert_registered_nrrd_to_dicom: [
      'register_images.registered > nrrd',
      'download_moving_images.downloads > reference',
    ],
    send_registered_dicoms: ['convert_registered_nrrd_to_dicom.dicom > dicoms'],
  });
  expect(tasks['register_images']?.after).toEqual(['convert_target_to_nrrd', 'convert_moving_images_to_nrrd']);
  expect(tasks['send_registered_dicoms']).toMatchObject({
    env: {
      DATASET: 'REGISTERED',
      PROJECT_NAME: 'admin',
      PACS_HOST: 'ctp-dicom-service.services.svc',
      PACS_PORT: '11112',
    },
    labels: { 'network-access-ctp': 'true' },
  });
});

python('tasks have the version of the install and the receiver and project of the instance', () => {
  const project = { name: 'trial', id: '00000000-0000-4000-8000-000000000002', namespace: 'project-trial' };
  const ctp = externalAddress('http://ctp.example.org:104');
  const chart = stack([{ name: NAME, version: '0.6.1' }], { projects: [project], services: { ctp } });
  const tasks = Object.values(tasksOf(definition('registration', chart)));
  expect(new Set(tasks.map(({ image }) => image.split(':').at(-1)))).toEqual(new Set(['0.6.1']));
  expect(tasks.at(-1)?.env).toMatchObject({ PROJECT_NAME: 'trial', PACS_HOST: 'ctp.example.org', PACS_PORT: '104' });
});
