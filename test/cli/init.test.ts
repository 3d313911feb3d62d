import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRET_PATHS } from '../../src/settings/sealing';
import { kaapana, type Result, workDirectory } from './support';

const directory = workDirectory();
const OPTIONS = ['--domain', 'kaapana.example.org', '--registry', 'registry.example.org/kaapana', '--memory', '64Gi'];
const SECRETS = [...SECRET_PATHS].filter((path) => path.startsWith('credentials.'));

/** Runs `kaapana init` beside a `pulumi` that notes what it is given, and fails at the command `failing`. */
function init(name: string, args: readonly string[], failing = 'none'): Result & { calls: string[]; folder: string } {
  const folder = join(directory, name);
  mkdirSync(folder);
  const pulumi = join(folder, 'pulumi');
  writeFileSync(pulumi, `#!/bin/sh\necho "$* < $(cat)" >> '${folder}/calls'\nif [ "$1" = '${failing}' ]; then echo 'error: no login' >&2; exit 255; fi\n`);
  chmodSync(pulumi, 0o755);
  const result = kaapana(['init', ...args], { cwd: folder, env: { ...process.env, PATH: `${folder}:/usr/bin:/bin` } });
  const calls = existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n') : [];
  return { ...result, calls, folder };
}

test('an environment gets its file, its stack and a secret for each purpose, on stdin', () => {
  const { status, stdout, stderr, calls, folder } = init('new', ['prod', ...OPTIONS]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Pulumi\.prod\.yaml is written, with \d+ secrets of its own/);
  expect(calls[0]).toBe('stack select prod --create --non-interactive < ');
  const secrets = calls.slice(1).map((call) => /^config set --secret --path kaapana:(\S+) --stack prod --non-interactive < (\S+)$/.exec(call));
  expect(secrets.map((match) => match?.[1])).toEqual(SECRETS);
  expect(new Set(secrets.map((match) => match?.[2])).size).toBe(SECRETS.length);
  const [cookie = ''] = secrets.flatMap((match) => (match?.[1] === 'credentials.cookieSecret' ? [match[2] ?? ''] : []));
  expect(Buffer.from(cookie, 'base64')).toHaveLength(32);
  const content = readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8');
  expect(content).toContain('kaapana:domain: "kaapana.example.org"\n');
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
