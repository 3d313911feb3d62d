import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { providerKubeconfig } from '../../src/cluster/provider-kubeconfig';

const directory = mkdtempSync(join(tmpdir(), 'kaapana-provider-'));
const kept = process.env['KUBECONFIG'];
const path = join(directory, 'config');

afterEach(() => {
  if (kept === undefined) delete process.env['KUBECONFIG'];
  else process.env['KUBECONFIG'] = kept;
});
afterAll(() => rmSync(directory, { recursive: true }));

function write(user: object): void {
  const entries = {
    contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
    clusters: [{ name: 'a', cluster: { server: 'https://192.0.2.10:6443' } }],
    users: [{ name: 'a', user }],
  };
  writeFileSync(path, JSON.stringify({ 'current-context': 'a', ...entries }));
}

const EXEC = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' };

test('is the path of one whole file', () => {
  write({ exec: { ...EXEC, command: 'on-the-path' } });
  expect(providerKubeconfig({ path })).toBe(path);
  process.env['KUBECONFIG'] = path;
  expect(providerKubeconfig({})).toBe(path);
});

test('is left to KUBECONFIG where that has several files, or names others beside it', () => {
  write({ token: 't' });
  process.env['KUBECONFIG'] = [path, join(directory, 'gone')].join(delimiter);
  expect(providerKubeconfig({})).toBe('');
  write({ tokenFile: 'token' });
  process.env['KUBECONFIG'] = path;
  expect(providerKubeconfig({})).toBe('');
});

test.each([
  ['bin/plugin', { exec: { ...EXEC, command: 'bin/plugin' } }],
  ['client.crt and client.key', { 'client-certificate': 'client.crt', 'client-key': 'client.key' }],
])('of a setting, %s beside it would not be found', (names, user) => {
  write(user);
  expect(() => providerKubeconfig({ path })).toThrow(
    `the kubeconfig ${path} names ${names} relative to its folder, where updates would not look`,
  );
});
