import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadEnvironment } from '../../src/environment/load';
import type { Manifest } from '../../src/objects/manifest';
import { renderManifests } from '../../src/render/manifests';
import { apiCalls, type ApiCall } from '../rights/support';
import { apply, kubectl, listOf } from './support/kubectl';
import { builderPod, executorPod, fromSecret, operatorPod, pod, readerPod, taskApiPod } from './support/task-pods';

/** What the API server itself allows and refuses, by the rights and rules of a rendered platform. */

const RIGHTS = [
  'Namespace',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
];
const TASKS = '/home/kaapana/workflows/data';

/** A project that a user made, as kube-helm leaves its namespace; strangers; and Longhorn. */
const OTHERS = [
  namespace('project-new', { 'meta.helm.sh/release-name': 'project-new', 'meta.helm.sh/release-namespace': 'admin' }),
  namespace('project-roads'),
  namespace('longhorn-system'),
];

const AIRFLOW = 'services:airflow-scheduler';
const EDK = 'services:edk-serviceaccount';
const REPLICAS = 'kube-system:replicaset-controller';
const JOBS = 'kube-system:job-controller';

let objects: readonly Manifest[] = [];
let made: readonly object[] = [];

function namespace(name: string, annotations = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations } };
}

beforeAll(async () => {
  // A server in production has rules that one for development has not; its extensions have accounts of their own.
  objects = rendered('prod');
  const rights = [...rendered('default-extensions'), ...objects].filter(({ kind }) => RIGHTS.includes(kind));
  made = [...OTHERS, ...rights];
  apply([...OTHERS, ...rights.filter(({ kind }) => kind === 'Namespace')]);
  apply(rights);
  for (const each of ['services', 'project-admin', 'project-new', 'project-roads', 'longhorn-system']) {
    kubectl(['wait', '--for=create', 'serviceaccount/default', '--namespace', each, '--timeout=30s']);
  }
  // The API server takes a moment to know new rules: all of them hold when the last one does.
  const unsettled = () =>
    ask(JOBS, pod('late', 'project-new', {}, { hostNetwork: true, containers: [{ name: 'a', image: 'a' }] })).allowed ||
    ask(AIRFLOW, taskApiPod('project-new', '/etc')).allowed ||
    ask(REPLICAS, privileged('services')).allowed ||
    secret(AIRFLOW, 'a', 'Opaque').allowed;
  for (let tries = 0; unsettled() && tries < 60; tries += 1) await sleep(500);
});

afterAll(() => {
  kubectl(['delete', '--ignore-not-found', '--filename', '-'], listOf([...made].reverse()));
});

function rendered(set: string): readonly Manifest[] {
  const { graph, owner, secrets } = loadEnvironment(`test/conformance/settings/${set}.yaml`);
  return renderManifests(graph, { owner, secretOf: (name) => secrets.resolve(name) }).map(({ manifest }) => manifest);
}

/** What the API server says when `account` asks for `object`, which it does not keep. */
function ask(account: string, object: object): { readonly allowed: boolean; readonly output: string } {
  return says(['create', '--dry-run=server', '--filename', '-', ...as(account)], JSON.stringify(object));
}

function says(args: readonly string[], input?: string): { readonly allowed: boolean; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('kubectl', args, { encoding: 'utf8', input });
  return { allowed: status === 0, output: stdout + stderr };
}

function as(account: string): string[] {
  const [where = ''] = account.split(':');
  return [`--as=system:serviceaccount:${account}`, ...groupsOf(where).map((group) => `--as-group=${group}`)];
}

