import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITIONS } from '../../constructs/extensions/catalogue';
import { explainExtension } from '../../src/report/extensions';
import { environmentFile, kaapana, workDirectory } from './support';

const directory = workDirectory();
const site = environmentFile(directory, 'Pulumi.site.yaml', {
  extensions: [
    { name: 'jupyterlab-chart', as: 'demo1' },
    { name: 'jupyterlab-chart', as: 'demo2' },
    { name: 'nnunet-workflow' },
  ],
});

test('a table of all extensions', () => {
  const { status, stdout } = kaapana(['extensions']);
  expect(status).toBe(0);
  const [heading = '', , ...rows] = stdout.trimEnd().split('\n');
  expect(heading.split(/ {2,}/)).toEqual(['NAME', 'KIND', 'MATURITY', 'HARDWARE', 'VERSIONS', 'SEVERAL']);
  expect(rows.map((row) => row.split(' ')[0])).toEqual(DEFINITIONS.map(({ name }) => name));
  expect(rows.map((row) => row.split(/ {2,}/))).toEqual(
    expect.arrayContaining([
      ['jupyterlab-chart', 'application', 'stable', 'cpu', "the platform's", 'yes'],
      ['nnunet-workflow', 'workflow', 'stable', 'gpu', "the platform's", 'no'],
      ['shapemodel-workflow', 'workflow', 'stable', 'cpu', '0.3.5', 'no'],
    ]),
  );
});

test('what is installed in an environment, by which names', () => {
  const { stdout } = kaapana(['extensions', '--env', site]);
  expect(stdout).toContain('INSTALLED AS');
  expect(stdout).toMatch(/^jupyterlab-chart .* jupyterlab-chart-demo1, jupyterlab-chart-demo2$/m);
  expect(stdout).toMatch(/^nnunet-workflow .* no {2,}nnunet-workflow$/m);
  expect(stdout).toMatch(/^slim-chart .* -$/m);
  expect(kaapana(['extensions', 'jupyterlab-chart', '--env', site]).stdout).toContain(
    'Installed as:  jupyterlab-chart-demo1, jupyterlab-chart-demo2',
  );
});

test('one is explained, with its parameters and where to read on', () => {
  const { stdout } = kaapana(['extensions', 'minio-sync-chart']);
  expect(stdout).toContain(
    'MinIO Sync (minio-sync-chart)\nKeeps a directory of the server and a path of the object store alike.\n',
  );
  expect(stdout).toContain('https://kaapana.readthedocs.io/en/stable/user_guide/extensions.html#minio-sync');
  expect(stdout).toContain(
    'sync_strategy (list_single, default "Bidirectional")\n    Which way files go\n    Choices: Host2Minio, Minio2Host, Bidirectional\n',
  );
  const registry = kaapana(['extensions', 'custom-registry-chart']).stdout;
  expect(registry).toContain('custom_registry_url (string, required)');
  expect(registry).toContain(
    "pulumi config set --stack '<environment>' --secret --path 'kaapana:extensions[0].parameters.credentials_custom_registry_password'",
  );
  expect(kaapana(['extensions', 'nnunet-workflow']).stdout).toContain(
    'nnunet-predict, nnunet-training, nnunet-ensemble, nnunet-install-model, nnunet-uninstall-models',
  );
});

test('each image is named once', () => {
  const images = DEFINITIONS.map(({ name }) => /^Images: +(.*)$/m.exec(explainExtension(name))?.[1]?.split(', ') ?? []);
  expect(images.filter((names) => new Set(names).size < names.length)).toEqual([]);
  expect(explainExtension('total-segmentator-v2-workflow')).toContain('get-totalsegmentator-v2-models');
});

test('what workflows start says so', () => {
  const { stdout } = kaapana(['extensions', 'mitk-flow-chart']);
  expect(stdout).toContain('Kind:          internal, stable, cpu\n');
  expect(stdout).toContain(
    'Installed:     by workflows, which start it while they run, each time by the name of the run; a user ends it\n',
  );
  expect(stdout).toContain('dynamicVolumes (map, default {"workflow-data":"/kaapana/mounted/data"})\n');
});

test.each([
  ['jupyterlab', 'Did you mean jupyterlab-chart?'],
  ['register-dicoms', 'It is registration-workflow, a workflow of the extension kaapana-workflows-core.'],
  ['test-task', 'It is dummy-workflow, a workflow of the extension kaapana-workflows-core.'],
  ['static-website-chart', 'It is a component of earlier releases, which kaapana:components takes as static-website.'],
  [
    'kaapana-persistence-chart',
    'It is a component of earlier releases, which kaapana:components takes as kaapana-persistence.',
  ],
  ['nnunet-predict', 'It is a workflow of the extension nnunet-workflow.'],
  ['mitk-workbnch-chart', 'Did you mean mitk-workbench-chart?'],
])('%s is not an extension: %s', (name, hint) => {
  for (const args of [
    ['extensions', name],
    ['extension', 'pack', name, '--out', directory],
    ['extension', 'pack', 'slim-chart', 'all', name, '--out', directory],
  ]) {
    expect(kaapana(args)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `there is no extension "${name}". ${hint}\n`,
    });
  }
});

test('charts are written, the same bytes each time', () => {
  const [a, b] = [join(directory, 'a', 'charts'), join(directory, 'b')];
  const names = ['minio-sync-chart', 'nnunet-workflow', 'minio-sync-chart'];
  const { status, stdout } = kaapana(['extension', 'pack', ...names, '--out', a]);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: `${join(a, 'minio-sync-chart-0.6.0.tgz')}\n${join(a, 'nnunet-workflow-0.6.0.tgz')}\n`,
  });
  kaapana(['extension', 'pack', ...names, '--out', b], { env: { ...process.env, TZ: 'Asia/Tokyo' } });
  for (const file of readdirSync(a)) expect(readFileSync(join(b, file)).equals(readFileSync(join(a, file)))).toBe(true);
});

test('nothing is written where there can be no directory', () => {
  const { status, stderr } = kaapana(['extension', 'pack', 'slim-chart', '--out', site]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^nothing can be written to .*Pulumi\.site\.yaml: EEXIST/);
  expect(existsSync(join(directory, 'slim-chart-0.6.0.tgz'))).toBe(false);
});
