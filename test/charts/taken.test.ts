import { gzipSync } from 'node:zlib';
import { readArchive } from '../../src/charts/archive';
import type { Rendering } from '../../src/charts/helm';
import { type Choices, type Inspected, inspectChart, RefusedChart } from '../../src/charts/inspect';
import { serverOf } from '../../src/charts/server';
import { withLocalSchemas } from '../../src/charts/values-schema';
import { settings } from '../settings/support';
import { chart, CHART_YAML, DEPLOYMENT, type Entry, packed, renderPlainly, tarball } from './support';

/** Charts as others pack and write them: taken as Helm takes them, and what is left out of them is said. */

function inspect(file: Buffer, choices: Partial<Choices> = {}, set: Readonly<Record<string, unknown>> = {}): Inspected {
  return inspectChart(
    file,
    { set: [], secret: [], withoutRemovalHooks: false, ...choices },
    settings(set),
    renderPlainly,
  );
}

function reasons(file: Buffer, choices: Partial<Choices> = {}): readonly string[] {
  try {
    inspect(file, choices);
  } catch (problem) {
    if (problem instanceof RefusedChart) return problem.reasons;
    throw problem;
  }
  return [];
}

describe('archives', () => {
  const entries = (...more: Entry[]): Buffer =>
    gzipSync(
      tarball([
        { path: 'viewer/Chart.yaml', content: CHART_YAML },
        { path: 'viewer/templates/a.yaml', content: DEPLOYMENT },
        ...more,
      ]),
    );

  test.each<[string, string]>([
    ['a logo', 'viewer/docs/logo.svg'],
    ['other values', 'viewer/values-azure.yaml'],
    ['a blank in a name', 'viewer/templates/service account.yaml'],
    ['letters of other languages', 'viewer/files/Größen 尺寸.json'],
    ['a file of a template', 'viewer/config/nginx.conf'],
    ['a program', 'viewer/install.sh'],
    ['definitions of kinds, which Helm renders', 'viewer/crds/kinds.yaml'],
    ['a path of Windows', String.raw`viewer\files\a.txt`],
    ['a dot in the path', './viewer/./files/a.txt'],
  ])('%s is taken: %s', (_, path) => {
    const { problems, files } = readArchive(entries({ path, content: 'x' }));
    expect(problems).toEqual([]);
    const own = path.replaceAll('\\', '/').replaceAll('./', '').replace('viewer/', '');
    expect(files.get(own)?.toString()).toBe('x');
  });

  test('what file managers leave behind is not rendered, and is said', () => {
    const left = ['._viewer', '__MACOSX/viewer/._a', 'viewer/templates/._a.yaml', 'viewer/.DS_Store'];
    const file = entries(...left.map((path) => ({ path, content: '\0\u0005\u0016\u0007' })));
    expect(readArchive(file)).toMatchObject({ problems: [], ignored: left });
    expect(inspect(file).rendered.leftOut).toEqual(left.map((path) => `${path} (no program reads it)`));
  });

  test('a folder may have any name, as those of git archive do', () => {
    const file = gzipSync(
      tarball([
        { path: 'portal-1.2.3/Chart.yaml', content: CHART_YAML },
        { path: 'portal-1.2.3/templates/a.yaml', content: DEPLOYMENT },
      ]),
    );
    expect(inspect(file).name).toBe('viewer');
  });

  test('charts in it may still be packed, also more than once', () => {
    const inner = gzipSync(
      tarball([
        { path: 'store/Chart.yaml', content: 'apiVersion: v2\nname: store\nversion: 1.0.0\n' },
        { path: 'store/values.yaml', content: 'size: 1\n' },
      ]),
    );
    const outer = gzipSync(
      tarball([
        { path: 'outer/Chart.yaml', content: 'apiVersion: v2\nname: outer\nversion: 1.0.0\n' },
        { path: 'outer/charts/store-1.0.0.tgz', content: inner },
      ]),
    );
    const file = entries({ path: 'viewer/charts/outer-1.0.0.tgz', content: outer });
    expect([...readArchive(file).files.keys()]).toContain('charts/outer-1.0.0/charts/store-1.0.0/values.yaml');
    expect(inspect(file, { set: ['outer.store.size=2'] }).rendered.values).toEqual({ 'outer.store.size': 2 });
  });

  test('a packed chart is held to the same limits', () => {
    const bomb = gzipSync(Buffer.alloc(60 * 2 ** 20));
    const link = gzipSync(tarball([{ path: 'a/Chart.yaml', type: 'SymbolicLink', linkpath: '/etc/passwd' }]));
    expect(
      readArchive(
        entries({ path: 'viewer/charts/a.tgz', content: bomb }, { path: 'viewer/charts/b.tgz', content: link }),
      ).problems,
    ).toEqual([
      'charts/a.tgz: it unpacks to more than 52428800 bytes',
      expect.stringMatching(/^charts\/b\.tgz: a\/Chart\.yaml is a link to \/etc\/passwd/),
    ]);
  });
});

