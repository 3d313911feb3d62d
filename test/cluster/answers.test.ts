import type { ServerResponse } from 'node:http';
import { ApiServer } from '../../src/cluster/api-server';
import { ApiServerError } from '../../src/cluster/kubeconfig';
import { readCluster } from '../../src/conflicts/live-claims';
import { standIn, type StandIn } from './stand-in';

const STATUS = { kind: 'Status', apiVersion: 'v1' };
let server: StandIn;
let api: ApiServer;
let answer: (url: string, response: ServerResponse) => void;

beforeEach(async () => {
  server = await standIn(({ url = '' }, response) => answer(url, response));
  api = new ApiServer({ path: server.kubeconfig });
});

afterEach(async () => {
  api.close();
  await server.close();
});

async function refusal(asked: () => Promise<unknown>): Promise<string> {
  try {
    await asked();
  } catch (problem) {
    if (problem instanceof ApiServerError) return problem.message;
    throw problem;
  }
  throw new Error('nothing was refused');
}

test.each<[string, number, Record<string, string>, string, RegExp]>([
  [
    'an ingress',
    404,
    { 'content-type': 'text/plain' },
    '404 page not found\n',
    /answers 404 with "404 page not found"/,
  ],
  ['nginx', 404, { 'content-type': 'text/html' }, '<html>404 Not Found</html>', /answers with a web page \(404\)/],
  ['a login page', 200, { 'content-type': 'text/html' }, '<!doctype html>Sign in', /answers with a web page \(200\)/],
  [
    'a redirect',
    302,
    { location: 'https://login.example.org/?token=secret' },
    '',
    /redirects to https:\/\/login.example.org \(302\)/,
  ],
  ['a relative redirect', 307, { location: '/login' }, '', /redirects to another page \(307\)/],
  ['a proxy', 407, {}, 'who are you', /a proxy asks for a login \(407\)/],
  ['a gateway', 502, { 'content-type': 'text/html' }, '<html>Bad Gateway</html>', /answers with a web page \(502\)/],
  ['another API', 404, { 'content-type': 'application/json' }, '{"message": "no Route matched"}', /answers 404 with/],
  ['another API with a version', 200, { 'content-type': 'application/json' }, '{"version": "1.2"}', /answers 200 with/],
  ['an empty page', 200, {}, '', /answers with nothing \(200\)/],
  ['a TLS port', 400, {}, 'Client sent an HTTP request to an HTTPS server.', /begins with https:\/\//],
])('%s is no API server, and never "nothing there"', async (_, status, headers, text, says) => {
  answer = (__, response) => response.writeHead(status, headers).end(text);
  const message = await refusal(() => api.get('/apis/apps/v1/deployments'));
  expect(message).toMatch(says);
  expect(message).toMatch(
    /^what answers at http:\/\/127.0.0.1:\d+ is not an API server: .*; nothing was changed\. Set the address/,
  );
  expect(message).not.toContain('secret');
});

test('who says nothing at all does not answer', async () => {
  answer = (_, response) => response.destroy();
  expect(await refusal(() => api.get('/api'))).toMatch(/does not answer \(socket hang up\); nothing was changed/);
});

describe('of an API server', () => {
  /** What it says of everything but its version. */
  function says(status: number, body: object | string, type = 'application/json'): void {
    answer = (url, response) =>
      url === '/version'
        ? response.end('{"gitVersion": "v1.33.4"}')
        : response
            .writeHead(status, { 'content-type': type })
            .end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  test('an object that is not there, and a group that is not installed, are nothing', async () => {
    says(404, { ...STATUS, code: 404 });
    await expect(api.get('/api/v1/secrets/x')).resolves.toBeUndefined();
    says(404, '404 page not found\n', 'text/plain');
    await expect(api.get('/apis/traefik.io/v1alpha1/middlewares')).resolves.toBeUndefined();
  });

  test('namespaces that are not there are a mistake: every one has them', async () => {
    says(404, { ...STATUS, code: 404 });
    expect(await refusal(() => readCluster(api))).toMatch(/does not know \w+, which every one has/);
  });

  test('a page of a proxy in between is a mistake', async () => {
    says(404, '<html>blocked</html>', 'text/html');
    expect(await refusal(() => api.get('/api/v1/pods'))).toMatch(
      /is not an API server: asked for \/api\/v1\/pods, it answers with a web/,
    );
    says(200, '{"items": []}');
    expect(await refusal(() => api.get('/api/v1/pods'))).toMatch(/is not an API server/);
  });

  test('a right that is missing is named', async () => {
    says(403, { ...STATUS, message: 'nodes is forbidden: User "me" cannot list' });
    expect(await refusal(() => api.get('/api/v1/nodes'))).toMatch(
      /refused \/api\/v1\/nodes \(403\): nodes is forbidden: User "me" cannot list; nothing was changed\. Give this user the right/,
    );
  });

  test('a credential that it does not take has a remedy', async () => {
    says(401, { ...STATUS, message: 'Unauthorized' });
    expect(await refusal(() => api.get('/api/v1/nodes'))).toMatch(
      /takes no request without credentials of the kubeconfig \(401\): Unauthorized; .*get a new one from the server/,
    );
  });
});
