import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64 } from '../../constructs/kube';
import { ApiServer } from '../../src/cluster/api-server';
import { ApiServerError } from '../../src/cluster/kubeconfig';
import { objectFindings } from '../../src/cluster/live-objects';
import { listPath, objectPath } from '../../src/cluster/paths';
import { acknowledge } from '../../src/findings/acknowledge';
import { HowTo } from '../../src/findings/how-to';
import { findingTexts, type FindingTexts } from '../../src/findings/texts';
import type { JsonObject, Manifest } from '../../src/objects/manifest';
import { labelled } from '../../src/objects/owner';
import { smallGraph } from '../objects/support';
import { kubeconfigFor } from './stand-in';

const OWNER = { environment: 'dev', instance: 'main' };
const directory = mkdtempSync(join(tmpdir(), 'kaapana-test-'));
let lists: Record<string, JsonObject[]>;
let objects: Record<string, JsonObject>;
let asked: string[];
let server: Server;
let url: string;
/** How many requests the server puts off. */
let busy: number;

beforeEach(async () => {
  lists = {};
  objects = {};
  asked = [];
  busy = 0;
  server = createServer((request, response) => {
    if (request.url === '/version') return response.end('{"gitVersion": "v1.33.4"}');
    asked.push(request.url ?? '');
    if (busy-- > 0) return response.writeHead(429, { 'retry-after': '0' }).end('storage is (re)initializing');
    const items = lists[request.url ?? ''];
    const one = objects[request.url ?? ''];
    response.statusCode = request.url?.includes('forbidden') ? 403 : (items ?? one) ? 200 : 404;
    const kind = response.statusCode === 200 ? 'List' : 'Status';
    return response.end(JSON.stringify(one === undefined ? { kind, items: items ?? [] } : { kind: 'Secret', ...one }));
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
  return new ApiServer(kubeconfig(kubeconfigFor(address, { token: 't' })));
}

interface Given {
  readonly adopt?: string[];
  readonly moved?: string[];
  readonly acknowledged?: Record<string, string>;

  /** Value of the database's password; undefined where it is encrypted. */
  readonly password?: string;
}

async function said({ adopt = [], moved = [], acknowledged = {}, ...given }: Given = {}): Promise<FindingTexts> {
  const api = apiServer();
  const known = {
    secretOf: () => ('password' in given ? given.password : 'old'),
    settingOf: (name: string) => `credentials.${name}`,
  };
  const found = await objectFindings(smallGraph(), api, { owner: OWNER, adopt, moved, known });
  api.close();
  return findingTexts(acknowledge(found, acknowledged), new HowTo(OWNER.environment));
}

async function problems(adopt: string[] = [], moved: string[] = []): Promise<readonly string[]> {
  return (await said({ adopt, moved })).problems;
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
  [
    'another instance of its own',
    { 'deploy.kaapana.ai/environment': 'dev', 'deploy.kaapana.ai/instance': 'site2' },
    {},
    'the environment dev (instance site2)',
  ],
  [
    'a Helm release',
    { 'app.kubernetes.io/managed-by': 'Helm' },
    { 'meta.helm.sh/release-name': 'kaapana-admin-chart' },
    'the Helm release kaapana-admin-chart',
  ],
  ['some tool', { 'app.kubernetes.io/managed-by': 'argocd' }, {}, 'argocd'],
  ['nobody', {}, {}, 'nobody that it names'],
])('what belongs to %s stops the preview with a sentence', async (_, labels, annotations, owner) => {
  lists[WEB] = [deployment(labels, annotations)];
  expect(await problems()).toEqual([
    `Deployment/admin/web exists already and belongs to ${owner}. It was not changed. Remove it or give this environment ` +
      'another name for it; to adopt it, add "Deployment/admin/web" to kaapana:adopt.',
  ]);
});

test('adopting has to be asked for, by name or for all', async () => {
  lists[WEB] = [deployment({})];
  expect(await problems(['Deployment/admin/web'])).toEqual([]);
  expect(await problems(['*'])).toEqual([]);
  expect(await problems(['Deployment/admin/other'])).toHaveLength(1);
});

test('what belongs to another environment is not taken over, not even where that is asked for', async () => {
  lists[WEB] = [deployment({ 'deploy.kaapana.ai/environment': 'prod', 'deploy.kaapana.ai/instance': 'site2' })];
  const refused = [
    'Deployment/admin/web exists already and belongs to the environment prod (instance site2). It was not changed. Remove it or give this environment another name for it. ' +
      'Objects of another environment cannot be adopted. If prod no longer exists, remove its label first, then adopt it: ' +
      'kubectl label deployment --all-namespaces --selector deploy.kaapana.ai/environment=prod deploy.kaapana.ai/environment-',
  ];
  for (const adopt of [[], ['*'], ['Deployment/admin/web']])
    expect(await said({ adopt })).toEqual({ problems: refused, warnings: [], acknowledged: [] });
});

/** The whole small platform, as a release of Helm has it; its Job is never ours, whose name has a hash in it. */
function installedByHelm(): void {
  const metadata = {
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': 'kaapana-admin-chart' },
  };
  for (const { manifest } of smallGraph().nodes) {
    const object = { ...manifest, metadata: { ...manifest.metadata, ...metadata } };
    lists[listPath(manifest)] = [...(lists[listPath(manifest)] ?? []), object];
    objects[objectPath(manifest)] = object;
  }
}

test('many objects of one owner are one text, with counts and the one way on', async () => {
  installedByHelm();
  const {
    problems: [text = '', ...others],
  } = await said();
  expect(others).toEqual([]);
  expect(text).toMatch(
    new RegExp(
      `^${smallGraph().nodes.length - 1} objects exist already and belong to the Helm release kaapana-admin-chart\\. They were not changed: .*2 Deployment \\(admin/web-database, admin/web\\)`,
    ),
  );
  expect(text).toMatch(
    /to adopt them: pulumi config set --stack dev --path 'kaapana:adopt\[0\]' '\*'\. Previews then show what changes in them\.$/,
  );
  expect(text.length).toBeLessThan(2500);
});

test('adopting all says what is there and which fields change, and no value', async () => {
  installedByHelm();
  const path = '/api/v1/namespaces/admin/configmaps/web-config';
  objects[path] = { ...objects[path], data: { 'web.conf': 'a = 2', more: 'theirs' } };
  const account = '/api/v1/namespaces/admin/secrets/web-database-account';
  objects[account] = { ...objects[account], data: { username: base64('web'), password: base64('theirs') } };
  const {
    problems: none,
    warnings: [text = '', ...others],
  } = await said({ adopt: ['*'], password: 'geheim' });
  expect([none, others]).toEqual([[], []]);
  expect(text).toMatch(
    /^\d+ objects are adopted from the Helm release kaapana-admin-chart, as kaapana:adopt says: .*1 ConfigMap \(admin\/web-config\)/,
  );
  expect(text.split('\n').slice(1)).toEqual(
    expect.arrayContaining([
      '    ConfigMap/admin/web-config: data.web.conf',
      '    Secret/admin/web-database-account: data.password',
    ]),
  );
  expect(text).not.toMatch(/geheim|theirs|a = 2/);
});

describe('a password that a database took when it was made', () => {
  const ACCOUNT = '/api/v1/namespaces/admin/secrets';
  const ID = 'set-when-created/admin/web-database-account/password';
  const mine = (manifest: Manifest): JsonObject => labelled(manifest, OWNER);
  beforeEach(() => {
    const account = mine({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'web-database-account', namespace: 'admin' },
      data: { username: base64('web'), password: base64('old') },
    });
    lists[ACCOUNT] = [account];
    objects[`${ACCOUNT}/web-database-account`] = account;
    bound('Bound');
  });

  function bound(phase: string): void {
    lists['/api/v1/namespaces/admin/persistentvolumeclaims'] = [
      {
        ...mine({
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'web-pv-claim', namespace: 'admin' },
        }),
        status: { phase },
      },
    ];
  }

  const claim = (problem: string): boolean => problem.startsWith('password of');

  test('stops the preview where it is another one, with key, setting and remedy, and without any value', async () => {
    const { problems: found } = await said({ password: 'geheim' });
    expect(found.filter(claim)).toEqual([
      'password of Secret/admin/web-database-account has another value than on the server, by kaapana:credentials.databasePassword. It is set when PersistentVolumeClaim/admin/web-pv-claim is made, ' +
        'and to change it in a Secret does not change it in the data: programs that log in with it would be locked out. Restore the old value; or change it in the data too (ALTER ROLE in psql), and acknowledge it: ' +
        `pulumi config set --plaintext --stack dev --path 'kaapana:acknowledged["${ID}"]' '<reason>'`,
    ]);
    expect(found.join()).not.toMatch(/geheim|old'|b2xk/);
  });

  test.each([[ID], ['set-when-created']])('goes through once it is acknowledged as %s, and is told', async (id) => {
    const { problems: found, warnings } = await said({ password: 'geheim', acknowledged: { [id]: 'changed by hand' } });
    expect(found.filter(claim)).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^password of Secret\/admin\/web-database-account has another value.*; acknowledged: changed by hand$/,
      ),
    ]);
  });

  test('is no finding where it is the same, where its data is not there yet, or where there is no such Secret', async () => {
    expect((await said()).problems.filter(claim)).toEqual([]);
    bound('Pending');
    expect((await said({ password: 'new' })).problems.filter(claim)).toEqual([]);
    bound('Bound');
    lists[ACCOUNT] = [];
    expect((await said({ password: 'new' })).problems.filter(claim)).toEqual([]);
  });

  test('is not compared where only Pulumi can open it, which is said', async () => {
    expect((await said({ password: undefined })).warnings).toEqual([
      'whether these still have the values that they were made with, Pulumi alone can tell, as they are encrypted: password of Secret/admin/web-database-account. pulumi preview --stack dev compares them',
    ]);
  });

  test('an acknowledgement of nothing is told, but not where nothing could be compared', async () => {
    const acknowledged = { [ID]: 'changed by hand' };
    expect((await said({ acknowledged })).warnings).toEqual([
      `kaapana:acknowledged has ${ID} ("changed by hand"), which no finding needs any more. Remove it: ` +
        `pulumi config rm --stack dev --path 'kaapana:acknowledged["${ID}"]'`,
    ]);
    expect((await said({ acknowledged, password: undefined })).warnings).toEqual([
      expect.stringMatching(/^whether these still have/),
    ]);
  });
});

