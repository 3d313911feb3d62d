import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { readEnvironment } from '../../src/environment/file';
import { SECRET_PATHS } from '../../src/settings/sealing';
import { kaapana, type Result, workDirectory } from './support';

const directory = workDirectory();
const OPTIONS = ['--domain', 'kaapana.example.org', '--registry', 'registry.example.org/kaapana', '--memory', '64Gi'];
const SECRETS = [...SECRET_PATHS].filter((path) => path.startsWith('credentials.'));

/**
 * Runs `kaapana init` beside a `pulumi` that has `stacks`, notes what it is given, and fails at the command `failing`.
 */
function init(
  name: string,
  args: readonly string[],
  failing = 'none',
  files: Readonly<Record<string, string>> = {},
  stacks = '[]',
): Result & { calls: string[]; folder: string } {
  const folder = join(directory, name);
  mkdirSync(folder);
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
  const pulumi = join(folder, 'pulumi');
  writeFileSync(
    pulumi,
    `#!/bin/sh\nif [ "$2" = ls ]; then echo '${stacks}'; exit 0; fi\necho "$* < $(cat)" >> '${folder}/calls'\nif [ "$2" = get ]; then echo "the server's"; fi\nif [ "$1" = '${failing}' ]; then echo 'error: no login' >&2; exit 255; fi\n`,
  );
  chmodSync(pulumi, 0o755);
  const result = kaapana(['init', ...args], {
    cwd: folder,
    env: { ...process.env, KUBECONFIG: 'kubeconfig', PATH: `${folder}:/usr/bin:/bin` },
  });
  const calls = existsSync(join(folder, 'calls'))
    ? readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n')
    : [];
  return { ...result, calls, folder };
}

test('an environment gets its file, its stack and a secret for each purpose, on stdin', () => {
  const { status, stdout, stderr, calls, folder } = init('new', ['prod', ...OPTIONS]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Pulumi\.prod\.yaml is written, with \d+ secrets, encrypted\. /);
  expect(calls[0]).toBe('stack select prod --create --non-interactive < ');
  const secrets = calls
    .slice(1)
    .map((call) => /^config set --secret --path kaapana:(\S+) --stack prod --non-interactive < (\S+)$/.exec(call));
  expect(secrets.map((match) => match?.[1])).toEqual(SECRETS);
  expect(new Set(secrets.map((match) => match?.[2])).size).toBe(SECRETS.length);
  const [cookie = ''] = secrets.flatMap((match) => (match?.[1] === 'credentials.cookieSecret' ? [match[2] ?? ''] : []));
  expect(Buffer.from(cookie, 'base64')).toHaveLength(32);
  const content = readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8');
  expect(content).toMatch(/^# yaml-language-server: \$schema=(\S+)\n/);
  expect(resolve(folder, /=(\S+)/.exec(content)?.[1] ?? '')).toBe(resolve('kaapana.schema.json'));
  expect(content).toContain(
    '  # Host name or IPv4 address of the platform, as users enter it\n  kaapana:domain: kaapana.example.org\n',
  );
  for (const match of secrets) expect(content + stdout).not.toContain(match?.[2]);
});

test('a file that is there is left alone', () => {
  const { folder } = init('twice', ['prod', ...OPTIONS]);
  const before = readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8');
  const again = kaapana(['init', 'prod', ...OPTIONS], { cwd: folder });
  expect(again).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^Pulumi\.prod\.yaml exists already and was not changed/) as string,
  });
  expect(readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8')).toBe(before);
});

test.each([
  ['stack', 'stack select'],
  ['config', 'config set'],
])('where pulumi %s fails, nothing is left behind', (failing, command) => {
  const { status, stderr, folder } = init(`failing-${failing}`, ['prod', ...OPTIONS], failing);
  expect(status).toBe(1);
  expect(stderr).toBe(`pulumi ${command} failed: error: no login\n`);
  expect(existsSync(join(folder, 'Pulumi.prod.yaml'))).toBe(false);
});

