import type { Access } from '../../src/cluster/access';
import { hintFor, inWords, refusalOf } from '../../src/cluster/refusal';

const ANSWER = { status: 401, text: '{"kind": "Status", "message": "Unauthorized"}', type: 'application/json' };

function access(authorization?: string): Access {
  return { url: 'https://a', verified: true, headers: authorization === undefined ? {} : { authorization } };
}

function jwt(exp: number): string {
  return `Bearer h.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.s`;
}

test('a token that has expired says when', () => {
  expect(refusalOf('/api', ANSWER, access(jwt(1_700_000_000)))).toMatch(
    /takes no token of the kubeconfig, which expired 2023-11-14T22:13Z \(401\): Unauthorized; nothing was changed\. For the kubeconfig, get a new one/,
  );
});

test.each([
  ['Bearer opaque', 'token'],
  [jwt(4_000_000_000), 'token'],
  ['Bearer a.b.c', 'token'],
  ['Basic bWU6cHc=', 'password'],
])('of %s it is unknown why it is not taken', (given, what) => {
  expect(refusalOf('/api', ANSWER, access(given))).toContain(
    `takes no ${what} of the kubeconfig, which it does not know or which has expired (401)`,
  );
});

test.each([
  ['CERT_HAS_EXPIRED', 'certificate has expired', /renew it on the server/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'x', /tls-server-name/],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'x', /certificate-authority of the kubeconfig that of this server\?$/],
  [
    'EPROTO',
    'write EPROTO 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../x.c:350:\n',
    /http:\/\//,
  ],
  ['ECONNREFUSED', 'x', /^Is the server up/],
])('%s has a remedy', (code, message, hint) => {
  expect(hintFor(Object.assign(new Error(message), { code }), access())).toMatch(hint);
});

test('a proxy in between is named, without its password', () => {
  const problem = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  expect(hintFor(problem, { ...access(), proxy: 'http://me:secret@proxy.example.org:3128' })).toMatch(
    /through the proxy proxy\.example\.org:3128\.$/,
  );
});

test("OpenSSL's words are enough", () => {
  expect(
    inWords(
      new Error('write EPROTO 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../x.c:350:\n'),
    ),
  ).toBe('wrong version number');
});
