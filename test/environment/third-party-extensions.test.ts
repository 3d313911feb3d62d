import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartName, type Choices, inspectChart } from '../../src/charts/inspect';
import { type Environment, loadEnvironment } from '../../src/environment/load';
import { ThirdPartyExtensions } from '../../src/environment/third-party-extensions';
import { renderManifests } from '../../src/render/manifests';
import { remove } from '../../src/settings/problems';
import { chart, DEPLOYMENT, INGRESS, renderPlainly, SERVICE } from '../charts/support';
import { environmentFile, workDirectory } from '../cli/support';
import { asNobody } from '../nobody';

/** From the chart to the tree and back: what `extension add` and `extension remove` do, but for helm. */

const root = workDirectory();
let counter = 0;
let file = '';

beforeEach(() => {
  counter += 1;
  mkdirSync(join(root, String(counter)));
  file = environmentFile(join(root, String(counter)), 'Pulumi.site.yaml', {});
});

function add(packed: Buffer, choices: Partial<Choices> = {}): void {
  const environment = new ThirdPartyExtensions(file);
  const all = { set: [], secret: [], withoutRemovalHooks: false, ...choices };
  environment.add(inspectChart(packed, all, environment.settings, renderPlainly), packed, all.project);
}

/** A chart whose names, labels and path begin with `name`. */
function named(name: string, more: Readonly<Record<string, string>> = {}): Buffer {
  const renamed = (text: string): string => text.replaceAll(/(name: |app: |path: \/|- name: )viewer/g, `$1${name}`);
  return chart({
    'deployment.yaml': renamed(DEPLOYMENT),
    'service.yaml': renamed(SERVICE),
    'ingress.yaml': renamed(INGRESS),
    ...more,
  });
}

const ids = ({ graph }: Environment): string[] => graph.nodes.map(({ id }) => id);
const settingsText = (): string => readFileSync(file, 'utf8');

test('a chart of others is deployed as all objects are, and opened to the reverse proxy alone', () => {
  const before = ids(loadEnvironment(file));
  add(chart());
  const environment = loadEnvironment(file);
  expect(
    ids(environment)
      .filter((id) => !before.includes(id))
      .sort(),
  ).toEqual([
    'Deployment/services/viewer',
    'Ingress/services/viewer',
    'NetworkPolicy/services/viewer-ingress',
    'Service/services/viewer',
  ]);
  expect(ids(environment)).toEqual(expect.arrayContaining(before));

  const { component, manifest, dependsOn } = environment.graph.byId.get('Deployment/services/viewer') ?? {};
  expect(component).toBe('extensions/viewer');
  expect(manifest).toMatchObject({
    spec: { template: { spec: { containers: [{ image: 'registry.example.com/group/viewer:1.2.3' }] } } },
  });
  expect(dependsOn).toContain('Namespace//services');
  expect(environment.graph.byId.get('NetworkPolicy/services/viewer-ingress')?.manifest.spec).toEqual({
    podSelector: { matchLabels: { app: 'viewer' } },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'admin' } },
            podSelector: { matchLabels: expect.objectContaining({}) },
          },
          { podSelector: { matchLabels: { app: 'viewer' } } },
        ],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ],
  });
});

test('the file says what is there, and keeps its comments', () => {
  writeFileSync(file, `# Ours.\n${settingsText()}`);
  add(chart({}, 'extension_params:\n  mode: {type: list_single, default: a, value: [a, b]}\n'), {
    as: 'one',
    set: ['mode=b'],
    project: 'admin',
  });
  expect(settingsText()).toMatch(
    /^# Ours\.\n[^]*kaapana:thirdPartyExtensions:\n +- as: one\n +chart: extensions\/site\/one\/chart.tgz\n +sha256: [0-9a-f]{64}\n +rendered: [0-9a-f]{64}\n +project: admin\n +values:\n +mode: b\n$/,
  );
});

test('a file that has the list by its former name keeps that name', () => {
  add(named('first'), { as: 'first' });
  writeFileSync(file, settingsText().replace('kaapana:thirdPartyExtensions:', 'kaapana:foreignExtensions:'));
  const before = settingsText();
  add(named('second'), { as: 'second' });
  expect(settingsText()).not.toContain('thirdPartyExtensions');
  expect(loadEnvironment(file).settings.thirdPartyExtensions.map(({ as }) => as)).toEqual(['first', 'second']);
  expect(new ThirdPartyExtensions(file).howTo.command(remove('thirdPartyExtensions[1]'))).toContain(
    'kaapana:foreignExtensions[1]',
  );
  new ThirdPartyExtensions(file).remove('second');
  expect(settingsText()).toBe(before);
});