test.each([
  [
    'domain',
    ['prod', '--domain', 'https://a.org', '--registry', 'r.org', '--memory', '64Gi'],
    /kaapana:domain: .* is not a host name/,
  ],
  [
    'memory',
    ['prod', '--domain', 'a.org', '--registry', 'r.org', '--memory', '64'],
    /kaapana:totalMemory: .* without a unit it counts Mi/,
  ],
])('a wrong %s is refused before anything is made', (what, args, message) => {
  const { status, stderr, calls, folder } = init(`wrong-${what}`, args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(calls).toEqual([]);
  expect(existsSync(join(folder, 'Pulumi.prod.yaml'))).toBe(false);
});

test.each(['a/b', 'prod-', '-', '..', 'Prod', 'my.site', 'x'.repeat(64)])(
  '%s is refused as the name of an environment',
  (name) => {
    const { status, stderr } = kaapana(['init', ...OPTIONS, '--', name], { cwd: directory });
    expect(status).toBe(1);
    expect(stderr).toBe(
      `"${name}" is not a name of an environment: at most 63 lower-case letters, digits and "-", and no "-" at the ends\n`,
    );
  },
);

test('where the file cannot be written, a sentence says so', () => {
  const { folder } = init('elsewhere', ['--help']);
  const { status, stderr } = kaapana(['init', 'prod', ...OPTIONS], {
    cwd: '/proc',
    env: { ...process.env, PATH: `${folder}:/usr/bin:/bin` },
  });
  expect(status).toBe(1);
  expect(stderr).toBe(
    "Pulumi.prod.yaml cannot be written, and nothing is changed: ENOENT: no such file or directory, open 'Pulumi.prod.yaml'\n",
  );
});

test.each([
  [
    'the port of a mail server',
    ['--smtp-host', 'm.org', '--smtp-port', '0'],
    /kaapana:smtp\.port: "0" must be a whole number from 1 to 65535\. Set it, e\.g\.: --smtp-port 25\n$/,
  ],
  ['a port that is none', ['--dicom-port', 'x'], /kaapana:dicomPort: "x" must be a whole number/],
  [
    'an empty text',
    ['--kubeconfig', ''],
    /kaapana:kubeconfig: "" is empty\. Set it, e\.g\.: --kubeconfig \/etc\/kaapana\/kubeconfig\n$/,
  ],
  ['an empty tag', ['--platform-version', ''], /kaapana:platformVersion: "" is empty/],
  [
    'an empty choice',
    ['--storage-provider', ''],
    /kaapana:storageProvider: "" is not one of hostpath, nfs, longhorn, class/,
  ],
  ['copies without number', ['--replicas', 'two'], /kaapana:replicaCount: "two" must be a whole number/],
  ['an empty name', ['--server-stack', ''], /kaapana:serverStack: "" is empty/],
])('%s is refused with a sentence, and pulumi is not asked', (what, args, message) => {
  const { status, stderr, calls, folder } = init(`mistake ${what}`, ['prod', '--yes', ...OPTIONS, ...args]);
  expect({ status, calls }).toEqual({ status: 1, calls: [] });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/ZodError| at /);
  expect(existsSync(join(folder, 'Pulumi.prod.yaml'))).toBe(false);
});

test.each([
  [
    'deployed',
    { resourceCount: 413, lastUpdate: '2026-05-04T03:02:01.000Z' },
    /^the stack prod is deployed, with 413 resources, and only Pulumi\.prod\.yaml, with its secrets, is gone\. .*: pulumi config refresh --stack prod\n$/,
  ],
  [
    'destroyed',
    { resourceCount: 0, lastUpdate: '2026-05-04T03:02:01.000Z' },
    /^the stack prod was deployed before, .*: pulumi config refresh --stack prod; .*: pulumi stack rm prod\n$/,
  ],
])('a stack that is %s gets no new secrets', (what, facts, message) => {
  const stacks = JSON.stringify([
    { name: 'prod', current: true, ...facts },
    { name: 'dev', resourceCount: 7 },
  ]);
  const { status, stderr, calls, folder } = init(what, ['prod', ...OPTIONS], 'none', {}, stacks);
  expect({ status, calls }).toEqual({ status: 1, calls: [] });
  expect(stderr).toMatch(message);
  expect(existsSync(join(folder, 'Pulumi.prod.yaml'))).toBe(false);
});

test('a stack without resources, of which making the file failed before, is taken', () => {
  expect(
    init('empty stack', ['prod', ...OPTIONS], 'none', {}, '[{"name":"organization/kaapana/prod","resourceCount":0}]')
      .status,
  ).toBe(0);
});