describe('what a chart brings in the form of Kaapana', () => {
  const volume = (path: string, more = ''): string =>
    `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: v}\nspec:\n  capacity: {storage: 20Gi}\n  storageClassName: host-dir\n  hostPath: {path: "${path}"}\n${more}`;
  const claim = (more: string): string =>
    `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadOnlyMany], ${more}}\n`;
  const pod = `${DEPLOYMENT}      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n`;
  const size = 'resources: {requests: {storage: 5Gi}}';

  test.each<[string, string, string, object]>([
    [
      'a claim that names its volume',
      volume('{{ .Values.global.fast_data_dir }}//portal'),
      claim(`volumeName: v, ${size}`),
      { role: 'fast', directory: 'portal', size: '5Gi' },
    ],
    [
      'a volume that names its claim, and has the size',
      volume('{{ .Values.global.slow_data_dir }}/a/b/', '  claimRef: {name: data, namespace: services}\n'),
      claim('storageClassName: host-dir'),
      { role: 'slow', directory: 'a/b', size: '20Gi' },
    ],
  ])('%s', (_, pv, pvc, place) => {
    const { rendered } = inspect(
      chart({ 'deployment.yaml': pod, 'v.yaml': pv, 'c.yaml': pvc }),
      {},
      { fastDataDir: '/data/fast', slowDataDir: '/data/slow' },
    );
    expect(rendered.volumes).toEqual([{ claim: 'data', namespace: 'services', ...place }]);
    expect(rendered.objects.map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'Ingress']);
  });

  test.each<[string, string, string, RegExp]>([
    ['elsewhere on the node', volume('/srv/portal'), claim(`volumeName: v, ${size}`), /v: it is no directory below/],
    ['all data', volume('/home/kaapana'), claim(`volumeName: v, ${size}`), /Write hostPath: .*fast_data_dir/],
    ['a way out', volume('/home/kaapana/../x'), claim(`volumeName: v, ${size}`), /v: it is no directory below/],
    ['no claim', volume('/home/kaapana/x'), claim(size), /v: no claim of the chart takes it/],
  ])('%s is refused, and what to write instead is said', (_, pv, pvc, reason) => {
    expect(reasons(chart({ 'deployment.yaml': DEPLOYMENT, 'v.yaml': pv, 'c.yaml': pvc }))).toContainEqual(
      expect.stringMatching(reason),
    );
  });

  const env = (name: string): string =>
    `${DEPLOYMENT}        env: [{name: PASSWORD, value: "{{ .Values.global.${name} }}"}]\n`;

  test("the password of the platform's Grafana becomes one of the chart's own", () => {
    const { rendered } = inspect(chart({ 'deployment.yaml': env('credentials_grafana_password') }));
    expect(rendered.secrets).toEqual(['credentials_grafana_password']);
    expect(JSON.stringify(rendered.objects)).toContain('<secret:credentials_grafana_password>');
  });

  test('another one is refused, and can be replaced by one of its own', () => {
    const file = chart({ 'deployment.yaml': env('credentials_keycloak_admin_password') });
    expect(reasons(file)).toEqual([expect.stringMatching(/add it with --secret credentials_keycloak_admin_password$/)]);
    const secret = ['credentials_keycloak_admin_password'];
    expect(inspect(file, { secret }).rendered.secrets).toEqual(secret);
  });
});