function groupsOf(where: string): string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${where}`, 'system:authenticated'];
}

function privileged(where: string): object {
  return pod('manager', where, {}, { containers: [{ name: 'a', image: 'a', securityContext: { privileged: true } }] });
}

function secret(account: string, name: string, type: string, where = 'project-new') {
  const stringData = type === 'Opaque' ? { a: 'b' } : { '.dockerconfigjson': '{"auths": {}}' };
  const annotations = { 'kubernetes.io/service-account.name': 'default' };
  return ask(account, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: where, annotations },
    type,
    stringData,
  });
}

test('each account may do what its programs do, and what nobody needs is refused', () => {
  const calls = apiCalls();
  const answers = kubectl(
    ['create', '--filename', '-', '--output=jsonpath={.status.allowed}{"\\n"}'],
    listOf(calls.map(review)),
  )
    .trimEnd()
    .split('\n');
  const wrong = calls.filter(({ answer }, index) => answers[index] !== String(answer === 'allowed'));
  expect(answers).toHaveLength(calls.length);
  expect(
    wrong.map(
      ({ account, verb, resource, namespace: where, answer }) =>
        `${account} ${verb} ${resource} in ${where} should be ${answer}`,
    ),
  ).toEqual([]);
});

function review({ account, verb, group, resource, namespace: where, name }: ApiCall): object {
  const [home = '', user = ''] = account.split('/');
  const [kind, subresource] = resource.split('/');
  const target = resource.startsWith('/')
    ? { nonResourceAttributes: { path: resource, verb } }
    : { resourceAttributes: { verb, group, resource: kind, subresource, name, namespace: where === '*' ? '' : where } };
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { user: `system:serviceaccount:${home}:${user}`, groups: groupsOf(home), ...target },
  };
}

test.each(['project-admin', 'project-new'])("Airflow's pods start in %s, deployed or made by a user", (where) => {
  for (const each of [
    taskApiPod(where, `${TASKS}/run-1/task/out`),
    operatorPod(where),
    readerPod(where),
    executorPod(objects, where),
  ]) {
    expect(ask(AIRFLOW, each)).toEqual({ allowed: true, output: expect.stringContaining('created (server dry run)') });
  }
});

test("Airflow's pods start beside the services", () => {
  for (const each of [operatorPod('services'), readerPod('services'), executorPod(objects, 'services')]) {
    expect(ask(AIRFLOW, each)).toEqual({ allowed: true, output: expect.stringContaining('created (server dry run)') });
  }
});

/** What two rules refuse, either of them says. */
const TWO_RULES = 'denied request: containers';

const VOLUME = (source: object) => ({ volumes: [{ name: 'a', ...source }] });
const MAIN = { name: 'a', image: 'a' };

test.each<[string, () => object, string]>([
  [
    'a path of the node',
    () => taskApiPod('project-new', '/etc'),
    `tasks mount no path of the node but those below ${TASKS}`,
  ],
  [
    'the directory of a database',
    () => taskApiPod('project-admin', '/home/kaapana/postgres'),
    'tasks mount no path of the node',
  ],
  [
    'a path that only begins the same',
    () => taskApiPod('project-admin', `${TASKS}-2/a`),
    'tasks mount no path of the node',
  ],
  [
    'an account of others',
    () => operatorPod('services', { serviceAccountName: 'prometheus' }),
    'tasks have no service account of others',
  ],
  [
    'the network of the node',
    () => operatorPod('services', { hostNetwork: true }),
    'tasks share nothing with the node',
  ],
  [
    'a privileged container',
    () => operatorPod('services', { containers: [{ ...MAIN, securityContext: { privileged: true } }] }),
    TWO_RULES,
  ],
  [
    'the volume of a database',
    () => operatorPod('services', VOLUME({ persistentVolumeClaim: { claimName: 'minio-pv-claim' } })),
    'tasks beside the services mount the volumes of workflows only',
  ],
  [
    'a Secret as files',
    () => operatorPod('services', VOLUME({ secret: { secretName: 'keycloak-admin-account' } })),
    'tasks beside the services mount the volumes of workflows only',
  ],
  [
    'the account of a database',
    () =>
      operatorPod('services', { containers: [{ ...MAIN, env: [fromSecret('postgres-dcm4che-account', 'password')] }] }),
    'containers of tasks beside the services have the accounts of workflows only',
  ],
  [
    "the identity provider's administrator",
    () =>
      operatorPod('project-new', {
        containers: [{ ...MAIN, env: [fromSecret('keycloak-admin-account', 'password')] }],
      }),
    "the identity provider's administrator is for the Job alone",
  ],
  [
    'the cluster itself',
    () => readerPod('kube-system'),
    'Airflow runs tasks in the namespaces of services and projects only',
  ],
  [
    'a stranger whose namespace is called as projects are',
    () => readerPod('project-roads'),
    'Airflow runs tasks in the namespaces of services and projects only',
  ],
])('Airflow is refused %s', (_, asked, message) => {
  expect(ask(AIRFLOW, asked())).toEqual({ allowed: false, output: expect.stringContaining(message) });
});

test('Airflow writes the accounts of tasks and of registries, and no token of an account', () => {
  expect(secret(AIRFLOW, 'airflow-task-accounts', 'Opaque').allowed).toBe(true);
  expect(secret(AIRFLOW, 'task-1-secret', 'kubernetes.io/dockerconfigjson').allowed).toBe(true);
  for (const answer of [
    secret(AIRFLOW, 'other', 'Opaque'),
    secret(AIRFLOW, 'airflow-task-accounts', 'kubernetes.io/service-account-token'),
  ]) {
    expect(answer).toEqual({
      allowed: false,
      output: expect.stringContaining('Airflow writes accounts of tasks and of registries only'),
    });
  }
  expect(secret(AIRFLOW, 'airflow-task-accounts', 'Opaque', 'kube-system').output).toContain(
    'Airflow runs tasks in the namespaces',
  );
});

test('Airflow changes, and looks into, pods of its own alone', () => {
  const others = pod('database', 'services', {}, { containers: [MAIN] });
  apply([others, readerPod('services'), executorPod(objects, 'project-new')]);
  const label = (name: string, where: string) =>
    says(['label', '--dry-run=server', 'pod', name, 'a=b', '--namespace', where, ...as(AIRFLOW)]);
  const shell = (name: string) =>
    says(
      [
        'create',
        '--raw',
        `/api/v1/namespaces/services/pods/${name}/exec?command=true&stdout=true`,
        '--filename',
        '-',
        ...as(AIRFLOW),
      ],
      '{}',
    ).output;
  expect(label('database', 'services').output).toContain('Airflow changes pods of its own executor only');
  expect(label('executor', 'project-new').allowed).toBe(true);
  expect(shell('database')).toContain('Airflow runs commands in pods only that it reads images with');
  expect(shell('extract-file-0123abcd')).not.toContain('Airflow runs commands');
  kubectl(['delete', 'pod', '--namespace=services', '--force', 'database', 'extract-file-0123abcd']);
});

test('the EDK builds images of its files, and of nothing else', () => {
  expect(ask(EDK, builderPod('services', 'edk-pv-claim'))).toEqual({
    allowed: true,
    output: expect.stringContaining('created (server dry run)'),
  });
  const refused: [object, string][] = [
    [builderPod('services', 'minio-pv-claim'), 'builders of the EDK mount its files alone'],
    [builderPod('services', 'edk-pv-claim', { hostNetwork: true }), 'builders of the EDK share nothing with the node'],
    [
      builderPod('services', 'edk-pv-claim', { serviceAccountName: 'airflow-scheduler' }),
      'no service account of others',
    ],
    [
      builderPod('services', 'edk-pv-claim', {
        containers: [{ ...MAIN, env: [fromSecret('minio-account', 'password')] }],
      }),
      'values of Secrets',
    ],
  ];
  for (const [asked, message] of refused)
    expect(ask(EDK, asked)).toEqual({ allowed: false, output: expect.stringContaining(message) });
});

const MAKER = { 'app.kubernetes.io/name': 'create-project-user' };
const ADMINISTRATOR = { containers: [{ ...MAIN, env: [fromSecret('keycloak-admin-account', 'password')] }] };

test.each<[string, string, object, string]>([
  [
    'a path of the node, of an application',
    REPLICAS,
    pod('a', 'project-new', {}, { containers: [MAIN], ...VOLUME({ hostPath: { path: TASKS } }) }),
    'pods of projects mount no path of the node',
  ],
  ['a privileged container', REPLICAS, privileged('project-admin'), TWO_RULES],
  ['a privileged container of a service', REPLICAS, privileged('services'), 'containers must not be privileged'],
  [
    'the node itself',
    JOBS,
    pod('a', 'project-admin', {}, { containers: [MAIN], hostPID: true }),
    'pods of projects share nothing with the node',
  ],
  [
    'a port of the node',
    JOBS,
    pod('a', 'project-new', {}, { containers: [{ ...MAIN, ports: [{ containerPort: 80, hostPort: 80 }] }] }),
    'take no port of it',
  ],
  [
    'a capability',
    JOBS,
    pod(
      'a',
      'project-new',
      {},
      { containers: [{ ...MAIN, securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }] },
    ),
    'add no capability',
  ],
  [
    "the identity provider's administrator",
    JOBS,
    pod('a', 'project-admin', {}, ADMINISTRATOR),
    "the identity provider's administrator is for the Job alone",
  ],
])('nobody gets %s in the platform that needs none', (_, account, asked, message) => {
  expect(ask(account, asked)).toEqual({ allowed: false, output: expect.stringContaining(message) });
});

test.each<[string, string, object]>([
  ["Longhorn's share managers", REPLICAS, privileged('longhorn-system')],
  ['a stranger whose namespace is called as projects are', REPLICAS, privileged('project-roads')],
  ['the cluster itself', JOBS, privileged('kube-system')],
  ["the Job that makes a project's user", JOBS, pod('a', 'project-admin', MAKER, ADMINISTRATOR)],
  [
    'a desktop, whose browser makes namespaces',
    REPLICAS,
    pod('a', 'project-new', {}, { containers: [MAIN], securityContext: { seccompProfile: { type: 'Unconfined' } } }),
  ],
])('%s: let in', (_, account, asked) => {
  expect(ask(account, asked)).toEqual({ allowed: true, output: expect.stringContaining('created (server dry run)') });
});

test.each<[string, string, boolean]>([
  ['project-admin', 'as Airflow starts it', true],
  ['project-new', 'in a project that a user made', true],
  ['services', 'beside the services', true],
  ['project-roads', 'of a stranger', false],
  ['longhorn-system', "in Longhorn's namespace", false],
  ['kube-system', 'in the cluster itself', false],
])('a pod with the labels of a task in %s, %s: %s', (where, _, allowed) => {
  const task = pod('a', where, { 'kaapana.ai/type': 'processing-container' }, { containers: [MAIN] });
  expect(ask(REPLICAS, task)).toEqual({
    allowed,
    output: expect.stringContaining(
      allowed ? 'created (server dry run)' : 'labels of tasks let a pod into the services of Kaapana',
    ),
  });
});

test('the dashboard makes the Secret of its sessions, and no token of an account', () => {
  const dashboard = 'admin:kaapana-kube-dashboard';
  expect(secret(dashboard, 'kubernetes-dashboard-key-holder', 'Opaque', 'admin').allowed).toBe(true);
  for (const answer of [
    secret(dashboard, 'other', 'Opaque', 'admin'),
    secret(dashboard, 'kubernetes-dashboard-key-holder', 'kubernetes.io/service-account-token', 'admin'),
  ]) {
    expect(answer).toEqual({
      allowed: false,
      output: expect.stringContaining('the dashboard makes the Secret kubernetes-dashboard-key-holder alone'),
    });
  }
});