test.each([
  ['a value', ['--domain', 'https://a.org'], /is not a host name.*\. Set it, e\.g\.: --domain kaapana\.example\.org\n/],
  ['a choice', ['--distribution', 'rke2'], /Set it, e\.g\.: --distribution microk8s\n/],
  ['a chart', ['--offline'], /needs a chartPath.*Set it, e\.g\.: --chart-path \/opt\/\S+\.tgz; or set /],
  [
    'a secret',
    ['--smtp-host', 'a.org', '--smtp-username', 'me', '--smtp-password-file', '/dev/null'],
    /smtp\.password: .*--smtp-password-file <file>\n/,
  ],
])('remedies name the option of %s, as there is nothing yet that Pulumi could set', (what, args, message) => {
  const { status, stderr } = init(`remedy ${what}`, ['prod', '--yes', ...OPTIONS, ...args]);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('pulumi config');
});

test.each([
  ['https://192.0.2.10:6443', '192.0.2.10'],
  ['https://127.0.0.1:16443', undefined],
  ['https://api.example.org', undefined],
  ['', undefined],
])('of the kubeconfig for %s, %s is taken as the address of the API server', (server, address) => {
  const kubeconfig = `current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: "${server}"}}]\n`;
  const { folder } = init(`api server ${server.replace(/\W/g, '')}`, ['prod', ...OPTIONS], 'none', { kubeconfig });
  const { config } = parse(readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8')) as {
    config: Record<string, unknown>;
  };
  expect(config['kaapana:apiServerIp']).toBe(address);
});

test('the commands that follow are named, with the label that pods with data wait for', () => {
  const { stdout } = init('steps', ['prod', ...OPTIONS]);
  expect(stdout).toMatch(
    /then:\n {2}npx kaapana check --env prod\n {2}kubectl label node <main node> kaapana\.io\/node=storage {3}# .*\n {2}pulumi preview --stack prod\n {2}pulumi up --stack prod\n$/,
  );
  const longhorn = init('longhorn', [
    'prod',
    ...OPTIONS,
    '--storage-provider',
    'longhorn',
    '--main-node',
    'node-1',
    '--volume-size',
    '1Ti',
  ]);
  expect(longhorn.stdout).toContain('kubectl label node node-1 kaapana.io/node=storage');
});

