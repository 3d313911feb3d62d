import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { readEnvironment } from '../../src/environment/file';
import { buildPlatform } from '../../src/environment/tree';
import { editorSchema } from '../../src/settings/generate';
import { parseSettings, type Settings } from '../../src/settings/parse';
import { SECRET_PATHS } from '../../src/settings/sealing';
import { REQUIRED } from './support';

type Keys = Readonly<Record<string, unknown>>;

const FILES = readdirSync('examples').filter((file) => file.endsWith('.yaml'));
const SECRETS = { credentials: REQUIRED.credentials, containerRegistryPassword: 'Registry2020' };

function example(file: string): Settings {
  const { environment, raw } = readEnvironment(join('examples', file), '.');
  return parseSettings({ ...raw, ...SECRETS }, environment).settings;
}

/** Validates as an editor does; ajv reads an older JSON schema, in which all that we use means the same. */
const editor = new Ajv({ allErrors: true }).compile({ ...editorSchema(), $schema: undefined });

function config(keys: Keys): { config: Keys } {
  return { config: Object.fromEntries(Object.entries(keys).map(([key, value]) => [`kaapana:${key}`, value])) };
}

test('there is one for each kind of server', () => {
  expect(FILES).toEqual(
    ['gpu', 'longhorn', 'nfs', 'offline', 'production', 'second-instance', 'third-instance'].map(
      (name) => `Pulumi.${name}.yaml`,
    ),
  );
});

test.each(FILES)('%s is right once it has secrets, and gives a platform', (file) => {
  const settings = example(file);
  const host = settings.serverStack === undefined ? undefined : example(`Pulumi.${settings.serverStack}.yaml`);
  const { graph } = buildPlatform(settings, 'test', host);
  expect(graph.nodes.length).toBeGreaterThan(50);
});

test.each(FILES)('%s has no secret', (file) => {
  const { raw } = readEnvironment(join('examples', file), '.');
  const secrets = [...SECRET_PATHS].filter(
    (path) => path.split('.').reduce<unknown>((at, part) => (at as Keys | undefined)?.[part], raw) !== undefined,
  );
  expect(secrets).toEqual([]);
  expect(() => parseSettings(raw, 'test')).toThrow(/credentials\.minioPassword: is missing.*--secret/);
});

test.each(FILES)('%s says what each group of keys is for, and how secrets are set', (file) => {
  const [head = '', ...groups] = readFileSync(join('examples', file), 'utf8').split(/^(?= {2}#)/m);
  expect(head).toMatch(/pulumi config set --stack <environment> --secret --path kaapana:credentials\.<name>/);
  expect(head.endsWith('config:\n')).toBe(true);
  expect(groups.filter((group) => !/^( {2}# .+\n)+/.test(group))).toEqual([]);
});

test.each(FILES)('%s tells editors of the schema, by its path from where the copy lies', (file) => {
  const [, schema = ''] =
    /^# yaml-language-server: \$schema=(.+)\n/.exec(readFileSync(join('examples', file), 'utf8')) ?? [];
  expect(existsSync(schema)).toBe(true);
});

test.each(FILES)('editors accept %s', (file) => {
  const { raw } = readEnvironment(join('examples', file), '.');
  expect(editor(config({ ...raw, ...SECRETS }))).toBe(true);
});

test('editors accept encrypted secrets, texts of numbers, and what other programs keep in the file', () => {
  const sealed = {
    ...REQUIRED,
    credentials: Object.fromEntries(Object.keys(REQUIRED.credentials).map((key) => [key, { secure: 'v1:x' }])),
  };
  const file = config({ ...sealed, httpPort: '80', totalMemory: 64000, devMode: 'true' });
  expect(editor({ ...file, config: { ...file.config, 'kubernetes:context': 'x' }, encryptionsalt: 'v1:x' })).toBe(true);
  expect(editor(parse(readFileSync('Pulumi.dev.yaml', 'utf8')))).toBe(true);
});

test.each<[string, Keys]>([
  ['an unknown key', { domian: 'x' }],
  ['an unknown key of a group', { nfs: { server: 'a', path: '/x', paths: 1 } }],
  ['an unknown choice', { distribution: 'rke2' }],
  ['a port beyond all', { httpsPort: 65536 }],
  ['a scheme in the domain', { domain: 'https://a.org' }],
  ['an encrypted domain', { domain: { secure: 'v1:x' } }],
  ['a list for a password', { containerRegistryPassword: ['x'] }],
  ['no domain', { domain: undefined }],
  ['a project without a name', { projects: [{}] }],
])('editors refuse %s', (_, given) => {
  expect(editor(JSON.parse(JSON.stringify(config({ ...REQUIRED, ...given }))))).toBe(false);
});

test('the examples are what they say', () => {
  expect(example('Pulumi.production.yaml')).toMatchObject({
    devMode: false,
    pullPolicy: 'IfNotPresent',
    distribution: 'microk8s',
  });
  expect(example('Pulumi.gpu.yaml')).toMatchObject({ gpuSupport: true, gpu: { runtimeClass: 'nvidia', replicas: 2 } });
  expect(example('Pulumi.offline.yaml')).toMatchObject({ offlineMode: true, prefetchExtensions: false });
  expect(example('Pulumi.nfs.yaml')).toMatchObject({ storageProvider: 'nfs', enableNfs: true });
  expect(example('Pulumi.longhorn.yaml')).toMatchObject({ storageProvider: 'longhorn', replicaCount: 3 });
  expect(example('Pulumi.second-instance.yaml')).toMatchObject({
    servicesNamespace: 'trial-services',
    fastDataDir: '/mnt/ssd/kaapana-trial',
  });
  expect(example('Pulumi.third-instance.yaml')).toMatchObject({
    servicesNamespace: 'research-services',
    serverStack: 'production',
  });
});
