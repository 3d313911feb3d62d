import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { REQUIRED } from '../settings/support';
import type { Manifest } from '../support';
import { environmentFile, KAAPANA, kaapana, workDirectory } from './support';

const directory = workDirectory();
const site = environmentFile(directory, 'Pulumi.site.yaml', {
  containerRegistryUsername: 'me',
  containerRegistryPassword: 'Registry2020',
});
const VALUES = [...Object.values(REQUIRED.credentials), 'Registry2020'];

function manifests(yaml: string): Manifest[] {
  return parseAllDocuments(yaml).map((document) => document.toJS() as Manifest);
}

function read(folder: string): string {
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('');
}

/** The values of all secrets in `yaml`. */
function secretValues(yaml: string): string[] {
  return manifests(yaml)
    .filter(({ kind }) => kind === 'Secret')
    .flatMap(({ data, stringData }) => [
      ...Object.values<string>(stringData ?? {}),
      ...Object.values<string>(data ?? {}),
    ]);
}

test('an environment by its name goes to stdout, the same bytes each time', () => {
  const { status, stdout, stderr } = kaapana(['synth', '--env', 'dev']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(manifests(stdout).length).toBeGreaterThan(50);
  expect(manifests(stdout).filter(({ apiVersion, kind, metadata }) => !apiVersion || !kind || !metadata.name)).toEqual(
    [],
  );
  expect(kaapana(['synth', '--env', 'dev', '--out', '-']).stdout).toBe(stdout);
});

test('a file at any path is an environment, from any directory', () => {
  const { status, stdout } = kaapana(['synth', '--env', './Pulumi.site.yaml'], { cwd: directory });
  expect(status).toBe(0);
  expect(kaapana(['synth', '--env', 'site'], { cwd: directory }).stdout).toBe(stdout);
  expect(kaapana(['synth', '--env', site], { cwd: '/' }).stdout).toBe(stdout);
});

test('the name of a file becomes a label that Kubernetes takes', () => {
  const file = environmentFile(directory, '-my site (1).yml');
  expect(kaapana(['synth', '--env', file]).stdout).toContain('deploy.kaapana.ai/environment: my-site-1\n');
});

test('secrets stand as <secret:name/key>', () => {
  const { stdout } = kaapana(['synth', '--env', site]);
  const found = secretValues(stdout).filter((value) => value.startsWith('<secret:'));
  expect(found.length).toBeGreaterThan(8);
  expect(found.filter((value) => !/^<secret:[\w.-]+\/[\w.-]+>$/.test(value))).toEqual([]);
  for (const value of VALUES) {
    expect(stdout).not.toContain(value);
    expect(stdout).not.toContain(Buffer.from(value).toString('base64').slice(0, -4));
  }
});

test('secrets are shown where that is asked for', () => {
  const { stdout } = kaapana(['synth', '--env', site, '--show-secrets']);
  const values = secretValues(stdout).map((value) => Buffer.from(value, 'base64').toString());
  expect(stdout).not.toContain('<secret:');
  expect(stdout).not.toMatch(/[\uE000-\uE005]/);
  const account = Buffer.from('me:Registry2020').toString('base64');
  for (const value of [REQUIRED.credentials.keycloakAdminPassword, REQUIRED.credentials.oidcClientSecret, account]) {
    expect(values.some((text) => text.includes(value))).toBe(true);
  }
});

test('what only Pulumi can open stays hidden, and what is derived from it', () => {
  const credentials = Object.fromEntries(Object.keys(REQUIRED.credentials).map((key) => [key, { secure: 'v1:x' }]));
  const { status, stdout } = kaapana([
    'synth',
    '--env',
    environmentFile(directory, 'sealed.yaml', { credentials }),
    '--show-secrets',
  ]);
  expect(status).toBe(0);
  expect(secretValues(stdout).filter((value) => value.startsWith('<secret:')).length).toBeGreaterThanOrEqual(8);
  expect(stdout).not.toMatch(/v1:x|[\uE000-\uE005]/);
});

test('--out writes one file for each component, for the owner alone', () => {
  const out = join(directory, 'a', 'b');
  const { status, stdout, stderr } = kaapana(['synth', '--env', site, '--out', out]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toBe(`${manifests(read(out)).length} objects written to ${out}\n`);
  const files = readdirSync(out);
  expect(files).toEqual(
    expect.arrayContaining(['server-admin-namespace.yaml', 'server-keycloak.yaml', 'server-traefik.yaml']),
  );
  expect(files.filter((file) => !/^[a-z\d-]+\.yaml$/.test(file))).toEqual([]);
  expect(files.filter((file) => (statSync(join(out, file)).mode & 0o777) !== 0o600)).toEqual([]);
  expect(manifests(read(out))).toHaveLength(manifests(kaapana(['synth', '--env', site]).stdout).length);
});

test('a file that others may read is made anew', () => {
  const out = join(directory, 'again');
  mkdirSync(out);
  writeFileSync(join(out, 'server-keycloak.yaml'), 'old');
  chmodSync(join(out, 'server-keycloak.yaml'), 0o644);
  expect(kaapana(['synth', '--env', site, '--out', out, '--show-secrets']).status).toBe(0);
  expect(statSync(join(out, 'server-keycloak.yaml')).mode & 0o777).toBe(0o600);
});

test('a directory that cannot be one is refused with a sentence', () => {
  const { status, stderr } = kaapana(['synth', '--env', site, '--out', site]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^nothing can be written to .*Pulumi\.site\.yaml: EEXIST.*\n$/);
});

test('a directory where nobody can make one is refused at once', () => {
  const { status, stderr } = kaapana(['synth', '--env', site, '--out', '/proc/x/y']);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "nothing can be written to /proc/x/y: ENOENT: no such file or directory, mkdir '/proc/x'\n",
  });
});