test('editors accept the file, and its first line says by which schema', () => {
  const { folder } = init('editor', [
    'prod',
    ...OPTIONS,
    '--storage-provider',
    'nfs',
    '--nfs-server',
    'nfs.example.org',
    '--nfs-path',
    '/export',
    '--api-server-ip',
    '192.0.2.10',
  ]);
  const written = parse(readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8')) as { config: Record<string, unknown> };
  const secrets = Object.fromEntries(SECRETS.map((path) => [path.replace('credentials.', ''), { secure: 'v1:x' }]));
  const editor = new Ajv().compile({
    ...(JSON.parse(readFileSync('kaapana.schema.json', 'utf8')) as object),
    $schema: undefined,
  });
  expect(editor({ encryptionsalt: 'v1:x', config: { ...written.config, 'kaapana:credentials': secrets } })).toBe(true);
  expect(readEnvironment('prod', folder).raw).toMatchObject({
    domain: 'kaapana.example.org',
    apiServerIp: '192.0.2.10',
  });
});

test('without pulumi, a sentence says how to get it, and where the one of this project is', () => {
  const folder = join(directory, 'no-pulumi');
  mkdirSync(folder);
  const attempt = (): string =>
    kaapana(['init', 'prod', ...OPTIONS], {
      cwd: folder,
      env: { PATH: '/nowhere', KAAPANA_CACHE: join(folder, 'cache') },
    }).stderr;
  expect(attempt()).toBe(
    `pulumi cannot be started (spawnSync pulumi ENOENT); install it, or build the one of this project, npm run pulumi -- version, and put its folder below ${folder}/cache/tools on PATH\n`,
  );
  for (const path of ['helm-1/helm', 'pulumi-1/pulumi']) {
    mkdirSync(join(folder, 'cache/tools', dirname(path)), { recursive: true });
    writeFileSync(join(folder, 'cache/tools', path), '');
  }
  expect(attempt()).toContain(
    `; install it, or put the one of this project on PATH: export PATH="${folder}/cache/tools/pulumi-1:$PATH"\n`,
  );
  expect(existsSync(join(folder, 'Pulumi.prod.yaml'))).toBe(false);
});

test('every question has an option, and each answer its comment', () => {
  const { status, stderr, calls, folder } = init(
    'flags',
    [
      'prod',
      ...OPTIONS,
      '--registry-username',
      'puller',
      '--registry-password-file',
      'registry',
      '--dev-mode',
      '--gpu',
      '--no-offline',
      '--distribution',
      'k3s',
      '--storage-provider',
      'nfs',
      '--nfs-server',
      'nfs.example.org',
      '--nfs-path',
      '/export',
      '--https-port',
      '8443',
      '--smtp-host',
      'mail.example.org',
      '--smtp-username',
      'mailer',
      '--smtp-password-file',
      'mail',
    ],
    'none',
    { registry: 'Pull-1\n', mail: 'Mail-1\n' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const content = readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8');
  const { config } = parse(content) as { config: Record<string, unknown> };
  expect(config).toMatchObject({
    'kaapana:devMode': true,
    'kaapana:gpuSupport': true,
    'kaapana:offlineMode': false,
    'kaapana:distribution': 'k3s',
    'kaapana:httpsPort': 8443,
    'kaapana:nfs': { server: 'nfs.example.org', path: '/export' },
    'kaapana:smtp': { host: 'mail.example.org', port: 25, username: 'mailer' },
  });
  expect(config).not.toHaveProperty(['kaapana:fastDataDir']);
  expect(content).toContain('  # Mail server for notifications\n  kaapana:smtp:\n    host: mail.example.org\n');
  expect(content).not.toMatch(/Pull-1|Mail-1/);
  expect(calls).toContain(
    'config set --secret --path kaapana:containerRegistryPassword --stack prod --non-interactive < Pull-1',
  );
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
  const server =
    'config:\n  kaapana:credentials:\n    keycloakAdminPassword: {secure: v1:a}\n    oidcClientSecret: {secure: v1:b}\n';
  const { status, stdout, stderr, calls, folder } = init(
    'further',
    ['trial', ...OPTIONS, '--server-stack', 'prod', '--instance-uid', 'trial'],
    'none',
    { 'Pulumi.prod.yaml': server },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { config } = parse(readFileSync(join(folder, 'Pulumi.trial.yaml'), 'utf8')) as { config: object };
  expect(config).toMatchObject({
    'kaapana:serverStack': 'prod',
    'kaapana:instanceUid': 'trial',
    'kaapana:httpPort': 0,
    'kaapana:httpsPort': 8443,
    'kaapana:dicomPort': 11113,
  });
  const given = calls
    .filter((call) => call.endsWith("< the server's"))
    .map((call) => /credentials\.(\w+)/.exec(call)?.[1]);
  expect(given).toEqual(['keycloakAdminPassword', 'oidcClientSecret']);
  expect(stdout).not.toContain('kubectl label');
  expect(calls.filter((call) => /config set .*(rootSecret|systemUserPassword)/.test(call))).toEqual([]);
});

test('a further instance is proposed ports that no environment beside it has', () => {
  const beside = {
    'Pulumi.prod.yaml': 'config:\n  kaapana:credentials: {oidcClientSecret: {secure: v1:b}}\n',
    'Pulumi.trial.yaml': 'config:\n  kaapana:httpsPort: 8443\n  kaapana:dicomPort: "11113"\n',
    'Pulumi.broken.yaml': 'config: [\n',
  };
  const { status, folder } = init(
    'ports',
    ['research', ...OPTIONS, '--server-stack', 'prod', '--instance-uid', 'research', '--http-port', '8444'],
    'none',
    beside,
  );
  expect(status).toBe(0);
  const { config } = parse(readFileSync(join(folder, 'Pulumi.research.yaml'), 'utf8')) as { config: object };
  expect(config).toMatchObject({ 'kaapana:httpPort': 8444, 'kaapana:httpsPort': 8445, 'kaapana:dicomPort': 11114 });
});

test('a further instance without a server is refused before anything is made', () => {
  const { status, stderr, calls } = init('lost', [
    'trial',
    ...OPTIONS,
    '--server-stack',
    'prod',
    '--instance-uid',
    'trial',
  ]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^there is no environment "prod"/);
  expect(calls).toEqual([]);
});
