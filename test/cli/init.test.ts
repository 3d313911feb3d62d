import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SECRET_PATHS } from '../../src/settings/sealing';
import { kaapana, type Result, workDirectory } from './support';

const directory = workDirectory();
const OPTIONS = ['--domain', 'kaapana.example.org', '--registry', 'registry.example.org/kaapana', '--memory', '64Gi'];
const SECRETS = [...SECRET_PATHS].filter((path) => path.startsWith('credentials.'));

/** Runs `kaapana init` beside a `pulumi` that notes what it is given, and fails at the command `failing`. */
function init(name: string, args: readonly string[], failing = 'none', files: Readonly<Record<string, string>> = {}): Result & { calls: string[]; folder: string } {
  const folder = join(directory, name);
  mkdirSync(folder);
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
  const pulumi = join(folder, 'pulumi');
  writeFileSync(pulumi, `#!/bin/sh\necho "$* < $(cat)" >> '${folder}/calls'\nif [ "$2" = get ]; then echo "the server's"; fi\nif [ "$1" = '${failing}' ]; then echo 'error: no login' >&2; exit 255; fi\n`);
  chmodSync(pulumi, 0o755);
  const result = kaapana(['init', ...args], { cwd: folder, env: { ...process.env, PATH: `${folder}:/usr/bin:/bin` } });
  const calls = existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n') : [];
  return { ...result, calls, folder };
}

test('an environment gets its file, its stack and a secret for each purpose, on stdin', () => {
  const { status, stdout, stderr, calls, folder } = init('new', ['prod', ...OPTIONS]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Pulumi\.prod\.yaml is written, with \d+ secrets, encrypted\. /);
  expect(calls[0]).toBe('stack select prod --create --non-interactive < ');
  const secrets = calls.slice(1).map((call) => /^config set --secret --path kaapana:(\S+) --stack prod --non-interactive < (\S+)$/.exec(call));
  expect(secrets.map((match) => match?.[1])).toEqual(SECRETS);
  expect(new Set(secrets.map((match) => match?.[2])).size).toBe(SECRETS.length);
  const [cookie = ''] = secrets.flatMap((match) => (match?.[1] === 'credentials.cookieSecret' ? [match[2] ?? ''] : []));
  expect(Buffer.from(cookie, 'base64')).toHaveLength(32);
  const content = readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8');
  expect(content).toContain('  # Host name or IPv4 address that users reach the platform at\n  kaapana:domain: kaapana.example.org\n');
  for (const match of secrets) expect(content + stdout).not.toContain(match?.[2]);
});