test('nothing is rendered of wrong settings', () => {
  const out = join(directory, 'none');
  const { status, stdout, stderr } = kaapana([
    'synth',
    '--env',
    environmentFile(directory, 'wrong.yaml', { httpPort: 443 }),
    '--out',
    out,
  ]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^1 mistake in the settings of wrong:\n {2}- kaapana:httpsPort: 443 is the port/);
  expect(existsSync(out)).toBe(false);
});

test('a reader that stops early is no mistake, and a slow one gets everything', () => {
  const shell = (script: string) =>
    spawnSync('bash', ['-c', `set -o pipefail; ${script}`], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const command = `'${process.execPath}' '${KAAPANA}' synth --env '${site}'`;
  expect(shell(`${command} | head -1`)).toMatchObject({ status: 0, stdout: '---\n', stderr: '' });
  expect(shell(`${command} | (sleep 0.5; cat)`).stdout).toBe(kaapana(['synth', '--env', site]).stdout);
});

test('neither the network nor Pulumi is touched', () => {
  const guard = join(directory, 'guard.cjs');
  writeFileSync(
    guard,
    `
    const Module = require('node:module');
    const load = Module._load;
    const forbidden = /^(node:)?(net|tls|dns|http|https|http2|dgram|dns\\/promises)$|@pulumi/;
    Module._load = function (name, ...rest) {
      if (forbidden.test(name)) process.stderr.write('LOADED ' + name + '\\n');
      return load.call(this, name, ...rest);
    };
    globalThis.fetch = () => { process.stderr.write('LOADED fetch\\n'); };
  `,
  );
  const env = {
    ...process.env,
    NODE_OPTIONS: `--require ${guard}`,
    KUBECONFIG: '/nowhere',
    PATH: '/nowhere',
    HOME: '/nowhere',
  };
  for (const command of ['synth', 'check', 'routes', 'storage'])
    expect(kaapana([command, '--env', site], { env })).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync('.cache/build/src-cli-index.js', 'utf8')).not.toMatch(/(require|import)\("@pulumi/);
});
