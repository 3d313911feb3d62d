import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiServer } from '../../src/cluster/api-server';
import { recreateThem, rolledYet } from '../../src/cluster/strategy';
import type { JsonObject } from '../../src/objects/manifest';
import { smallGraph } from '../objects/support';

const DATABASE = '/apis/apps/v1/namespaces/admin/deployments/web-database';
const directory = mkdtempSync(join(tmpdir(), 'kaapana-test-'));
let strategy: JsonObject | undefined;
let asked: string[];
let server: Server;
let api: ApiServer;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    if (request.url === '/version') return void response.end('{"gitVersion": "v1.33.4"}');
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      asked.push([request.method, request.url, request.headers['content-type'], body].filter(Boolean).join(' '));
      response.statusCode =
        request.method === 'PATCH' && strategy === undefined
          ? 422
          : request.url?.startsWith(DATABASE) && strategy
            ? 200
            : 404;
      response.end(
        JSON.stringify(
          response.statusCode === 422
            ? 'no'
            : { kind: response.statusCode === 404 ? 'Status' : 'Deployment', spec: { strategy } },
        ),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const kubeconfig = join(directory, 'config');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      'current-context': 'a',
      contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
      users: [{ name: 'a', user: {} }],
      clusters: [{ name: 'a', cluster: { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } }],
    }),
  );
  api = new ApiServer({ path: kubeconfig });
});

afterEach(async () => {
  api.close();
  await new Promise((done) => server.close(done));
});
afterAll(() => rmSync(directory, { recursive: true }));

test.each([
  ['rolled', { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } }, ['Deployment/admin/web-database']],
  ['edited by halves', { type: 'Recreate', rollingUpdate: { maxSurge: 1 } }, ['Deployment/admin/web-database']],
  ['recreated', { type: 'Recreate' }, []],
  ['not there', undefined, []],
])('of Deployments that are to be recreated, one that is %s is looked at', async (_, live, expected) => {
  strategy = live;
  expect((await rolledYet(smallGraph(), api)).map(({ id }) => id)).toEqual(expected);
  // Of what is rolled by our own will, nothing is asked.
  expect(asked).toEqual([`GET ${DATABASE}`]);
});

test('its strategy alone is changed, and rolling taken out', async () => {
  strategy = { type: 'RollingUpdate', rollingUpdate: {} };
  await recreateThem(await rolledYet(smallGraph(), api), api);
  expect(asked.slice(1)).toEqual([
    `PATCH ${DATABASE}?fieldManager=kaapana application/merge-patch+json {"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}`,
  ]);
});

test('a server that refuses is named', async () => {
  strategy = { type: 'RollingUpdate', rollingUpdate: {} };
  const deployments = await rolledYet(smallGraph(), api);
  strategy = undefined;
  await expect(recreateThem(deployments, api)).rejects.toThrow(
    /^the API server http:\/\/\S+ refused to change \/apis\/apps\/v1\/namespaces\/admin\/deployments\/web-database \(422\): "no"$/,
  );
});
