import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chart, CHART_YAML, DEPLOYMENT, packed as pack } from '../charts/support';
import { environmentFile, kaapana, type Result, workDirectory } from '../cli/support';

/** The command as it is typed, with the real helm. */

const directory = workDirectory();
const file = environmentFile(directory, 'Pulumi.site.yaml', {});
const before = readFileSync(file, 'utf8');

const TEMPLATED = DEPLOYMENT.replace('registry.example.com/group', '{{ .Values.global.registry_url }}').replace(
  '{name: viewer}',
  '{name: {{ .Release.Name }}}',
);

function run(...args: string[]): Result {
  return kaapana(['extension', ...args, '--env', 'site'], { cwd: directory });
}

function packed(name: string, content: Buffer): string {
  writeFileSync(join(directory, name), content);
  return name;
}

test('a chart is rendered, shown, added, put in its own place and taken out again', () => {
  const values =
    'extension_params:\n  mode: {type: list_single, default: a, value: [a, b], definition: How it works}\n  password: {type: string, default: ""}\n';
  const env =
    '        env: [{name: MODE, value: "{{ .Values.global.mode }}"}, {name: PASSWORD, value: "{{ .Values.global.password }}"}]\n';
  const tgz = packed('viewer.tgz', chart({ 'deployment.yaml': `${TEMPLATED}${env}` }, values));

  const added = run('add', tgz, '--as', 'viewer-1', '--set', 'mode=b', '--secret', 'password');
  expect(added.stderr).toBe('');
  expect(added.status).toBe(0);
  expect(added.stdout).toMatch(/viewer-1: Viewer, chart viewer 1\.2\.3 \(application/);
  expect(added.stdout).toMatch(
    /Deployment viewer-1 +services +images registry\.example\.org\/kaapana\/viewer:1\.2\.3; ports 8080/,
  );
  expect(added.stdout).toMatch(/Ingress viewer +services +routes \/viewer/);
  expect(added.stdout).toMatch(/mode +list_single: a, b +a +How it works/);
  expect(added.stdout).toContain(
    "pulumi config set --stack site --secret --path 'kaapana:thirdPartyExtensions[0].secrets.password'",
  );
  expect(readFileSync(join(directory, 'extensions/site/viewer-1/rendered.yaml'), 'utf8')).toMatch(
    /name: MODE\n +value: b\n/,
  );
  expect(kaapana(['check', '--env', 'site'], { cwd: directory }).stdout).toMatch(/the settings are valid/);

  const text = readFileSync(file, 'utf8');
  expect(run('add', tgz, '--as', 'viewer-1').stderr).toMatch(/viewer-1 exists already/);
  expect(run('add', tgz, '--as', 'viewer-1', '--replace').status).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(text);

  expect(run('remove', 'viewer-1').status).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(existsSync(join(directory, 'extensions/site/viewer-1'))).toBe(false);
});

test('what is put in its own place by the name of its chart keeps what was chosen for it', () => {
  const tgz = packed(
    'own.tgz',
    chart(
      { 'deployment.yaml': TEMPLATED },
      'extension_params:\n  mode: {type: list_single, default: a, value: [a, b], definition: How it works}\n  password: {type: string, default: ""}\n',
    ),
  );
  expect(run('add', tgz, '--set', 'mode=b', '--secret', 'password', '--project', 'admin').status).toBe(0);
  const text = readFileSync(file, 'utf8');
  expect(run('add', tgz, '--replace').status).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(run('remove', 'viewer').status).toBe(0);
});

test('what a chart makes up by itself is derived, and a value in a Secret does not stand in the file', () => {
  const values = 'db: {word: "", user: app}\n';
  const secret = `{{- $old := lookup "v1" "Secret" .Release.Namespace "viewer-db" }}
{{- $word := randAlphaNum 24 }}
apiVersion: v1
kind: Secret
metadata: {name: viewer-db, annotations: {at: {{ now | quote }}}}
data:
  random: {{ if $old }}{{ index $old.data "random" }}{{ else }}{{ $word | b64enc }}{{ end }}
  url: {{ printf "postgres://%s:%s@db" .Values.db.user $word | b64enc }}
  raw: {{ randBytes 32 | b64enc }}
  word: {{ .Values.db.word | b64enc }}
`;
  const tgz = packed('random.tgz', chart({ 'deployment.yaml': TEMPLATED, 'secret.yaml': secret }, values));
  expect(run('add', tgz, '--set', 'db.word=open').stderr).toMatch(
    /--set db\.word: it is in the data of Secret services\/viewer-db \(word\)\..*--secret db\.word/,
  );
  expect(readFileSync(file, 'utf8')).toBe(before);

  expect(run('add', tgz, '--set', 'db.user=root', '--secret', 'db.word')).toMatchObject({ status: 0, stderr: '' });
  const rendered = readFileSync(join(directory, 'extensions/site/viewer/rendered.yaml'), 'utf8');
  expect(run('add', tgz, '--replace').status).toBe(0);
  expect(readFileSync(join(directory, 'extensions/site/viewer/rendered.yaml'), 'utf8')).toBe(rendered);
  const shown = kaapana(['synth', '--env', 'site'], { cwd: directory }).stdout;
  for (const key of ['random', 'url', 'raw', 'word']) expect(shown).toContain(`${key}: <secret:viewer-db/${key}>`);
  expect(run('remove', 'viewer').status).toBe(0);
});

describe('values are written, typed and checked as for helm', () => {
  const probe = DEPLOYMENT.replace(
    'image:',
    'livenessProbe: {{ toJson .Values.probe }}\n        env: [{name: TAGS, value: {{ toJson .Values.tags | quote }}}, {name: STORE, value: {{ .Values.store.tag | quote }}}]\n        image:',
  );
  const store = (tag: string): Readonly<Record<string, string>> => ({
    'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
    'charts/db/values.yaml': `tag: "${tag}"\n`,
    'charts/db/templates/cm.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}-db"}\ndata: {tag: "{{ .Values.tag }}"}\n',
  });
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    additionalProperties: false,
    properties: {
      probe: { type: 'object' },
      tags: { type: 'array', items: { type: 'string' } },
      store: { type: 'object' },
      workers: { type: 'integer', maximum: 4 },
      key: { $ref: 'https://schemas.example.org/key.json' },
    },
  };
  const whole = packed(
    'whole.tgz',
    pack({
      'Chart.yaml': `${CHART_YAML}kubeVersion: ">=1.30.0-0"\ndependencies: [{name: db, alias: store, version: 1.x.x}]\n`,
      'values.yaml':
        'probe: {httpGet: {path: /, port: 8080}, periodSeconds: 10}\ntags: []\nstore: {}\nworkers: 1\nkey: a\n',
      'values.schema.json': JSON.stringify(schema),
      'templates/a.yaml': probe,
      'templates/b.yaml':
        '{{ if .Capabilities.APIVersions.Has "traefik.io/v1alpha1/Middleware" }}\napiVersion: traefik.io/v1alpha1\nkind: Middleware\nmetadata: {name: strip}\nspec: {stripPrefix: {prefixes: [/viewer]}}\n{{ end }}\n',
      'templates/tests/t.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: "t-{{ randAlpha 4 | lower }}", annotations: {helm.sh/hook: test}}\nspec: {containers: [{name: a, image: "a:1"}]}\n',
      'logo of ours.png': 'x',
      ...store('15.1'),
    }),
  );
  const rendered = (): string => readFileSync(join(directory, 'extensions/site/viewer/rendered.yaml'), 'utf8');
  afterEach(() => {
    run('remove', 'viewer');
  });

  test('numbers, lists, and charts in it by their alias', () => {
    writeFileSync(join(directory, 'ours.yaml'), 'tags: [c]\nworkers: 2\n');
    const { stderr, stdout } = run(
      ...['add', whole, '--values', 'ours.yaml', '--set', 'probe.periodSeconds=60,tags={a,b}'],
      ...['--set', 'store.tag=16'],
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/left out:\n +- Pod of viewer\/templates\/tests\/t\.yaml \(hook for test\)/);
    expect(stdout).toContain('values.schema.json: what it takes from https://schemas.example.org/key.json is not');
    expect(rendered()).toMatch(/periodSeconds: 60\n/);
    expect(rendered()).toContain('["a","b"]');
    expect(rendered()).toMatch(/kind: ConfigMap[^]*tag: '?"?16/);
    expect(rendered()).toMatch(/kind: Middleware/);
    const before = rendered();
    expect(run('add', whole, '--replace').status).toBe(0);
    expect(rendered()).toBe(before);
  });

  test('what the schema of the chart does not allow is refused by the name of the value', () => {
    expect(run('add', whole, '--set', 'workers=9').stderr).toMatch(
      /its value workers does not meet the schema of viewer: maximum: got 9, want 4/,
    );
  });

  test('a chart is told the version of the setting', () => {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/^config:\n/m, 'config:\n  kaapana:kubernetesVersion: 1.29.4\n'));
    const { stderr } = run('add', whole);
    writeFileSync(file, text);
    expect(stderr).toMatch(/incompatible with Kubernetes v1\.29\.4\. It is told 1\.29\.4, by the setting kubernetesV/);
  });
});

