import { randomBytes } from 'node:crypto';
import { parse } from 'yaml';
import { readArchive } from '../../src/charts/archive';
import { describeChart } from '../../src/charts/chart';
import { findCredentials } from '../../src/charts/credentials';
import type { Renderer } from '../../src/charts/helm';
import { type Choices, type Inspected, inspectChart, RefusedChart } from '../../src/charts/inspect';
import type { JsonObject } from '../../src/objects/manifest';
import { settings } from '../settings/support';
import { chart, DEPLOYMENT } from './support';

/** What becomes of values that are credentials, of those that only look so, and of what a chart makes up. */

/** Renders `{{ .Values.a.b }}`, `{{ b64 .Values.a.b }}`, `{{ hash .Values.a }}` and `{{ random 32 }}`. */
const render: Renderer = ({ files, values }) =>
  [...files]
    .filter(([path]) => path.startsWith('templates/'))
    .map(([, content]) => {
      const drawn = new Map<string, string>();
      return content
        .toString('utf8')
        .replace(/\{\{ (\w+ )?\.Values\.([\w.]+) \}\}/g, (_, how: string | undefined, path: string) => {
          const value = String(at(values, path) ?? at(defaults(files), path));
          if (how === 'b64 ') return Buffer.from(value).toString('base64');
          return how === 'hash ' ? `hash-of-${[...value].reverse().join('')}` : value;
        })
        .replace(/\{\{ b64 "([^"]*)" \}\}/g, (_, text: string) =>
          Buffer.from(text.replace(/\[(\w+)\]/g, (_whole, name: string) => draw(drawn, name, 24))).toString('base64'),
        )
        .replace(/\{\{ random (\d+) (\w+) \}\}/g, (_, length: string, name: string) =>
          draw(drawn, name, Number(length)),
        )
        .replace(/\{\{ uuid (\w+) \}\}/g, (_, name: string) => {
          const hex = randomBytes(16).toString('hex');
          const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
          return drawn.get(name) ?? (drawn.set(name, text), text);
        })
        .replace(/\{\{ pem \}\}/g, () => `-----BEGIN EC PRIVATE KEY----- ${randomBytes(9).toString('hex')}`)
        .replace(/\{\{ bcrypt \}\}/g, () => `admin:$2a$10$${randomBytes(20).toString('hex')}`);
    })
    .join('\n---\n');

const at = (values: JsonObject, path: string): unknown =>
  path.split('.').reduce<unknown>((group, part) => (group as JsonObject | undefined)?.[part], values);

const defaults = (files: ReadonlyMap<string, Buffer>): JsonObject =>
  (parse(files.get('values.yaml')?.toString() ?? '') ?? {}) as JsonObject;

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random within one rendering by its name: as a variable of a template is. */
function draw(drawn: Map<string, string>, name: string, length: number): string {
  const text = [...randomBytes(length)].map((byte) => SIGNS[byte % SIGNS.length]).join('');
  const known = drawn.get(name) ?? text;
  drawn.set(name, known);
  return known;
}

