import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { SECRET_PATHS } from '../../src/settings/sealing';
import { run } from '../../tools/run';
import { allKinds, apply, kubectl, list } from './support/kubectl';
import { Sentinels } from './support/sentinels';
import { SETTINGS, TestStack } from './support/test-stack';

/** Secrets stay secret: for each of them a value that occurs nowhere else, looked for everywhere. */

jest.setTimeout(300_000);

/** What JSON, YAML, URLs, shells and templates escape. */
const ESCAPED = '"\\<&>\'%{{$(x)}}';
/** The same for what programs get that do not quote it. */
const UNQUOTED = '<&>%{{$(x)}}';
const PROJECT_USER = 'projects[0].userPassword';
const NAMES = [...SECRET_PATHS, PROJECT_USER];
const sentinels = new Sentinels(NAMES, (name, core) => {
  // oauth2-proxy takes keys of 32 bytes in base64 for URLs.
  if (name === 'credentials.cookieSecret') return Buffer.from(`${core}${core}`).subarray(0, 32).toString('base64url');
  // Passwords of databases stand in URLs.
  if (name.endsWith('DatabasePassword')) return `Aa1-${core}`;
  return `Aa1-${core}${['credentials.minioPassword', 'credentials.ldapPassword'].includes(name) ? UNQUOTED : ESCAPED}`;
});
const CREDENTIALS = NAMES.filter((name) => name.startsWith('credentials.'));

/** Those that are put into Secrets: all but what others are derived from, and what is for a component that is off. */
const USED = NAMES.filter((name) => !/rootSecret|kaapanaPersistence/.test(name)).sort();

const SITE = {
  ...SETTINGS,
  credentials: {},
  containerRegistryUsername: 'someone',
  smtp: {
    host: 'mail.example.org',
    username: 'someone',
    sender: 'someone@example.org',
    recipients: ['operator@example.org'],
  },
  projects: [{ name: 'admin' }],
};

let stack: TestStack;

beforeAll(async () => {
  stack = await TestStack.create('sentinels', SITE);
  await set(NAMES, (name) => sentinels.value(name));
});

afterAll(() => stack.destroy());

/** Sets secrets as an operator does. */
async function set(names: readonly string[], value: (name: string) => string): Promise<void> {
  await stack.demand([
    'config',
    'set-all',
    '--path',
    ...names.flatMap((name) => ['--secret', `kaapana:${name}=${value(name)}`]),
  ]);
}

/** Changes every credential, so that there is a difference to show. */
async function change(prefix: string): Promise<void> {
  await set(
    CREDENTIALS.filter((each) => each !== 'credentials.cookieSecret'),
    (name) => sentinels.value(name).replace(/^.../, prefix),
  );
}

/** Runs Pulumi and looks through everything that it says. */
async function pulumi(...args: readonly string[]): Promise<{ code: number; output: string; found: string[] }> {
  const { code, output } = await stack.pulumi(args);
  return { code, output, found: sentinels.foundIn(output) };
}

const CLEAN = { code: 0, found: [] };

test('a first update says none, and Secrets hold them', async () => {
  expect(await pulumi('preview', '--diff')).toMatchObject(CLEAN);
  const seen = new Set<string>();
  const watch = setInterval(() => commandLines().forEach((line) => seen.add(line)), 100);
  expect(await pulumi('up', '--yes', '--diff')).toMatchObject(CLEAN);
  clearInterval(watch);
  expect(sentinels.foundIn([...seen].join('\n'))).toEqual([]);
  // What all of this relies on: the search finds them where they are meant to be.
  const secrets = JSON.stringify(list('secrets'));
  expect([...new Set(sentinels.foundIn(secrets).map((found) => found.split(' ')[0]))].sort()).toEqual(USED);
});

