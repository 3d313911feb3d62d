import { ApiServer } from '../../src/cluster/api-server';
import { recreateThem, rolledYet } from '../../src/cluster/strategy';
import type { JsonObject } from '../../src/objects/manifest';
import { smallGraph } from '../objects/support';
import { standIn, type StandIn } from './stand-in';

const DATABASE = '/apis/apps/v1/namespaces/admin/deployments/web-database';
let strategy: JsonObject | undefined;
let asked: string[];
let server: StandIn;
let api: ApiServer;

beforeEach(async () => {
  asked = [];
  server = await standIn((request, response) => {
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
  api = new ApiServer({ path: server.kubeconfig });
});

afterEach(async () => {
  api.close();
  await server.close();
});

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