test.each<[string, Readonly<Record<string, string>>, RegExp]>([
  [
    'what helm cannot render',
    { 'deployment.yaml': '{{ fail "not today" }}' },
    /The chart is rejected for 1 reason:\n  - helm cannot render it: .*not today/,
  ],
  [
    'what asks for the environment of the user',
    { 'deployment.yaml': '{{ env "HOME" }}' },
    /helm cannot render it: .*function "env" not defined/,
  ],
  [
    'what shows itself only when rendered',
    {
      'deployment.yaml': TEMPLATED,
      'more.yaml': 'apiVersion: v1\nkind: {{ printf "%s%s" "Name" "space" }}\nmetadata: {name: x}\n',
    },
    /Namespace services\/x: it is a cluster-wide object/,
  ],
  [
    'what lies where there is no cluster to ask',
    {
      'deployment.yaml': TEMPLATED,
      'more.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {found: {{ lookup "v1" "Secret" "services" "" | len }}}\n',
    },
    /ConfigMap services\/x: its data found must be a string/,
  ],
])('%s is refused, and nothing is written', (_, templates, reason) => {
  const { status, stderr } = run('add', packed('bad.tgz', chart(templates)));
  expect(stderr).toMatch(reason);
  expect(status).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(existsSync(join(directory, 'extensions/site/viewer'))).toBe(false);
});