test('the same chart gives the same bytes', () => {
  add(chart(), { as: 'one' });
  const first = readFileSync(join(root, String(counter), 'extensions/site/one/rendered.yaml'));
  new ThirdPartyExtensions(file).remove('one');
  add(chart(), { as: 'one' });
  expect(readFileSync(join(root, String(counter), 'extensions/site/one/rendered.yaml')).equals(first)).toBe(true);
});

test('removal takes out exactly its objects, twice, and leaves the others and the file as they were', () => {
  const before = settingsText();
  add(named('first'), { as: 'first' });
  const [alone, text] = [ids(loadEnvironment(file)), settingsText()];
  for (let round = 0; round < 2; round += 1) {
    add(named('second'), { as: 'second' });
    expect(ids(loadEnvironment(file)).length).toBe(alone.length + 4);
    new ThirdPartyExtensions(file).remove('second');
    expect(ids(loadEnvironment(file))).toEqual(alone);
    expect(settingsText()).toBe(text);
    expect(existsSync(join(root, String(counter), 'extensions/site/second'))).toBe(false);
  }
  expect(existsSync(join(root, String(counter), 'extensions/site/first/chart.tgz'))).toBe(true);
  new ThirdPartyExtensions(file).remove('first');
  expect(settingsText()).toBe(before);
  expect(() => {
    new ThirdPartyExtensions(file).remove('first');
  }).toThrow('"first" is not one of the third-party charts of site: there are none');
});

test('credentials stand in Secrets alone, whatever the chart did with them', () => {
  const env =
    'env:\n        - {name: URL, value: "http://a:{{ .Values.global.password }}@b"}\n        - {name: MINIO, value: "{{ .Values.global.credentials_minio_password }}"}\n        - {name: OWN, value: "{{ .Values.global.password }}"}\n';
  const encoded = Buffer.from('user:<secret:password>').toString('base64');
  add(
    chart(
      {
        'deployment.yaml': `${DEPLOYMENT}        ${env}`,
        'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: viewer}\nstringData: {url: "http://a:{{ .Values.global.password }}@b"}\ndata: {both: ${encoded}, plain: aGVsbG8=}\n`,
      },
      'extension_params:\n  password: {type: string, default: ""}\n',
    ),
    { secret: ['password'] },
  );
  const { graph, owner, secrets } = loadEnvironment(file);
  const objects = renderManifests(graph, { owner, secretOf: (name) => secrets.resolve(name) }).map(
    ({ manifest }) => manifest,
  );
  const find = (kind: string, name: string) =>
    objects.find((object) => object.kind === kind && object.metadata.name === name);
  const data = (name: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(find('Secret', name)?.['data'] ?? {}).map(([key, value]) => [
        key,
        Buffer.from(String(value), 'base64').toString(),
      ]),
    );

  const { password } = data('viewer-credentials');
  expect(password).toMatch(/^[\w-]{30,}$/);
  expect(Object.values(data('viewer-credentials'))).toContain(`http://a:${password ?? ''}@b`);
  expect(data('viewer-credentials')['credentials_minio_password']).toBe('Minio2020');
  expect(data('viewer')).toEqual({
    url: `http://a:${password ?? ''}@b`,
    both: `user:${password ?? ''}`,
    plain: 'hello',
  });
  expect(find('Deployment', 'viewer')).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            {
              env: [
                {
                  name: 'URL',
                  valueFrom: {
                    secretKeyRef: {
                      name: 'viewer-credentials',
                      key: expect.stringMatching(/^password-in-[0-9a-f]{8}$/) as string,
                    },
                  },
                },
                {
                  name: 'MINIO',
                  valueFrom: { secretKeyRef: { name: 'viewer-credentials', key: 'credentials_minio_password' } },
                },
                { name: 'OWN', valueFrom: { secretKeyRef: { name: 'viewer-credentials', key: 'password' } } },
              ],
            },
          ],
        },
      },
    },
  });
  expect(readFileSync(join(root, String(counter), 'extensions/site/viewer/rendered.yaml'), 'utf8')).not.toContain(
    'Minio2020',
  );

  const entry = new ThirdPartyExtensions(file).find('viewer');
  writeFileSync(
    file,
    settingsText().replace(entry?.rendered ?? '', `${entry?.rendered ?? ''}\n      secrets: {password: of-our-own}`),
  );
  expect(loadEnvironment(file).secrets.resolve('thirdPartyExtensions[0].secrets.password')).toBe('of-our-own');
});

