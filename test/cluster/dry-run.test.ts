import { base64, secretToken } from '../../constructs/kube';
import { ApiServer } from '../../src/cluster/api-server';
import { refusedObjects } from '../../src/cluster/dry-run';
import type { GraphNode } from '../../src/objects/graph';
import { identityOf, type Manifest } from '../../src/objects/manifest';
import { standIn, type StandIn } from './stand-in';

/** A stand-in for an API server, which refuses what is called `wrong`, and everything in `closed`. */

const asked: string[] = [];
let server: StandIn;
let api: ApiServer;

beforeAll(async () => {
  server = await standIn((request, response) => {
    const url = request.url ?? '';
    asked.push(`${request.method ?? ''} ${url}`);
    const message = url.includes('/wrong')
      ? 'Service "wrong" is invalid: spec.ports: Required value'
      : url.includes('/closed/')
        ? 'services is forbidden: User "a" cannot patch resource "services"'
        : /\/fixed(-wrong)?\?/.test(url)
          ? 'Service "fixed" is invalid: spec.clusterIPs[0]: Invalid value: ["10.0.0.1"]: may not change once set'
          : url.includes('/fixed-wrong-00000000?')
            ? 'Service "fixed-wrong-00000000" is invalid: spec.ports: Required value'
            : undefined;
    response.statusCode = message === undefined ? 200 : 422;
    response.end(JSON.stringify({ kind: 'Status', message }));
  });
  api = new ApiServer({ path: server.kubeconfig });
});

beforeEach(() => asked.splice(0));
afterAll(async () => {
  api.close();
  await server.close();
});

function node(kind: string, namespace: string, name: string, more: object = {}): GraphNode {
  const apiVersion = kind === 'Job' ? 'batch/v1' : 'v1';
  const manifest = { apiVersion, kind, metadata: { name, namespace }, ...more } as Manifest;
  return { id: identityOf(manifest), component: 'a', path: 'a/b', manifest, references: [], dependsOn: [] };
}

function refused(...nodes: readonly GraphNode[]): ReturnType<typeof refusedObjects> {
  const live = new Map(['Namespace//there', 'Service/there/fixed', 'Service/there/fixed-wrong'].map((id) => [id, {}]));
  return refusedObjects(nodes, live, api, { environment: 'prod', secretOf: () => undefined });
}

test('what the server refuses is told in its words, and nothing is kept', async () => {
  expect(await refused(node('Service', 'there', 'wrong'), node('Service', 'there', 'right'))).toEqual([
    expect.objectContaining({
      rule: 'refused-object',
      subject: { kind: 'object', id: 'Service/there/wrong' },
      facts: { reason: expect.stringMatching(/spec\.ports: Required value/) as unknown },
    }),
  ]);
  expect(asked).toHaveLength(2);
  for (const each of asked) expect(each).toMatch(/^PATCH .*dryRun=All&fieldValidation=Strict/);
});

test('objects of a namespace that comes are tried in another one, and jobs by another name', async () => {
  expect(await refused(node('Service', 'coming', 'right'), node('Job', 'there', 'copy'))).toEqual([]);
  expect(asked.map((each) => each.split('?')[0]).sort()).toEqual([
    'PATCH /api/v1/namespaces/default/services/right',
    'PATCH /apis/batch/v1/namespaces/there/jobs/copy-00000000',
  ]);
});

test('what has to be made anew is tried as a new object', async () => {
  expect(await refused(node('Service', 'there', 'fixed'))).toEqual([]);
  expect(await refused(node('Service', 'there', 'fixed-wrong'))).toEqual([
    expect.objectContaining({
      subject: { kind: 'object', id: 'Service/there/fixed-wrong' },
      facts: { reason: expect.stringMatching(/spec\.ports: Required value/) as unknown },
    }),
  ]);
});

test('what cannot be opened is not asked about', async () => {
  expect(await refused(node('Secret', 'there', 'wrong', { data: { a: base64(secretToken('x')) } }))).toEqual([]);
  expect(asked).toEqual([]);
});

test('who may not try is told so once', async () => {
  const live = new Map([['Namespace//closed', {}]]);
  const nodes = ['one', 'two'].map((name) => node('Service', 'closed', name));
  expect(await refusedObjects(nodes, live, api, { environment: 'prod', secretOf: () => undefined })).toEqual([
    expect.objectContaining({
      rule: 'untried-objects',
      subject: { kind: 'environment', name: 'prod' },
      facts: expect.objectContaining({ count: 2 }) as unknown,
    }),
  ]);
});
