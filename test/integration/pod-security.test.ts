import { readdirSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { JsonObject, Manifest } from '../../src/objects/manifest';
import { run } from '../../tools/run';
import { apply, kubectl, listOf } from './support/kubectl';
import { taskApiPod } from './support/task-pods';

/** Which pods the API server's own Pod Security admission lets into a namespace that enforces `baseline`. */

const SITES = readdirSync('test/conformance/settings').map((file) => `test/conformance/settings/${file}`);
const ENFORCE = 'pod-security.kubernetes.io/enforce';
const NAMESPACE = 'pod-security-baseline';
const REFUSED = /pods "([^"]+?)--[^"]+" is forbidden: violates PodSecurity "baseline:latest"/;

interface Workload {
  readonly spec?: { readonly template?: { readonly spec: JsonObject } };
}

beforeAll(() => {
  apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: { [ENFORCE]: 'baseline' } } }]);
  kubectl(['wait', '--for=create', 'serviceaccount/default', '--namespace', NAMESPACE, '--timeout=30s']);
});

afterAll(() => {
  kubectl(['delete', 'namespace', NAMESPACE]);
});

test.each(['dev', ...SITES])(
  '%s: a namespace enforces baseline, unless a pod of it may not run there',
  async (site) => {
    const objects = await rendered(site);
    const levels = objects
      .filter(({ kind }) => kind === 'Namespace')
      .map(({ metadata }) => [metadata.name, metadata.labels?.[ENFORCE]]);
    const refused = await refusedNamespaces([...objects.flatMap(podOf), ...objects.flatMap(taskOf)]);
    expect(levels.length).toBeGreaterThan(1);
    expect(levels).toEqual(levels.map(([name = '']) => [name, refused.has(name) ? 'privileged' : 'baseline']));
  },
);

async function rendered(site: string): Promise<Manifest[]> {
  const { code, stdout, output } = await run(process.execPath, ['bin/kaapana.cjs', 'synth', '--env', site]);
  if (code !== 0) throw new Error(output);
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
}

/**
 * The pod that a workload would start, called after its namespace and itself, and without what only its namespace has.
 */
function podOf({ kind, metadata, spec }: Manifest & Workload): object[] {
  if (!['Deployment', 'DaemonSet', 'Job'].includes(kind) || !spec?.template) return [];
  const pod = {
    ...spec.template.spec,
    serviceAccountName: undefined,
    priorityClassName: undefined,
    runtimeClassName: undefined,
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `${metadata.namespace}--${metadata.name}`, namespace: NAMESPACE },
      spec: pod,
    },
  ];
}

/** The pod that a task of the project would be, if this is its namespace. */
function taskOf({ kind, metadata }: Manifest): object[] {
  if (kind !== 'Namespace' || metadata.labels?.['kaapana.ai/namespace'] !== 'project') return [];
  const task = taskApiPod(NAMESPACE, '/home/kaapana/workflows/data/run-1/task/out') as { readonly metadata: object };
  return [{ ...task, metadata: { ...task.metadata, name: `${metadata.name}--task` } }];
}

/** The namespaces of pods that the API server refuses for their security. */
async function refusedNamespaces(pods: readonly object[]): Promise<Set<string>> {
  const input = listOf(pods);
  const { output } = await run('kubectl', ['apply', '--server-side', '--dry-run=server', '--filename', '-'], { input });
  const answers = output
    .split('\n')
    .map((line) => [line, REFUSED.exec(line)?.[1], / serverside-applied /.test(line)] as const);
  expect(answers.filter(([, namespace, applied]) => namespace === undefined && !applied)).toEqual([]);
  expect(answers).toHaveLength(pods.length);
  return new Set(answers.flatMap(([, namespace]) => namespace ?? []));
}
