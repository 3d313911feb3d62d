import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { CATALOGUE } from '../../constructs/extensions/catalogue';
import { chart, DEPLOYMENT } from '../charts/support';
import { kaapana } from '../cli/support';
import { deployed, kindsOf } from './support/inventory';
import { list } from './support/kubectl';
import { SETTINGS, TestStack } from './support/test-stack';

/**
 * Every extension at once, several of those that may be there several times; then fewer and fewer of them; then one
 * that others made.
 */

jest.setTimeout(600_000);

interface Install {
  readonly name: string;
  readonly as?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

const FILE = 'test/conformance/settings/default-extensions.yaml';
const { config } = parse(readFileSync(FILE, 'utf8')) as { config: Readonly<Record<string, readonly Install[]>> };
const SEVERAL = new Set(
  CATALOGUE.filter(({ definition }) => 'multiInstallable' in definition).map(
    ({ definition }) => definition.name as string,
  ),
);

/** What two of a kind may not have in common. */
const OF_ITS_OWN: Readonly<Record<string, Install['parameters']>> = {
  'custom-registry-chart': { custom_registry_name: 'second', custom_registry_url: 'registry3.example.org/group' },
  'minio-sync-chart': { host_directory: 'second' },
};

/** What workflows start, each by the name of a run. */
const LAUNCHED: readonly Install[] = ['1', '2'].flatMap((run) => [
  { name: 'mitk-flow-chart', as: `session${run}`, parameters: { workflow_dir: `/kaapana/mounted/data/session${run}` } },
  {
    name: 'dev-server-chart',
    as: `debug${run}`,
    parameters: { complete_image: 'registry.example.org/kaapana/nnunet-gpu:0.6.0' },
  },
]);

const INSTALLS = [...LAUNCHED, ...(config['kaapana:extensions'] ?? [])].flatMap((install) =>
  SEVERAL.has(install.name) && !LAUNCHED.includes(install)
    ? [install, { ...install, as: 'second', parameters: { ...install.parameters, ...OF_ITS_OWN[install.name] } }]
    : [install],
);
const [EVEN, ODD] = [0, 1].map((rest) => INSTALLS.filter((_, index) => index % 2 === rest)) as [Install[], Install[]];

let stack: TestStack;
let kinds: string;

beforeAll(async () => {
  stack = await TestStack.create('extensions', { ...SETTINGS, extensions: INSTALLS });
  kinds = kindsOf(await stack.rendered());
});

afterAll(() => stack.destroy());

/** What is there, by identity: its UID. */
function uids(): Map<string, string> {
  return new Map([...deployed(stack.name, kinds)].map(([id, { metadata }]) => [id, metadata.uid]));
}

/** Identities of the objects that the settings of now are rendered to. */
async function rendered(): Promise<string[]> {
  return (await stack.rendered())
    .map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`)
    .sort();
}

/** Deploys with these extensions alone. */
async function having(extensions: readonly Install[]): Promise<Map<string, string>> {
  stack.set({ extensions });
  await stack.up();
  return uids();
}

test('all of them are deployed, and their pods run', async () => {
  expect(new Set(INSTALLS.map(({ name }) => name)).size).toBeGreaterThan(35);
  const there = await having(INSTALLS);
  expect([...there.keys()].sort()).toEqual(await rendered());
  expect([...new Set(list('pods').map(({ status }) => status.phase))].sort()).toEqual(['Running', 'Succeeded']);
  await stack.demand(['preview', '--expect-no-changes']);
});

test('half of them is taken out, and nothing else changes; then the other half', async () => {
  const all = uids();
  for (const left of [EVEN, [] as Install[]]) {
    const there = await having(left);
    expect([...there.keys()].sort()).toEqual(await rendered());
    // What kube-helm preinstalls, unless the settings do, stands in its jobs.
    expect(
      [...there].filter(([id, uid]) => all.get(id) !== uid && !/^Job\/admin\/init-(collections|extensions)$/.test(id)),
    ).toEqual([]);
  }
});

test('the other half comes alone, too', async () => {
  const there = await having(ODD);
  expect([...there.keys()].sort()).toEqual(await rendered());
});

/** A chart that others made: with values of the platform, a credential, and a job before the rest. */
const FOREIGN = chart(
  {
    'deployment.yaml': `${DEPLOYMENT.replace('registry.example.com/group', '{{ .Values.global.registry_url }}')}        env: [{name: PASSWORD, value: "{{ .Values.global.password }}"}]\n`,
    'job.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: "{{ .Release.Name }}-prepare", annotations: {helm.sh/hook: pre-install}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: prepare, image: "registry.example.com/group/prepare:1"}]}}}
`,
  },
  'extension_params:\n  password: {type: string, default: ""}\n',
);

test('one that others made is deployed, stays as it is, and leaves nothing behind', async () => {
  const before = uids();
  const file = join(dirname(stack.file), 'viewer.tgz');
  writeFileSync(file, FOREIGN);
  expect(kaapana(['extension', 'add', file, '--secret', 'password', '--env', stack.file])).toMatchObject({
    status: 0,
    stderr: '',
  });
  await stack.up();
  const there = uids();
  expect(
    [...there]
      .filter(([id, uid]) => before.get(id) !== uid)
      .map(([id]) => id)
      .sort(),
  ).toEqual([
    'Deployment/services/viewer',
    'Ingress/services/viewer',
    'Job/services/viewer-prepare',
    'NetworkPolicy/services/viewer-ingress',
    'Secret/services/viewer-credentials',
    'Service/services/viewer',
  ]);
  expect([...there.keys()].sort()).toEqual(await rendered());
  const [pod] = list('pods', '--selector=app=viewer');
  expect(pod).toMatchObject({
    status: { phase: 'Running' },
    spec: { containers: [{ image: 'registry.example.org/kaapana/viewer:1.2.3' }] },
  });

  await stack.up('--expect-no-changes');
  expect(uids()).toEqual(there);

  expect(kaapana(['extension', 'remove', 'viewer', '--env', stack.file])).toMatchObject({ status: 0, stderr: '' });
  await stack.up();
  expect(uids()).toEqual(before);
});
