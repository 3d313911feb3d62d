import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiServer } from '../../src/bridge/api-server';
import { ApiServerError } from '../../src/bridge/kubeconfig';
import type { JsonObject } from '../../src/bridge/manifest';
import { labelled, liveProblems } from '../../src/bridge/ownership';
import { smallGraph } from './support';

const OWNER = { environment: 'dev', instance: 'main' };
const directory = mkdtempSync(join(tmpdir(), 'kaapana-test-'));
let lists: Record<string, JsonObject[]>;
let asked: string[];
let server: Server;
let url: string;
/** How many requests the server puts off. */
let busy: number;

beforeEach(async () => {
  lists = {};
  asked = [];
  busy = 0;
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (busy-- > 0) return response.writeHead(429, { 'retry-after': '0' }).end('storage is (re)initializing');
    const items = lists[request.url ?? ''];
    response.statusCode = request.url?.includes('forbidden') ? 403 : items ? 200 : 404;
    return response.end(JSON.stringify({ items: items ?? [] }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => new Promise((done) => server.close(done)));
afterAll(() => rmSync(directory, { recursive: true }));

function kubeconfig(text: string): { path: string } {
  const path = join(directory, `config-${Math.random()}`);
  writeFileSync(path, text);
  return { path };
}

function apiServer(address = url): ApiServer {
  return new ApiServer(kubeconfig(JSON.stringify({
    'current-context': 'here',
    'contexts': [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
    'clusters': [{ name: 'c', cluster: { server: address } }],
    'users': [{ name: 'u', user: { token: 't' } }],
  })));
}

async function problems(adopt: string[] = [], moved: string[] = []): Promise<string[]> {
  const api = apiServer();
  const found = await liveProblems(smallGraph(), api, OWNER, adopt, moved);
  api.close();
  return found;
}

const WEB = '/apis/apps/v1/namespaces/admin/deployments';

function deployment(labels: JsonObject, annotations: JsonObject = {}): JsonObject {
  return { metadata: { name: 'web', namespace: 'admin', labels, annotations } };
}

test('an empty server has nothing against it; each kind is asked once for each namespace', async () => {
  expect(await problems()).toEqual([]);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked).toContain('/api/v1/persistentvolumes');
});

test('what is ours is taken back', async () => {
  lists[WEB] = [deployment({ 'deploy.kaapana.ai/environment': 'dev', 'deploy.kaapana.ai/instance': 'main' })];
  expect(await problems()).toEqual([]);
});

test.each([
  ['another environment', { 'deploy.kaapana.ai/environment': 'prod', 'deploy.kaapana.ai/instance': 'site2' }, {}, 'the environment prod (instance site2)'],
  ['a Helm release', { 'app.kubernetes.io/managed-by': 'Helm' }, { 'meta.helm.sh/release-name': 'kaapana-admin-chart' }, 'the Helm release kaapana-admin-chart'],
  ['some tool', { 'app.kubernetes.io/managed-by': 'argocd' }, {}, 'argocd'],
  ['nobody', {}, {}, 'nobody that it names'],
])('what belongs to %s stops the preview with a sentence', async (_, labels, annotations, owner) => {
  lists[WEB] = [deployment(labels, annotations)];
  expect(await problems()).toEqual([
    `Deployment/admin/web exists already and belongs to ${owner}. It is left alone. Remove it or give this environment `
    + 'another name for it; to take it over, add "Deployment/admin/web" to kaapana:adopt.',
  ]);
});

test('adopting has to be asked for, by name or for all', async () => {
  lists[WEB] = [deployment({})];
  expect(await problems(['Deployment/admin/web'])).toEqual([]);
  expect(await problems(['*'])).toEqual([]);
  expect(await problems(['Deployment/admin/other'])).toHaveLength(1);
});

test('a claim that would be cut off from its data stops the preview', async () => {
  const mine = labelled({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'web-pv-claim', namespace: 'admin' } }, OWNER);
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName: 'nfs', volumeName: 'admin-web', resources: { requests: { storage: '20Gi' } } };
  lists['/api/v1/namespaces/admin/persistentvolumeclaims'] = [{ ...mine, spec }];
  const [storageClass, size, ...rest] = await problems();
  expect(storageClass).toMatch(/^PersistentVolumeClaim\/admin\/web-pv-claim: spec\.storageClassName cannot change from "nfs" to "fast-class"\..*copy it/);
  expect(size).toMatch(/cannot shrink from 20Gi to 10Gi/);
  expect(rest).toEqual([]);
  expect(await problems([], ['admin/web-pv-claim'])).toEqual([]);
});

test('a server that does not answer stops the preview', async () => {
  const api = apiServer('http://127.0.0.1:1');
  await expect(api.get('/api')).rejects.toThrow(/the API server http:\/\/127\.0\.0\.1:1 does not answer .*nothing was changed/);
});

test('a server that asks for patience is asked again, eleven times in all', async () => {
  const api = apiServer();
  lists['/busy'] = [];
  busy = 10;
  await expect(api.get('/busy')).resolves.toEqual({ items: [] });
  busy = 11;
  await expect(api.get('/busy')).rejects.toThrow(/refused \/busy \(429\): storage is \(re\)initializing; nothing was changed/);
  expect(asked).toHaveLength(22);
  api.close();
});

test('a refusal is passed on', async () => {
  const api = apiServer();
  await expect(api.get('/forbidden')).rejects.toThrow(ApiServerError);
  api.close();
});

test('a kubeconfig that is missing, or has no such context, is named', () => {
  expect(() => new ApiServer({ path: '/nowhere/config' })).toThrow(/cannot read the kubeconfig \/nowhere\/config .*kaapana:kubeconfig/);
  const config = kubeconfig(JSON.stringify({ contexts: [{ name: 'a', context: {} }] }));
  expect(() => new ApiServer({ ...config, context: 'b' })).toThrow(/no context "b"; it has a/);
});
