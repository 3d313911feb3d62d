import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAccess, serverUrl } from '../../src/cluster/access';
import { ApiServer } from '../../src/cluster/api-server';
import { ApiServerError } from '../../src/cluster/kubeconfig';

const directory = mkdtempSync(join(tmpdir(), 'kaapana-kubeconfig-'));
const path = join(directory, 'config');

afterAll(() => rmSync(directory, { recursive: true }));

function kubeconfig(user: object, cluster: object = { server: 'https://192.0.2.10:6443/' }): { path: string } {
  writeFileSync(
    path,
    JSON.stringify({
      'current-context': 'here',
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'u', user }],
    }),
  );
  return { path };
}

/** A user by a credential plugin that does what the shell makes of `script`. */
function plugin(script: string): { exec: object } {
  const command = join(directory, 'plugin');
  writeFileSync(command, `#!/bin/sh\n${script}\n`);
  chmodSync(command, 0o755);
  return { exec: { ...EXEC, command, args: ['login'], env: [{ name: 'ACCOUNT', value: 'me' }] } };
}

const EXEC = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' };

/** A shell command that prints a credential. */
function prints(status: object): string {
  const credential = { apiVersion: EXEC.apiVersion, kind: 'ExecCredential', status };
  return `cat << END\n${JSON.stringify(credential)}\nEND`;
}

/** What is wrong with the kubeconfig, for the operator. */
function refusal(): string {
  try {
    readAccess({ path });
  } catch (problem) {
    if (problem instanceof ApiServerError) return problem.message;
    throw problem;
  }
  throw new Error('nothing is wrong with it');
}

function failure(user: object, cluster?: object): string {
  kubeconfig(user, cluster);
  return refusal();
}

test('the URL is found without a credential', () => {
  expect(serverUrl(kubeconfig(plugin('exit 1')))).toBe('https://192.0.2.10:6443');
});

test('a plugin gives a token or a certificate', () => {
  expect(readAccess(kubeconfig(plugin(prints({ token: '$1 $ACCOUNT' }))))).toMatchObject({
    headers: { authorization: 'Bearer login me' },
    verified: true,
  });
  expect(readAccess(kubeconfig(plugin(prints({ clientCertificateData: 'C', clientKeyData: 'K' }))))).toMatchObject({
    certificate: Buffer.from('C'),
    key: Buffer.from('K'),
  });
});

test.each([
  ['fails', 'echo secret; echo secret >&2; exit 3', 'failed (exit code 3)'],
  ['is killed', 'echo secret; kill -9 $$', 'failed (SIGKILL)'],
  ['prints no JSON', 'echo secret', 'prints no credential'],
  ['prints another object', `echo '{"secret": "secret"}'`, 'prints no credential'],
  ['prints none in its form', prints({ secret: 'secret' }), 'prints no credential'],
  [
    'prints half a pair',
    prints({ clientCertificateData: 'secret' }),
    'prints a certificate without its key, or a key alone',
  ],
  [
    'prints another version',
    prints({ token: 'secret' }).replace('/v1"', '/v1beta1"'),
    'prints a credential of another apiVersion than client.authentication.k8s.io/v1',
  ],
])('of a plugin that %s, a sentence says so, and nothing that it printed', (_, script, what) => {
  const message = failure(plugin(script));
  expect(message).toBe(
    `the credential plugin "${directory}/plugin" of the kubeconfig ${path} ${what}; set kaapana:kubeconfig to one with a certificate or a token, or see what it says: kubectl --kubeconfig ${path} get namespaces`,
  );
  expect(message).not.toContain('secret');
});

test('a plugin that is missing is named', () => {
  expect(failure({ exec: { ...EXEC, command: 'no-such-plugin' } })).toMatch(
    /^the credential plugin "no-such-plugin" of the kubeconfig .* cannot be started \(ENOENT\); set kaapana:kubeconfig .*, or install it$/,
  );
  expect(failure({ exec: { ...EXEC, command: './gone', installHint: 'apt install\u001b it' } })).toMatch(
    new RegExp(`^the credential plugin "${directory}/gone" .*, or install it: apt install.u001b it$`),
  );
  expect(failure({ exec: EXEC })).toMatch(/ has a credential plugin without command; correct it/);
});

test.each<[string, object, object | undefined]>([
  ['certificate-authority', {}, { server: 'https://a', 'certificate-authority': 'gone' }],
  ['client-certificate', { 'client-certificate': 'gone', 'client-key-data': 'Szo=' }, undefined],
  ['client-key', { 'client-certificate-data': 'Qzo=', 'client-key': 'gone' }, undefined],
  ['tokenFile', { tokenFile: 'gone' }, undefined],
])('a missing file of %s is named', (key, user, cluster) => {
  expect(failure(user, cluster)).toBe(
    `the ${key} ${directory}/gone, which the kubeconfig ${path} names, cannot be read (ENOENT); bring it back, or set kaapana:kubeconfig to another one`,
  );
});

test('of a kubeconfig that is not YAML, nothing is shown', () => {
  writeFileSync(path, 'users:\n- name: u\n  user: {token: "geheim\n');
  const message = refusal();
  expect(message).toMatch(
    /^cannot read the kubeconfig .* \(.* at line \d+, column \d+\); set kaapana:kubeconfig or KUBECONFIG$/,
  );
  expect(message).not.toMatch(/geheim|\n/);
});

test('a certificate that is none is a sentence', async () => {
  const data = {
    'client-certificate-data': Buffer.from('none').toString('base64'),
    'client-key-data': Buffer.from('none').toString('base64'),
  };
  const server = new ApiServer(kubeconfig(data));
  await expect(server.get('/api')).rejects.toThrow(ApiServerError);
  server.close();
});

test('a context without a user has no credential', () => {
  kubeconfig({});
  const content = JSON.parse(readFileSync(path, 'utf8')) as { contexts: object[] };
  writeFileSync(
    path,
    JSON.stringify({ ...content, contexts: [{ name: 'here', context: { cluster: 'c' } }], users: [] }),
  );
  expect(readAccess({ path })).toMatchObject({ url: 'https://192.0.2.10:6443', headers: {} });
});