test("hooks of an install come before and after the chart's objects; those of a removal are left out on somebody's word", () => {
  const job = (name: string, hook: string): string =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}, annotations: {helm.sh/hook: "${hook}"}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "registry.example.com/a:1"}]}}}\n`;
  add(
    chart({
      'a.yaml': job('before', 'pre-install,pre-upgrade'),
      'b.yaml': job('after', 'post-install'),
      'c.yaml': job('end', 'pre-delete'),
    }),
    { withoutRemovalHooks: true },
  );
  const { graph } = loadEnvironment(file);
  expect(graph.byId.get('Deployment/services/viewer')?.dependsOn).toContain('Job/services/before');
  expect(graph.byId.get('Job/services/after')?.dependsOn).toContain('Deployment/services/viewer');
  expect(graph.byId.has('Job/services/end')).toBe(false);
  expect(readFileSync(join(root, String(counter), 'extensions/site/viewer/rendered.yaml'), 'utf8')).toContain(
    '- Job services/end (hook for pre-delete)\n',
  );
});

test('what the platform offers lets in the pods that name it', () => {
  const before = JSON.stringify(
    loadEnvironment(file).graph.byId.get('NetworkPolicy/services/minio-deployment-ingress')?.manifest,
  );
  add(chart({ 'deployment.yaml': `${DEPLOYMENT}        args: [http://minio-service.services.svc:9000]\n` }));
  const after = JSON.stringify(
    loadEnvironment(file).graph.byId.get('NetworkPolicy/services/minio-deployment-ingress')?.manifest,
  );
  expect(before).not.toContain('"app":"viewer"');
  expect(after).toContain('"app":"viewer"');
});

describe('nothing is written where it would take something from the rest', () => {
  test.each<[string, () => Buffer, RegExp]>([
    [
      'an object',
      () => chart({ 'service.yaml': SERVICE.replace('{name: viewer}', '{name: minio-service}') }),
      /Service\/services\/minio-service is in the tree 2 times/,
    ],
    [
      'labels of a service',
      () => chart({ 'deployment.yaml': DEPLOYMENT.replaceAll('{app: viewer}', '{app.kubernetes.io/name: minio}') }),
      /Deployment\/services\/viewer: its pods have the labels of those of Service\/services\/minio-service/,
    ],
    [
      'pods of the platform',
      () => chart({ 'service.yaml': SERVICE.replace('app: viewer', 'app.kubernetes.io/name: minio') }),
      /Service\/services\/viewer: it selects the pods of Deployment\/services\/minio-deployment, which are not the chart's/,
    ],
    [
      'a route',
      () => chart({ 'ingress.yaml': INGRESS.replace('/viewer', '/kaapana-backend/viewer') }),
      /Ingress\/services\/viewer: the path \/kaapana-backend\/viewer belongs to Ingress\//,
    ],
    [
      'a directory',
      () =>
        chart({
          'deployment.yaml': `${DEPLOYMENT}      volumes: [{name: v, hostPath: {path: /home/kaapana/minio/x}}]\n`,
        }),
      /Deployment\/services\/viewer: the directory \/home\/kaapana\/minio\/x is that of PersistentVolume\//,
    ],
    [
      'an amount of memory',
      () => chart({ 'deployment.yaml': `${DEPLOYMENT}        resources: {limits: {memory: much}}\n` }),
      /Deployment\/services\/viewer \(of the extension viewer\): spec\.template\.spec\.containers\[0\]\.resources\.limits\.memory must be a quantity.*"much"/,
    ],
    [
      'a missing service',
      () => chart({ 'service.yaml': '' }),
      /Ingress\/services\/viewer refers to Service\/services\/viewer, which does not exist/,
    ],
  ])('%s', (_, packed, reason) => {
    const before = settingsText();
    expect(() => {
      add(packed());
    }).toThrow(reason);
    expect(settingsText()).toBe(before);
    expect(existsSync(join(root, String(counter), 'extensions'))).toBe(false);
  });
});