describe('what is left out', () => {
  const job = (name: string, hook: string, more = ''): string =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}, annotations: {helm.sh/hook: "${hook}"${more}}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "registry.example.com/a:1"}]}}}\n`;

  test('tests are, and parts of hooks that this program has no time for', () => {
    const { leftOut, objects } = inspect(
      chart({
        'a.yaml': job('a', 'test'),
        'b.yaml': job('b', 'test-success,test-failure'),
        'c.yaml': job('c', 'post-install, test', ', helm.sh/hook-delete-policy: hook-succeeded'),
        'd.yaml': job('d', 'pre-install,pre-upgrade'),
        'NOTES.txt': '# Open it.\n',
      }),
    ).rendered;
    expect(objects.filter(({ kind }) => kind === 'Job').map(({ metadata }) => metadata)).toEqual([
      expect.objectContaining({ name: 'c', annotations: expect.objectContaining({ 'helm.sh/hook': 'post-install' }) }),
      expect.objectContaining({ name: 'd' }),
    ]);
    expect(leftOut).toEqual([
      'Job services/a (hook for test)',
      'Job services/b (hook for test-success)',
      'Job services/b (hook for test-failure)',
      'Job services/c (hook for test)',
      'Job services/c (helm.sh/hook-delete-policy: it stays when it has run)',
      'Job services/d (hook for pre-upgrade: it runs again only when it has changed)',
      "templates/NOTES.txt (Helm's text after an installation)",
    ]);
  });

  test('a hook of an installation and of a removal keeps the first', () => {
    const file = chart({ 'a.yaml': job('a', 'post-install,pre-delete') });
    expect(reasons(file)).toEqual([expect.stringMatching(/--without-removal-hooks$/)]);
    expect(inspect(file, { withoutRemovalHooks: true }).rendered.leftOut).toEqual([
      'Job services/a (hook for pre-delete)',
    ]);
  });

  test('objects are on somebody’s word, by kind or name', () => {
    const file = chart({
      'a.yaml': 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules: []\n',
      'b.yaml': 'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: b}\n',
    });
    expect(reasons(file)).toEqual([
      expect.stringMatching(/--without ClusterRole$/),
      expect.stringMatching(/--without CronJob/),
    ]);
    const without = ['ClusterRole', 'CronJob/b'];
    expect(inspect(file, { without }).rendered).toMatchObject({
      without,
      leftOut: ['ClusterRole services/a (--without)', 'CronJob services/b (--without)'],
    });
    expect(reasons(chart(), { without: ['Role/x'] })).toEqual([expect.stringMatching(/the chart has no such object/)]);
  });
});

describe('budgets and scalers', () => {
  const budget = (app: string): string =>
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b}\nspec: {maxUnavailable: 1, selector: {matchLabels: {app: ${app}}}}\n`;
  const scaler = (name: string): string =>
    `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}}\n`;

  test("are taken for the chart's own pods", () => {
    expect(reasons(chart({ 'b.yaml': budget('viewer'), 'h.yaml': scaler('viewer') }))).toEqual([]);
  });

  test('are refused for those of others', () => {
    expect(reasons(chart({ 'b.yaml': budget('other'), 'h.yaml': scaler('other') }))).toEqual([
      "PodDisruptionBudget services/b: it is about other pods than the chart's own",
      "HorizontalPodAutoscaler services/h: it scales the Deployment other, which is not the chart's",
    ]);
  });
});

test('a key that is rendered twice with one value is taken and said; empty tables are none', () => {
  const twice = DEPLOYMENT.replace('{labels: {app: viewer}}', '{labels: {app: viewer, app: viewer}}').replace(
    'metadata: {name: viewer}',
    'metadata: {name: viewer, annotations: null, labels: null}',
  );
  const { notes, rendered } = inspect(chart({ 'deployment.yaml': twice }));
  expect(notes).toEqual(['what it renders to has the key app twice, with the same value']);
  expect(rendered.objects[0]?.metadata).toEqual({ name: 'viewer', namespace: 'services' });
});