test('a claim that would be cut off from its data stops the preview', async () => {
  const mine = labelled(
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'web-pv-claim', namespace: 'admin' } },
    OWNER,
  );
  const spec = {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'nfs',
    volumeName: 'admin-web',
    resources: { requests: { storage: '20Gi' } },
  };
  lists['/api/v1/namespaces/admin/persistentvolumeclaims'] = [{ ...mine, spec }];
  const [storageClass, size, ...rest] = await problems();
  expect(storageClass).toMatch(
    /^PersistentVolumeClaim\/admin\/web-pv-claim: spec\.storageClassName cannot change from "nfs" to "fast-class"\..*copy it/,
  );
  expect(size).toMatch(/cannot shrink from 20Gi to 10Gi/);
  expect(rest).toEqual([]);
  expect(await problems([], ['admin/web-pv-claim'])).toEqual([]);
});

test('a server that does not answer stops the preview', async () => {
  const api = apiServer('http://127.0.0.1:1');
  await expect(api.get('/api')).rejects.toThrow(
    /the API server http:\/\/127\.0\.0\.1:1 does not answer .*nothing was changed/,
  );
});

test('a server that asks for patience is asked again, eleven times in all', async () => {
  const api = apiServer();
  lists['/busy'] = [];
  busy = 10;
  await expect(api.get('/busy')).resolves.toEqual({ kind: 'List', items: [] });
  busy = 11;
  await expect(api.get('/busy')).rejects.toThrow(
    /refused \/busy \(429\): storage is \(re\)initializing; nothing was changed/,
  );
  expect(asked).toHaveLength(22);
  api.close();
});

test('a refusal is passed on', async () => {
  const api = apiServer();
  await expect(api.get('/forbidden')).rejects.toThrow(ApiServerError);
  api.close();
});

test('a kubeconfig that is missing, or has no such context, is named', () => {
  expect(() => new ApiServer({ path: '/nowhere/config' })).toThrow(
    /cannot read the kubeconfig \/nowhere\/config .*kaapana:kubeconfig/,
  );
  const config = kubeconfig(JSON.stringify({ contexts: [{ name: 'a', context: {} }] }));
  expect(() => new ApiServer({ ...config, context: 'b' })).toThrow(/no context "b"; it has a/);
});