test('a file that is there is left alone', () => {
  const { folder } = init('twice', ['prod', ...OPTIONS]);
  const before = readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8');
  const again = kaapana(['init', 'prod', ...OPTIONS], { cwd: folder });
  expect(again).toMatchObject({ status: 1, stderr: expect.stringMatching(/^Pulumi\.prod\.yaml exists already and is left alone/) as string });
  expect(readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8')).toBe(before);
});

test.each([['stack', 'stack select'], ['config', 'config set']])('where pulumi %s fails, nothing is left behind', (failing, command) => {
  const { status, stderr, folder } = init(`failing-${failing}`, ['prod', ...OPTIONS], failing);
  expect(status).toBe(1);
  expect(stderr).toBe(`pulumi ${command} failed: error: no login\n`);
  expect(existsSync(join(folder, 'Pulumi.prod.yaml'))).toBe(false);
});

test.each([
  ['domain', ['prod', '--domain', 'https://a.org', '--registry', 'r.org', '--memory', '64Gi'], /kaapana:domain: .* no host name/],
  ['memory', ['prod', '--domain', 'a.org', '--registry', 'r.org', '--memory', '64'], /kaapana:totalMemory: .* without a unit it counts Mi/],
  ['name', ['a/b', ...OPTIONS], /^"a\/b" is no name of an environment/],
])('a wrong %s is refused before anything is made', (what, args, message) => {
  const { status, stderr, calls, folder } = init(`wrong-${what}`, args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(calls).toEqual([]);
  expect(existsSync(join(folder, 'Pulumi.prod.yaml'))).toBe(false);
});

test('without pulumi, a sentence says how to get it', () => {
  const folder = join(directory, 'no-pulumi');
  mkdirSync(folder);
  const { status, stderr } = kaapana(['init', 'prod', ...OPTIONS], { cwd: folder, env: { PATH: '/nowhere' } });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^pulumi cannot be started .*npm run pulumi/);
});

test('every question has an option, and each answer its comment', () => {
  const { status, stderr, calls, folder } = init('flags', [
    'prod', ...OPTIONS, '--registry-username', 'puller', '--registry-password-file', 'registry', '--dev-mode', '--gpu', '--no-offline', '--distribution', 'k3s',
    '--storage-provider', 'nfs', '--nfs-server', 'nfs.example.org', '--nfs-path', '/export', '--https-port', '8443', '--smtp-host', 'mail.example.org',
    '--smtp-username', 'mailer', '--smtp-password-file', 'mail',
  ], 'none', { registry: 'Pull-1\n', mail: 'Mail-1\n' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const content = readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8');
  const { config } = parse(content) as { config: Record<string, unknown> };
  expect(config).toMatchObject({
    'kaapana:devMode': true, 'kaapana:gpuSupport': true, 'kaapana:offlineMode': false, 'kaapana:distribution': 'k3s', 'kaapana:httpsPort': 8443,
    'kaapana:nfs': { server: 'nfs.example.org', path: '/export' }, 'kaapana:smtp': { host: 'mail.example.org', port: 25, username: 'mailer' },
  });
  expect(config).not.toHaveProperty(['kaapana:fastDataDir']);
  expect(content).toContain('  # Mail server for notifications\n  kaapana:smtp:\n    host: mail.example.org\n');
  expect(content).not.toMatch(/Pull-1|Mail-1/);
  expect(calls).toContain('config set --secret --path kaapana:containerRegistryPassword --stack prod --non-interactive < Pull-1');
  expect(calls).toContain('config set --secret --path kaapana:smtp.password --stack prod --non-interactive < Mail-1');
});

test.each([
  ['of all', [], '--domain, --registry and --memory'],
  ['of NFS', [...OPTIONS, '--storage-provider', 'nfs'], '--nfs-server and --nfs-path'],
  ['of an account', [...OPTIONS, '--registry-username', 'puller'], '--registry-password-file'],
])('without a terminal, a sentence names the missing options %s', (what, args, options) => {
  const { status, stderr, calls, folder } = init(`missing ${what}`, ['prod', ...args]);
  expect(status).toBe(1);
  expect(stderr).toBe(`init needs ${options}, or a terminal to ask on\n`);
  expect(calls).toEqual([]);
  expect(existsSync(join(folder, 'Pulumi.prod.yaml'))).toBe(false);
});

test('a further instance takes what it logs in by from its server, and ports of its own', () => {
  const server = 'config:\n  kaapana:credentials:\n    keycloakAdminPassword: {secure: v1:a}\n    oidcClientSecret: {secure: v1:b}\n';
  const { status, stderr, calls, folder } = init('further', ['trial', ...OPTIONS, '--server-stack', 'prod', '--instance-uid', 'trial'], 'none', { 'Pulumi.prod.yaml': server });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { config } = parse(readFileSync(join(folder, 'Pulumi.trial.yaml'), 'utf8')) as { config: object };
  expect(config).toMatchObject({ 'kaapana:serverStack': 'prod', 'kaapana:instanceUid': 'trial', 'kaapana:httpPort': 0, 'kaapana:httpsPort': 8443, 'kaapana:dicomPort': 11113 });
  const given = calls.filter((call) => call.endsWith("< the server's")).map((call) => /credentials\.(\w+)/.exec(call)?.[1]);
  expect(given).toEqual(['keycloakAdminPassword', 'oidcClientSecret']);
  expect(calls.filter((call) => /config set .*(rootSecret|systemUserPassword)/.test(call))).toEqual([]);
});

test('a further instance without a server is refused before anything is made', () => {
  const { status, stderr, calls } = init('lost', ['trial', ...OPTIONS, '--server-stack', 'prod', '--instance-uid', 'trial']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^there is no environment "prod"/);
  expect(calls).toEqual([]);
});