test('a version may be written as Helm takes it', () => {
  for (const version of ['"1.0"', 'v2.3.4', '1.0.0-rc.1+build.5'])
    expect(reasons(chart({}, '', CHART_YAML.replace('1.2.3', version)))).toEqual([]);
  expect(reasons(chart({}, '', CHART_YAML.replace('1.2.3', '1.0')))).toEqual([
    'Chart.yaml: its version is not valid; write three numbers in quotes, such as "1.0.0"',
  ]);
});

describe('the server that charts are told of', () => {
  const told = (set: Readonly<Record<string, unknown>>, file = chart()): [Inspected, Rendering['server']] => {
    let server: Rendering['server'] | undefined;
    const inspected = inspectChart(
      file,
      { set: [], secret: [], withoutRemovalHooks: false },
      settings(set),
      (rendering) => {
        server = rendering.server;
        return renderPlainly(rendering);
      },
    );
    if (!server) throw new Error('nothing was rendered');
    return [inspected, server];
  };

  test('is the one of the setting, and has what the platform brings', () => {
    expect(told({ kubernetesVersion: '1.34.1' })[1].version).toBe('1.34.1');
    const { version, apiVersions } = told({})[1];
    expect(version).toBe('1.33.4');
    expect(apiVersions).toEqual(expect.arrayContaining(['traefik.io/v1alpha1', 'traefik.io/v1alpha1/Middleware']));
    expect(serverOf({}).apiVersions).toEqual(apiVersions);
  });

  test('is noted where a chart asks for it', () => {
    expect(told({})[0].rendered.kubernetes).toBeUndefined();
    const asks = chart({}, '', `${CHART_YAML}kubeVersion: ">=1.30.0-0"\n`);
    expect(told({ kubernetesVersion: '1.34.1' }, asks)[0].rendered.kubernetes).toBe('1.34.1');
  });
});

test('a schema keeps what is its own, and loses what it takes from elsewhere', () => {
  const schema = {
    $schema: 'https://example.org/own-draft',
    $id: 'https://example.org/portal',
    additionalProperties: false,
    properties: {
      port: { $ref: '#/$defs/port' },
      same: { $ref: 'https://example.org/portal#/$defs/port' },
      file: { $ref: 'file:///etc/passwd', minLength: 1 },
      web: { $ref: 'https://example.org/other.json' },
      odd: { enum: [{ $ref: 'https://example.org/data' }] },
    },
    $defs: { port: { type: 'integer' } },
  };
  const { files, left } = withLocalSchemas(
    new Map([
      ['charts/a/values.schema.json', Buffer.from(JSON.stringify(schema))],
      ['files/values.schema.json.txt', Buffer.from('x')],
      ['values.schema.json', Buffer.from('{')],
    ]),
  );
  const { $schema: _, ...rest } = schema;
  expect(JSON.parse(files.get('charts/a/values.schema.json')?.toString() ?? '')).toEqual({
    ...rest,
    properties: { ...schema.properties, file: { minLength: 1 }, web: {}, global: {} },
  });
  expect(left).toEqual([
    'charts/a/values.schema.json: what it takes from file:///etc/passwd is not checked',
    'charts/a/values.schema.json: what it takes from https://example.org/other.json is not checked',
  ]);
  expect(files.get('values.schema.json')?.toString()).toBe('{');
});

test('globals of the platform are kept from charts that read none', () => {
  const valuesOf = (file: Buffer): unknown => {
    let values: unknown;
    inspectChart(file, { set: [], secret: [], withoutRemovalHooks: false }, settings(), (rendering) => {
      values = rendering.values;
      return renderPlainly(rendering);
    });
    return values;
  };
  expect(valuesOf(packed({ 'Chart.yaml': CHART_YAML, 'templates/a.yaml': `# hostname\n${DEPLOYMENT}` }))).toEqual({});
  expect(
    valuesOf(
      packed({
        'Chart.yaml': CHART_YAML,
        'templates/a.yaml': `${DEPLOYMENT}        args: ["{{ .Values.global.hostname }}"]\n`,
      }),
    ),
  ).toEqual({ global: { hostname: settings().domain } });
});