test.each<string[]>([
  ['preview', '--json'],
  ['refresh', '--yes', '--diff'],
  ['stack', '--show-urns', '--show-ids'],
  ['stack', 'output', '--json'],
  ['stack', 'export'],
  ['stack', 'history', '--full-dates', '--json'],
  ['config'],
])('pulumi %s says none', async (...args) => {
  expect(await pulumi(...args)).toMatchObject(CLEAN);
});

describe('when they change', () => {
  test('a preview shows that, and none of them', async () => {
    await change('Bb2');
    const refused = await pulumi('preview', '--diff');
    expect(refused.output).toContain(
      'password of Secret/admin/keycloak-database-account has another value than on the server',
    );
    expect([refused.code === 0, refused.found]).toEqual([false, []]);
    stack.set({ acknowledged: { 'set-when-created': 'the databases of this test never run' } });
    const { code, output, found } = await pulumi('preview', '--diff');
    expect([code, found]).toEqual([0, []]);
    expect(output).toContain('[secret]');
  });

  test('an update with its logs says none', async () => {
    await change('Cc3');
    expect(await pulumi('up', '--yes', '--diff', '--debug', '--verbose=6', '--logtostderr', '--logflow')).toMatchObject(
      CLEAN,
    );
  });

  test('what Pulumi writes for its own developers, up to level 9, has none in plain text', async () => {
    await change('Dd4');
    const { code, found } = await pulumi('preview', '--diff', '--verbose=9', '--logtostderr', '--logflow');
    expect(code).toBe(0);
    // From level 7 on, the engine writes down what a Secret's `data` is to be, which is base64; we cannot keep it from
    // that.
    expect(found.filter((form) => !form.includes('in base64'))).toEqual([]);
  });

  test('an update that the server refuses says none', async () => {
    const name = 'sentinels-refuse-secrets';
    const policy = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name } };
    const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['secrets'] }];
    apply([
      {
        ...policy,
        kind: 'ValidatingAdmissionPolicy',
        spec: {
          matchConstraints: { resourceRules: rules },
          validations: [{ expression: 'false', message: 'a policy says no' }],
        },
      },
      { ...policy, kind: 'ValidatingAdmissionPolicyBinding', spec: { policyName: name, validationActions: ['Deny'] } },
    ]);
    // A policy takes effect within seconds, not at once.
    await sleep(3000);
    await change('Ee5');
    const { code, output, found } = await pulumi('up', '--yes', '--skip-preview');
    kubectl(['delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', name]);
    expect(found).toEqual([]);
    expect(code).not.toBe(0);
    expect(output).toContain('a policy says no');
  });
});