describe('where the environment file cannot be written, all stays as it was', () => {
  const folder = (): string => join(root, String(counter));
  const open = (path: string): void => {
    chmodSync(join(folder(), path), 0o777);
  };
  beforeEach(() => {
    chmodSync(root, 0o755);
    chmodSync(file, 0o444);
  });

  test('of a chart that is added', () => {
    open('.');
    expect(() => {
      asNobody(() => {
        add(chart());
      });
    }).toThrow(/Pulumi\.site\.yaml cannot be written, and nothing is changed: EACCES/);
    expect(readdirSync(folder())).toEqual(['Pulumi.site.yaml']);
  });

  test('of a chart that is put in the place of another one', () => {
    add(chart());
    for (const path of [
      '.',
      'extensions/site/viewer',
      'extensions/site/viewer/chart.tgz',
      'extensions/site/viewer/rendered.yaml',
    ])
      open(path);
    expect(() => {
      asNobody(() => {
        add(chart({ 'deployment.yaml': DEPLOYMENT.replace('1.2.3', '1.2.4') }));
      });
    }).toThrow(/cannot be written/);
    expect(ids(loadEnvironment(file))).toContain('Deployment/services/viewer');
    expect(readFileSync(join(folder(), 'extensions/site/viewer/rendered.yaml'), 'utf8')).toContain('1.2.3');
  });
});

describe('a preview compares what is there with what was added', () => {
  const rendered = (): string => join(root, String(counter), 'extensions/site/viewer/rendered.yaml');
  const registry = DEPLOYMENT.replace('registry.example.com', '{{ .Values.global.registry_url }}');

  test.each<[string, () => void, RegExp]>([
    [
      'a changed rendering',
      () => {
        writeFileSync(rendered(), readFileSync(rendered(), 'utf8').replace('1.2.3', '6.6.6'));
      },
      /rendered\.yaml is not what the settings have the checksum of/,
    ],
    [
      'a changed chart',
      () => {
        writeFileSync(join(rendered(), '../chart.tgz'), 'x');
      },
      /chart\.tgz is not what the settings have the checksum of/,
    ],
    [
      'other settings',
      () => {
        writeFileSync(file, settingsText().replace('registry.example.org/kaapana', 'registry.example.org/other'));
      },
      /the settings have changed since it was rendered \(registry_url\)\. Render it again: npx kaapana extension add extensions\/site\/viewer\/chart\.tgz --env site --as viewer --replace/,
    ],
    [
      'other values',
      () => {
        writeFileSync(file, `${settingsText().trimEnd()}\n      values: {display_name: x}\n`);
      },
      /its values in the settings are not those that it was rendered with/,
    ],
    [
      'an unknown secret',
      () => {
        writeFileSync(file, `${settingsText().trimEnd()}\n      secrets: {key: x}\n`);
      },
      /its secret key is none that it was rendered with/,
    ],
    [
      'a credential in plain sight',
      () => {
        writeFileSync(file, `${settingsText().trimEnd()}\n      values: {password: x}\n`);
      },
      /kaapana:thirdPartyExtensions\[0\]\.values: "password" is a credential/,
    ],
    [
      'another project',
      () => {
        writeFileSync(file, `${settingsText().trimEnd()}\n      project: nobody\n`);
      },
      /kaapana:thirdPartyExtensions\[0\]\.project: "nobody" is not one of the projects admin/,
    ],
    [
      'a path out of the folder',
      () => {
        writeFileSync(file, settingsText().replace('extensions/site/viewer/chart', '../x/chart'));
      },
      /kaapana:thirdPartyExtensions\[0\]\.chart: "\.\.\/x\/chart\.tgz" is not a path of a chart\.tgz/,
    ],
  ])('%s', (_, change, reason) => {
    add(chart({ 'deployment.yaml': registry }));
    expect(loadEnvironment(file).graph.nodes.length).toBeGreaterThan(100);
    change();
    expect(() => loadEnvironment(file)).toThrow(reason);
  });

  test('other settings that the chart does not name change nothing', () => {
    add(chart({ 'deployment.yaml': registry }));
    writeFileSync(file, settingsText().replace('kaapana.example.org', 'elsewhere.example.org'));
    expect(ids(loadEnvironment(file))).toContain('Deployment/services/viewer');
  });

  test('what is rendered again keeps its values', () => {
    add(
      chart(
        { 'deployment.yaml': registry },
        'extension_params:\n  mode: {type: list_multi, default: [a], value: [a, b]}\n',
      ),
      { set: ['mode=a,b'] },
    );
    const before = settingsText();
    const environment = new ThirdPartyExtensions(file);
    const packed = readFileSync(join(rendered(), '../chart.tgz'));
    const choices = environment.choices(chartName(packed) ?? '', { set: [], secret: [], withoutRemovalHooks: false });
    expect(choices).toEqual({
      as: 'viewer',
      plain: [],
      project: undefined,
      before: { mode: ['a', 'b'] },
      set: [],
      secret: [],
      without: [],
      withoutRemovalHooks: false,
    });
    environment.add(inspectChart(packed, choices, environment.settings, renderPlainly), packed, choices.project);
    expect(settingsText()).toBe(before);
  });
});