function secretWith(data: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata: {name: viewer-db}\n${data}\n`;
}

function env(variables: string): string {
  return `${DEPLOYMENT}        env:\n${variables
    .split('\n')
    .map((line) => `        - ${line}\n`)
    .join('')}`;
}

function inspect(
  templates: Readonly<Record<string, string>>,
  values: string,
  choices: Partial<Choices> = {},
): Inspected {
  const all = { set: [], secret: [], withoutRemovalHooks: false, ...choices };
  return inspectChart(chart(templates, values), all, settings(), render);
}

function reasons(...args: Parameters<typeof inspect>): readonly string[] {
  try {
    inspect(...args);
  } catch (problem) {
    if (problem instanceof RefusedChart) return problem.reasons;
    throw problem;
  }
  return [];
}

test.each([
  [
    'the data of a Secret',
    { 's.yaml': secretWith('data: {entry: {{ b64 .Values.door }}}') },
    'Secret services/viewer-db \\(entry\\)',
  ],
  [
    'the text of a Secret',
    { 's.yaml': secretWith('stringData: {entry: "{{ .Values.door }}"}') },
    'Secret services/viewer-db \\(entry\\)',
  ],
  [
    'a key file of a ConfigMap',
    { 's.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {id_rsa: "{{ .Values.door }}"}\n' },
    'a file with a key, ConfigMap services/c \\(id_rsa\\)',
  ],
  [
    'a variable for a password',
    { 'deployment.yaml': env('{name: DB_PASSWORD, value: "{{ .Values.door }}"}') },
    'the environment variable DB_PASSWORD of Deployment services/viewer',
  ],
  [
    'an option for a password',
    { 'deployment.yaml': `${DEPLOYMENT}        args: ["--db-password={{ .Values.door }}"]\n` },
    'Deployment services/viewer \\(args\\)',
  ],
])('a value that lands in %s is a credential, whatever its name', (_, templates, place) => {
  const [reason, ...others] = reasons(templates, 'door: ""\n', { set: ['door=open'] });
  expect(others).toEqual([]);
  expect(reason).toMatch(
    new RegExp(`^--set door: .*${place}.*Pass it with --secret door; if it is no credential, add --plain door$`),
  );
});

test('what stands in a list or a mapping is looked at, too', () => {
  const { problems } = findCredentials({
    chart: describeChart(readArchive(chart({}, ''))).chart,
    values: { users: [{ name: 'a', password: 'b' }], tls: { crt: 'c', key: 'd' }, names: ['e', 'f'] },
    secret: [],
    plain: ['tls.key'],
    first: [],
    draw: () => [],
    before: {},
    salt: '',
  });
  expect(problems).toEqual([expect.stringMatching(/^--set users\[0\]\.password: its name says so/)]);
});

test('somebody may say otherwise, and the file of the environment remembers it', () => {
  const templates = { 's.yaml': secretWith('stringData: {entry: "{{ .Values.door }}"}') };
  expect(inspect(templates, 'door: ""\n', { set: ['door=open'], plain: ['door'] })).toMatchObject({
    plain: ['door'],
    notes: [],
    rendered: { values: { door: 'open' } },
  });
  expect(reasons(templates, 'door: ""\n', { plain: ['door'] })).toEqual(['--plain door: there is no --set door']);
});

test.each([
  ['api_key=sk-12345', '{name: KEY, value: "{{ .Values.api_key }}"}', 'api_key: ""'],
  ['node_passwd=hunter2', '{name: A, value: "{{ .Values.node_passwd }}"}', 'node_passwd: ""'],
  ['text=-----BEGIN PRIVATE KEY-----', '{name: A, value: "{{ .Values.text }}"}', 'text: ""'],
  ['db=mysql://root:root@db/x', '{name: A, value: "{{ .Values.db }}"}', 'db: ""'],
])('%s is none that stands in clear', (pair, variable, values) => {
  expect(reasons({ 'deployment.yaml': env(variable) }, `${values}\n`, { set: [pair] })).toEqual([
    expect.stringMatching(/^--set \w+: .*Pass it with --secret/),
  ]);
});

test.each([
  [
    'the name of a Secret',
    ['auth.existingSecret=viewer-db'],
    '{name: PW, valueFrom: {secretKeyRef: {name: "{{ .Values.auth.existingSecret }}", key: password}}}',
    'auth: {existingSecret: ""}',
  ],
  [
    'the name of a Secret in a value that is called after the password',
    ['password=viewer-db'],
    '{name: PW, valueFrom: {secretKeyRef: {name: "{{ .Values.password }}", key: password}}}',
    'password: ""',
  ],
  [
    'a number',
    ['model.max_tokens=2048'],
    '{name: MAX_TOKENS, value: "{{ .Values.model.max_tokens }}"}',
    'model: {max_tokens: 1024}',
  ],
  ['a tokenizer', ['tokenizer=bert'], '{name: TOKENIZER, value: "{{ .Values.tokenizer }}"}', 'tokenizer: ""'],
  ['a switch', ['usePassword=true'], '{name: USE_PASSWORD, value: "{{ .Values.usePassword }}"}', 'usePassword: false'],
  [
    'a policy',
    ['passwordPolicy=strict'],
    '{name: POLICY, value: "{{ .Values.passwordPolicy }}"}',
    'passwordPolicy: ""',
  ],
])('%s is no credential', (_, set, variable, values) => {
  const templates = { 'deployment.yaml': env(variable), 's.yaml': secretWith('data: {password: ""}') };
  const { rendered, notes } = inspect(templates, `${values}\n`, { set });
  expect(Object.keys(rendered.values)).toEqual([set[0]?.split('=')[0]]);
  expect(notes).toEqual([]);
});

test('a user in a Secret is none; what may be one is said, and how to say otherwise', () => {
  const templates = {
    's.yaml': secretWith('stringData: {user: "{{ .Values.user }}", "app.ini": "a={{ .Values.mode }}\\n"}'),
  };
  const values = 'user: ""\nmode: ""\n';
  expect(inspect(templates, values, { set: ['user=admin'] }).notes).toEqual([]);
  expect(inspect(templates, values, { set: ['mode=fast'] }).notes).toEqual([
    'mode stands in plain text in the file of the environment, and may be a credential: it is in the data of Secret services/viewer-db (app.ini). If it is one, remove --set mode and add --secret mode; if not, --plain mode ends this message',
  ]);
  expect(inspect(templates, values, { set: ['mode=fast'], plain: ['mode'] }).notes).toEqual([]);
});

test.each([
  [
    'a number',
    '{name: N, value: "{{ .Values.limit }}"}',
    'limit: 5',
    'limit',
    /^--secret limit: it is a number in the chart \(5\)/,
  ],
  [
    'a switch',
    '{name: N, value: "{{ .Values.flag }}"}',
    'flag: true',
    'flag',
    /^--secret flag: it is a switch in the chart/,
  ],
  [
    'a name',
    '{name: PW, valueFrom: {secretKeyRef: {name: "{{ .Values.s }}", key: password}}}',
    's: ""',
    's',
    /^--secret s: it is the name of an object or of a key in Deployment services\/viewer \(name\), and no credential\. Set it: --set s=<value>$/,
  ],
])('--secret for %s is refused', (_, variable, values, key, reason) => {
  const found = reasons({ 'deployment.yaml': env(variable) }, `${values}\n`, { secret: [key] });
  expect(found).toEqual([expect.stringMatching(reason)]);
});

test('a credential of which the chart makes a hash is refused, as the hash would be that of a mark', () => {
  expect(
    reasons({ 's.yaml': secretWith('stringData: {a: "{{ hash .Values.word }}"}') }, 'word: ""\n', { secret: ['word'] }),
  ).toEqual([
    expect.stringMatching(/^Secret services\/viewer-db: stringData\.a is made of a credential \(word\), e\.g\. a hash/),
  ]);
});

test("a password that comes with the chart is everybody's, which is said", () => {
  const templates = { 's.yaml': secretWith('stringData: {a: "{{ .Values.db.password }}"}') };
  const values = 'db: {password: changeme, existingSecret: x}\nother: {password: unused}\n';
  expect(inspect(templates, values).notes).toEqual([
    'db.password has a value in the chart, which everybody knows who has the chart; --secret db.password gives it one of its own',
  ]);
  expect(inspect(templates, values, { secret: ['db.password'] }).notes).toEqual([]);
});

test('what a chart makes up is a credential of ours, in each form that it may have', () => {
  const templates = {
    's.yaml': secretWith(
      'stringData:\n  password: "{{ random 32 a }}"\n  url: "postgres://u:{{ random 32 a }}@db/x"\n  id: "{{ uuid b }}"\n  both: "{{ random 20 c }}:{{ random 16 d }}"\ndata:\n  auth: {{ b64 "user:[e]" }}',
    ),
  };
  const { rendered } = inspect(templates, '');
  expect(rendered.generated).toEqual({
    'generated.viewer-db.password': { alphabet: 'alphanumeric', length: 32 },
    'generated.viewer-db.id': { alphabet: 'uuid', length: 36 },
    'generated.viewer-db.both': { alphabet: 'alphanumeric', length: 20 },
    'generated.viewer-db.both.2': { alphabet: 'alphanumeric', length: 16 },
    'generated.viewer-db.auth': { alphabet: 'alphanumeric', length: 24 },
  });
  const secret = rendered.objects.find(({ kind }) => kind === 'Secret');
  expect(secret?.['stringData']).toEqual({
    password: '<secret:generated.viewer-db.password>',
    url: 'postgres://u:<secret:generated.viewer-db.password>@db/x',
    id: '<secret:generated.viewer-db.id>',
    both: '<secret:generated.viewer-db.both>:<secret:generated.viewer-db.both.2>',
  });
  expect(Buffer.from(String((secret?.['data'] as JsonObject)['auth']), 'base64').toString()).toBe(
    'user:<secret:generated.viewer-db.auth>',
  );
});

test('what is derived keeps its form over updates, and another name is told', () => {
  const templates = { 's.yaml': secretWith('stringData: {password: "{{ random 40 a }}"}') };
  const before = { 'generated.viewer-db.password': { alphabet: 'alphanumeric', length: 16 } } as const;
  const { rendered, notes } = inspect(templates, '', { generated: before });
  expect(rendered.generated).toEqual(before);
  expect(notes).toEqual([]);
  const renamed = inspect(templates, '', {
    generated: { 'generated.old.password': { alphabet: 'digits', length: 8 } },
  });
  expect(renamed.notes).toEqual([
    expect.stringMatching(/^the chart had generated\.old\.password before, and has generated\.viewer-db\.password now/),
  ]);
});

test('a password that stands in a template is told', () => {
  const templates = { 's.yaml': secretWith('stringData: {password: admin, user: admin, url: "{{ .Values.u }}"}') };
  expect(inspect(templates, 'u: ""\n').notes).toEqual([
    'Secret services/viewer-db (password) stands in the chart itself, so everybody knows it who has the chart',
  ]);
});

test('a Docker configuration has its account twice, once encoded', () => {
  const config = '{"auths":{"r.example.org":{"password":"{{ random 24 a }}","auth":"{{ b64 "bot:[a]" }}"}}}';
  const { rendered } = inspect({ 's.yaml': secretWith(`stringData: {'.dockerconfigjson': '${config}'}`) }, '');
  expect(Object.keys(rendered.generated ?? {})).toEqual(['generated.viewer-db..dockerconfigjson']);
  const text = String(
    (rendered.objects.find(({ kind }) => kind === 'Secret')?.['stringData'] as JsonObject)['.dockerconfigjson'],
  );
  const { auths } = JSON.parse(text) as { auths: Record<string, { password: string; auth: string }> };
  const account = auths['r.example.org'];
  expect(Buffer.from(account?.auth ?? '', 'base64').toString()).toBe(`bot:${account?.password ?? ''}`);
});

test('the same chart gives the same objects, also where names and annotations are random', () => {
  const templates = {
    'deployment.yaml': env('{name: TOKEN, value: "{{ random 30 t }}"}').replace(
      'metadata: {labels: {app: viewer}}',
      'metadata: {labels: {app: viewer}, annotations: {roll: "{{ random 5 r }}", at: "2026-11-28T10:00:{{ random 2 s }}Z"}}',
    ),
    's.yaml': secretWith('stringData: {a: "{{ random 16 a }}"}').replace('viewer-db', 'viewer-{{ uuid n }}'),
  };
  const [one, two] = [inspect(templates, '').rendered, inspect(templates, '').rendered];
  expect(two).toEqual(one);
  expect(Object.keys(one.generated ?? {})).toEqual(['generated.Secret-3.a', 'generated.viewer.TOKEN']);
  expect(JSON.stringify(one.objects)).toContain('"value":"<secret:generated.viewer.TOKEN>"');
  expect(JSON.stringify(one.objects)).not.toContain('2026-11-28');
});

test.each([
  ['a private key', 'stringData: {a: "{{ pem }}"}', /a private key or certificate is made at random in stringData\.a/],
  ['a hash with a salt', 'stringData: {a: "{{ bcrypt }}"}', /a password is hashed with a random salt in stringData\.a/],
])('%s that a chart makes up is refused', (_, data, reason) => {
  expect(reasons({ 's.yaml': secretWith(data) }, '')).toEqual([expect.stringMatching(reason)]);
});

test('a random value in a ConfigMap is refused, as it would stand in clear', () => {
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {key: "{{ random 32 a }}"}\n';
  expect(reasons({ 'c.yaml': map }, '')).toEqual([
    'ConfigMap services/c: data.key holds the credential generated.c.key in plain text; put it in a Secret or an environment variable',
  ]);
});