function textOf(file: string): string {
  const bytes = fs.readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

test('no file of the state has one: stack, backups, history', () => {
  const files = fs
    .readdirSync(stack.stateDir, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(stack.stateDir, file));
  const texts = files.filter((file) => fs.statSync(file).isFile()).map((file) => ({ file, text: textOf(file) }));
  expect(texts.length).toBeGreaterThan(10);
  // Compressed files are read as what is in them.
  const [state] = texts.filter(({ file }) => /\.pulumi\/stacks\/.*\.json\.gz$/.test(file));
  expect(state?.text).toContain('Secret/admin/keycloak-database-account');
  expect(texts.flatMap(({ file, text }) => sentinels.foundIn(text).map((found) => `${file}: ${found}`))).toEqual([]);
});

test('no object but a Secret has one, of any kind, events and field owners included', () => {
  const objects = list(allKinds(), '--show-managed-fields').filter(({ kind }) => kind !== 'Secret');
  expect(objects.length).toBeGreaterThan(200);
  expect(
    objects.flatMap((object) =>
      sentinels.foundIn(JSON.stringify(object)).map((found) => `${object.kind}/${object.metadata.name}: ${found}`),
    ),
  ).toEqual([]);
});

describe('the kaapana command', () => {
  /** An environment file with all of them in plain text. */
  function plainFile(
    changes: (config: Record<string, unknown>) => Record<string, unknown> = (config) => config,
  ): string {
    const config: Record<string, unknown> = Object.fromEntries(
      Object.entries(SITE).map(([key, value]) => [`kaapana:${key}`, value]),
    );
    const within = (group: string): object =>
      Object.fromEntries(
        [...SECRET_PATHS]
          .filter((name) => name.startsWith(`${group}.`))
          .map((name) => [name.slice(group.length + 1), sentinels.value(name)]),
      );
    Object.assign(config, {
      'kaapana:credentials': within('credentials'),
      'kaapana:smtp': { ...SITE.smtp, ...within('smtp') },
      'kaapana:containerRegistryPassword': sentinels.value('containerRegistryPassword'),
      'kaapana:projects': [{ name: 'admin', userPassword: sentinels.value(PROJECT_USER) }],
    });
    // In a directory of its own: beside the other, they would want the same of one server.
    const file = path.join(path.dirname(stack.file), 'plain', 'plain.yaml');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, stringify({ config: changes(config) }));
    return file;
  }

  async function kaapana(
    command: string,
    file: string,
    ...flags: readonly string[]
  ): Promise<{ code: number; output: string; found: string[] }> {
    const { code, output } = await run(process.execPath, ['bin/kaapana.cjs', command, '--env', file, ...flags]);
    return { code, output, found: sentinels.foundIn(output) };
  }

  test.each(['check', 'synth', 'routes', 'storage'])('%s shows none, encrypted or not', async (command) => {
    expect(await kaapana(command, stack.file)).toMatchObject(CLEAN);
    expect(await kaapana(command, plainFile())).toMatchObject(CLEAN);
  });

  test('synth writes them when it is asked to', async () => {
    const { found } = await kaapana('synth', plainFile(), '--show-secrets');
    expect([...new Set(found.map((each) => each.split(' ')[0]))].sort()).toEqual(USED);
  });

  test.each<[string, (config: Record<string, unknown>) => Record<string, unknown>]>([
    [
      'an unknown key',
      (config) => ({
        ...config,
        'kaapana:credentials': {
          ...(config['kaapana:credentials'] as object),
          minioPasword: sentinels.value('credentials.minioPassword'),
        },
      }),
    ],
    [
      'an unknown group',
      ({ 'kaapana:credentials': credentials, ...config }) => ({ ...config, 'kaapana:credential': credentials }),
    ],
    [
      'an object for a secret',
      (config) => ({
        ...config,
        'kaapana:containerRegistryPassword': { value: sentinels.value('containerRegistryPassword') },
      }),
    ],
    [
      'broken JSON',
      (config) => ({
        ...config,
        'kaapana:credentials': `${JSON.stringify(config['kaapana:credentials']).slice(0, -1)},`,
      }),
    ],
    [
      'a list',
      (config) => ({ ...config, 'kaapana:credentials': Object.entries(config['kaapana:credentials'] as object) }),
    ],
    [
      'characters that none may have',
      (config) => ({
        ...config,
        'kaapana:containerRegistryPassword': `${sentinels.value('containerRegistryPassword')}\u0001`,
      }),
    ],
  ])('a mistake shows none: %s', async (_, changes) => {
    expect(await kaapana('check', plainFile(changes))).toMatchObject({ code: 1, found: [] });
  });

  test('a file that is not YAML shows none', async () => {
    const file = plainFile();
    fs.writeFileSync(
      file,
      fs
        .readFileSync(file, 'utf8')
        .replace(
          /^( +)(keycloakAdminPassword): .*$/m,
          `$1$2: "${sentinels.value('credentials.keycloakAdminPassword').replace(/".*/, '')}" x`,
        ),
    );
    expect(await kaapana('check', file)).toMatchObject({ code: 1, found: [] });
  });
});

/** What is seen of all processes, by anybody on the machine. */
function commandLines(): string[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')];
      } catch {
        return [];
      }
    });
}