describe('what a chart makes up', () => {
  let drawn = 0;
  const renderAtRandom: typeof renderPlainly = (rendering) => {
    drawn += 1;
    const random = createHash('sha512').update(String(drawn)).digest('base64').replace(/\W/g, '').slice(0, 32);
    return renderPlainly(rendering).replaceAll('RANDOM', random);
  };
  const packed = (more = '') =>
    chart({
      'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: viewer-db}\nstringData: {url: "db://u:RANDOM@h", word: RANDOM}\n`,
      'more.yaml': more,
    });
  const addAtRandom = (archive: Buffer): void => {
    const environment = new ThirdPartyExtensions(file);
    const choices = environment.choices('viewer', { set: [], secret: [], withoutRemovalHooks: false });
    environment.add(inspectChart(archive, choices, environment.settings, renderAtRandom), archive, undefined);
  };
  const secretOf = (environment: Environment): Record<string, string> => {
    const { graph, owner, secrets } = environment;
    const [found] = renderManifests(graph, { owner, secretOf: (name) => secrets.resolve(name) }).filter(
      ({ manifest }) => manifest.metadata.name === 'viewer-db',
    );
    return Object.fromEntries(
      Object.entries(found?.manifest['data'] ?? {}).map(([key, value]) => [
        key,
        Buffer.from(String(value), 'base64').toString(),
      ]),
    );
  };

  test('is derived from the root secret, stays over updates, and stands in no file', () => {
    addAtRandom(packed());
    const first = secretOf(loadEnvironment(file));
    expect(first['word']).toMatch(/^[A-Za-z0-9]+$/);
    expect(first['url']).toBe(`db://u:${first['word'] ?? ''}@h`);
    addAtRandom(packed(SERVICE.replaceAll('name: viewer', 'name: second')));
    expect(secretOf(loadEnvironment(file))).toEqual(first);
    const files = [file, join(root, String(counter), 'extensions/site/viewer/rendered.yaml')].map((path) =>
      readFileSync(path, 'utf8'),
    );
    for (const text of files)
      for (const part of [first['word'] ?? '', Buffer.from(first['word'] ?? '').toString('base64')])
        expect(text).not.toContain(part);
    const { graph, owner } = loadEnvironment(file);
    expect(JSON.stringify(renderManifests(graph, { owner }))).not.toContain(first['word']);
  });

  test('somebody may set instead, and keeps it', () => {
    addAtRandom(packed());
    const entry = new ThirdPartyExtensions(file).find('viewer');
    writeFileSync(
      file,
      settingsText().replace(
        entry?.rendered ?? '',
        `${entry?.rendered ?? ''}\n      secrets: {generated.viewer-db.word: of-our-own}`,
      ),
    );
    expect(secretOf(loadEnvironment(file))).toEqual({ url: 'db://u:of-our-own@h', word: 'of-our-own' });
    addAtRandom(packed());
    expect(secretOf(loadEnvironment(file))['word']).toBe('of-our-own');
  });

  test('a private key of several lines may be set', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n';
    addAtRandom(packed());
    const entry = new ThirdPartyExtensions(file).find('viewer');
    writeFileSync(
      file,
      settingsText().replace(
        entry?.rendered ?? '',
        `${entry?.rendered ?? ''}\n      secrets: {generated.viewer-db.word: ${JSON.stringify(key)}}`,
      ),
    );
    expect(secretOf(loadEnvironment(file))['word']).toBe(key);
  });
});
