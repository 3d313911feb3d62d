import { secretToken } from '../../constructs/kube';
import { extensionWarnings, isSecretParameter } from '../../src/settings/extensions';
import { editorSchema } from '../../src/settings/generate';
import { printed } from '../findings/support';
import { error, problems, REQUIRED, settings } from './support';

type Entry = Readonly<Record<string, unknown>>;
type Mistake = readonly [string, readonly Entry[], string, RegExp, RegExp];

const PROJECTS = [{ name: 'admin' }, { name: 'trial' }];
const JUPYTER = { name: 'jupyterlab-chart', as: 'a' };
const MITK = { name: 'mitk-workbench-chart', as: 'a' };
const SYNC = { name: 'minio-sync-chart', as: 'a' };
const OTSU = { name: 'otsus-method-workflow' };
const ACCOUNT = { credentials_custom_registry_username: 'geheim-u', credentials_custom_registry_password: 'geheim-p' };
const REGISTRY = {
  name: 'custom-registry-chart',
  as: 'a',
  parameters: { custom_registry_name: 'r', custom_registry_url: 'https://r.org:5000/g', ...ACCOUNT },
};
const SESSION = { name: 'mitk-flow-chart', as: 'run1', parameters: { workflow_dir: '/kaapana/mounted/data/run1' } };
const DEBUG = {
  name: 'dev-server-chart',
  as: 'run1',
  parameters: { complete_image: 'registry.example.org/kaapana/nnunet-gpu:0.6.0' },
};
const VALUES = 'extensions[0].parameters';

function using(entry: Entry, parameters: Entry): Entry {
  return { ...entry, parameters: { ...(entry['parameters'] as Entry | undefined), ...parameters } };
}

const MISTAKES: readonly Mistake[] = [
  [
    'an unknown extension',
    [{ name: 'jupiterlab-chart', as: 'a' }],
    'extensions[0].name',
    /^"jupiterlab-chart" is not an extension$/,
    /^Did you mean jupyterlab-chart\?/,
  ],
  [
    'one without its ending',
    [{ name: 'JupyterLab' }],
    'extensions[0].name',
    /^"JupyterLab" is not an extension$/,
    /^Did you mean jupyterlab-chart\?/,
  ],
  [
    'one like no other',
    [{ name: 'zzzzzzzzzzzz' }],
    'extensions[0].name',
    /is not an extension/,
    /^The nearest are [\w-]+, [\w-]+, [\w-]+\. Remove it/,
  ],
  [
    'a workflow in place of its extension',
    [{ name: 'nnunet-predict' }],
    'extensions[0].name',
    /^"nnunet-predict" is a workflow of the extension nnunet-workflow$/,
    /nnunet-workflow$/,
  ],
  [
    'no name of its own',
    [{ name: 'jupyterlab-chart' }],
    'extensions[0].as',
    /^is missing: jupyterlab-chart can be installed several times/,
    /extensions\[0\]\.as' demo1$/,
  ],
  [
    'a name of its own for what is installed once',
    [{ ...OTSU, as: 'x' }],
    'extensions[0].as',
    /^"x" has no effect/,
    /config rm/,
  ],
  [
    'a name of its own that is too long',
    [{ ...JUPYTER, as: 'a'.repeat(21) }],
    'extensions[0].as',
    /is longer than 20 characters$/,
    /demo1/,
  ],
  [
    'a name of its own that is none',
    [{ ...JUPYTER, as: 'A_b' }],
    'extensions[0].as',
    /"A_b" is not a DNS label/,
    /demo1/,
  ],
  [
    'the same name twice',
    [JUPYTER, MITK, JUPYTER],
    'extensions[2].as',
    /^"a" is the name of extensions\[0\] already$/,
    /demo2/,
  ],
  [
    'the same name in two projects',
    [JUPYTER, { ...JUPYTER, project: 'trial' }],
    'extensions[1].as',
    /already/,
    /demo2/,
  ],
  [
    'the same run in two extensions that workflows start',
    [SESSION, DEBUG],
    'extensions[1].as',
    /^"run1" is the name of extensions\[0\] already$/,
    /demo2/,
  ],
  [
    'a map that is a list',
    [using(DEBUG, { envVars: ['A=b'] })],
    `${VALUES}.envVars`,
    /^\["A=b"\] must be a mapping of names to strings$/,
    /config rm/,
  ],
  [
    'a text of a map that is a switch',
    [using(DEBUG, { envVars: { A: true } })],
    `${VALUES}.envVars.A`,
    /^true of "A" is not the name of a variable and a text$/,
    /config rm/,
  ],
  [
    'a volume with a relative path',
    [using(SESSION, { dynamicVolumes: { models: 'models' } })],
    `${VALUES}.dynamicVolumes.models`,
    /^"models" of "models" is not the name of a volume and an absolute path$/,
    /config rm/,
  ],
  [
    'a volume by the name of its claim in capitals',
    [using(SESSION, { dynamicVolumes: { MODELS: '/models' } })],
    `${VALUES}.dynamicVolumes.MODELS`,
    /is not the name of a volume/,
    /config rm/,
  ],
  [
    'a Secret without a key',
    [using(DEBUG, { envVarsFromSecretRef: { USER: 'project-user' } })],
    `${VALUES}.envVarsFromSecretRef.USER`,
    /a Secret and a key with a slash between them$/,
    /config rm/,
  ],
  [
    'an image of a debug session that is none',
    [using(DEBUG, { complete_image: 'a b' })],
    `${VALUES}.complete_image`,
    /is not an image with its registry and tag/,
    /nnunet-gpu/,
  ],
  [
    'an extension twice',
    [OTSU, OTSU],
    'extensions[1].name',
    /^"otsus-method-workflow" is extensions\[0\] already, and is installed once$/,
    /config rm --stack test --path 'kaapana:extensions\[1\]'$/,
  ],
  [
    'a project that there is not',
    [{ ...OTSU, project: 'p' }],
    'extensions[0].project',
    /^"p" is not one of the projects admin, trial$/,
    /admin$/,
  ],
  [
    'a version that is not a tag',
    [{ ...OTSU, version: 'a b' }],
    'extensions[0].version',
    /^"a b" is not a tag/,
    /0\.6\.0/,
  ],
  [
    'an unknown parameter',
    [using(JUPYTER, { displayname: 'x' })],
    `${VALUES}.displayname`,
    /^is not a parameter of jupyterlab-chart$/,
    /^Did you mean display_name\?/,
  ],
  [
    'a parameter where there are none',
    [using(OTSU, { threshold: 1 })],
    `${VALUES}.threshold`,
    /^is not a parameter of otsus-method-workflow$/,
    /^It has none\. Remove it/,
  ],
  [
    'a choice that there is not',
    [using(SYNC, { sync_strategy: 'Both' })],
    `${VALUES}.sync_strategy`,
    /^"Both" is not one of Host2Minio, Minio2Host, Bidirectional$/,
    /Bidirectional$/,
  ],
  [
    'a list in place of a choice',
    [using(SYNC, { sync_strategy: ['Host2Minio'] })],
    `${VALUES}.sync_strategy`,
    /is not one of/,
    /Bidirectional/,
  ],
  [
    'a model that there is not',
    [{ name: 'total-segmentator-v2-workflow', parameters: { task_ids: ['Dataset315_thoraxCT', 'Dataset1'] } }],
    `${VALUES}.task_ids[1]`,
    /^"Dataset1" is not one of Dataset291/,
    /task_ids\[1\]/,
  ],
  [
    'a switch that is neither',
    [using(MITK, { gpu_container: 'yes' })],
    `${VALUES}.gpu_container`,
    /^"yes" is neither true nor false$/,
    /false$/,
  ],
  [
    'a GPU without GPUs',
    [using(MITK, { gpu_container: 'true' })],
    `${VALUES}.gpu_container`,
    /^is true, but gpuSupport is false/,
    /gpuSupport true; or compute without one/,
  ],
  [
    'a text that is a list',
    [using(JUPYTER, { minio_prefix: ['a'] })],
    `${VALUES}.minio_prefix`,
    /^\["a"\] must be a string$/,
    /minio_prefix/,
  ],
  [
    'a text that is a switch',
    [using(JUPYTER, { minio_prefix: true })],
    `${VALUES}.minio_prefix`,
    /^true must be a string$/,
    /minio_prefix/,
  ],
  [
    'a title that is too long',
    [using(MITK, { display_name: 'x'.repeat(21) })],
    `${VALUES}.display_name`,
    /20 characters or less/,
    /display_name/,
  ],
  [
    'a directory outside',
    [using(SYNC, { host_directory: '/../etc' })],
    `${VALUES}.host_directory`,
    /is not a path below fastDataDir/,
    /minio-sync/,
  ],
  [
    'a directory with a trailing slash',
    [using(SYNC, { host_directory: '/a/' })],
    `${VALUES}.host_directory`,
    /is not a path below/,
    /minio-sync/,
  ],
  [
    'all of the data',
    [using(SYNC, { host_directory: '/' })],
    `${VALUES}.host_directory`,
    /is not a path below/,
    /minio-sync/,
  ],
  [
    'a directory twice',
    [SYNC, { ...SYNC, as: 'b', parameters: { host_directory: 'minio-sync' } }],
    'extensions[1].parameters.host_directory',
    /^is the same directory as that of extensions\[0\]$/,
    /^Choose another directory/,
  ],
  [
    'a bucket that is none',
    [using(SYNC, { minio_path: '/uploads' })],
    `${VALUES}.minio_path`,
    /is not a bucket and a path in it/,
    /uploads/,
  ],
  [
    'a user that is none',
    [using(SYNC, { uid: 'root' })],
    `${VALUES}.uid`,
    /^"root" is not a number of a user or group$/,
    /1000/,
  ],
  [
    'two ports of the server',
    [using(MITK, { service_type: 'NodePort' }), { ...MITK, as: 'b', parameters: { service_type: 'NodePort' } }],
    'extensions[1].parameters.service_type',
    /same port of the server/,
    /^Set service_type ClusterIP for one of them, e\.g\.: pulumi config set --stack test --path 'kaapana:extensions\[1\]\.parameters\.service_type' ClusterIP$/,
  ],
  [
    'a registry without a URL',
    [{ name: 'custom-registry-chart', as: 'a', parameters: { custom_registry_name: 'r', ...ACCOUNT } }],
    `${VALUES}.custom_registry_url`,
    /^is missing$/,
    /registry\.example\.org/,
  ],
  [
    'a registry without a password',
    [{ ...REGISTRY, parameters: { ...REGISTRY.parameters, credentials_custom_registry_password: undefined } }],
    `${VALUES}.credentials_custom_registry_password`,
    /^is missing$/,
    /--secret/,
  ],
  [
    'a name of a registry with a space',
    [using(REGISTRY, { custom_registry_name: 'a b' })],
    `${VALUES}.custom_registry_name`,
    /is not a name of letters/,
    /REGISTRY-service-example/,
  ],
  [
    'a name of a registry twice, by both names of the parameter',
    [using(REGISTRY, { display_name: 'x' })],
    `${VALUES}.display_name`,
    /^is custom_registry_name by another name/,
    /config rm/,
  ],
  [
    'a URL that is none',
    [using(REGISTRY, { custom_registry_url: 'https://me:geheim@r.org' })],
    `${VALUES}.custom_registry_url`,
    /^"https:\/\/\*\*\*@r\.org" is not a registry/,
    /registry\.example\.org/,
  ],
  [
    'a registry twice in one scope',
    [REGISTRY, { ...using(REGISTRY, { custom_registry_name: 's', custom_registry_url: 'r.org:5000/g' }), as: 'b' }],
    'extensions[1].parameters.custom_registry_url',
    /same registry in the same scope as that of extensions\[0\]/,
    /Choose another/,
  ],
  [
    'a name of a registry in two',
    [REGISTRY, { ...using(REGISTRY, { custom_registry_url: 's.org' }), as: 'b' }],
    'extensions[1].parameters.custom_registry_name',
    /same name/,
    /Choose another/,
  ],
  [
    'an image with a protocol',
    [using(REGISTRY, { test_pull_image: 'https://r.org/i:1' })],
    `${VALUES}.test_pull_image`,
    /is not an image with its registry and tag/,
    /test_pull_image/,
  ],
];

test.each(MISTAKES)('%s', (_, extensions, key, message, remedy) => {
  const found = problems({ projects: PROJECTS, extensions });
  expect(found.map((problem) => problem.key)).toEqual([key]);
  expect(found[0]?.message).toMatch(message);
  expect(found[0]?.remedy).toMatch(remedy);
  expect(error({ ...REQUIRED, projects: PROJECTS, extensions }).message).not.toContain('geheim');
});

test('what is a component already is not an extension', () => {
  const extensions = [{ name: 'debug-container-chart' }];
  expect(problems({ extensions, components: ['debug-container'] })).toEqual([
    expect.objectContaining({
      key: 'extensions[0].name',
      message: '"debug-container-chart" is one of components already',
      remedy: expect.stringContaining("config rm --stack test --path 'kaapana:extensions[0]'"),
    }),
  ]);
  expect(settings({ extensions, components: ['ohif-v2'] }).extensions).toHaveLength(1);
});

test('the mistakes of several entries are one list', () => {
  const extensions = [{ name: 'x' }, { name: 'jupyterlab-chart' }, using(SYNC, { uid: 'x', nonsense: 1 })];
  expect(problems({ extensions }).map(({ key }) => key)).toEqual([
    'extensions[0].name',
    'extensions[1].as',
    'extensions[2].parameters.uid',
    'extensions[2].parameters.nonsense',
  ]);
});

test('values are read as what they stand for', () => {
  const { extensions } = settings({
    gpuSupport: true,
    extensions: [
      OTSU,
      using(SYNC, { uid: 1001 }),
      using(MITK, { gpu_container: 'true', display_name: '' }),
      { name: 'total-segmentator-v2-workflow', parameters: { task_ids: 'Dataset315_thoraxCT' } },
      using(DEBUG, { envVars: { COUNT: 3 } }),
    ],
  });
  expect(extensions).toEqual([
    { ...OTSU, parameters: {} },
    { ...SYNC, parameters: { uid: '1001' } },
    { ...MITK, parameters: { gpu_container: true } },
    { name: 'total-segmentator-v2-workflow', parameters: { task_ids: ['Dataset315_thoraxCT'] } },
    using(DEBUG, { envVars: { COUNT: '3' } }),
  ]);
});

test('the names of the documentation are those of the chart', () => {
  const parameters = {
    display_name: 'r',
    secret_scope: 'Project-Secret',
    custom_registry_url: 'r.org',
    credentials_curstom_registry_username: 'u',
    credentials_curstom_registry_password: 'p',
  };
  expect(
    settings({ extensions: [{ name: 'custom-registry-chart', as: 'a', parameters }] }).extensions[0]?.parameters,
  ).toEqual({
    custom_registry_name: 'r',
    secret_scope: 'Project-Secret',
    custom_registry_url: 'r.org',
    credentials_custom_registry_username: secretToken('extensions[0].parameters.credentials_curstom_registry_username'),
    credentials_custom_registry_password: secretToken('extensions[0].parameters.credentials_curstom_registry_password'),
  });
});

test('one registry may serve the platform and a project', () => {
  const project = { ...using(REGISTRY, { custom_registry_name: 'p', secret_scope: 'Project-Secret' }), as: 'b' };
  expect(settings({ extensions: [REGISTRY, project] }).extensions).toHaveLength(2);
});

test('which parameters are credentials, the catalogue says', () => {
  expect(
    ['credentials_custom_registry_password', 'secret_scope', 'display_name', 'api_token'].map(isSecretParameter),
  ).toEqual([true, false, false, true]);
});

test('workflows on GPUs that there are not are allowed, with a warning', () => {
  const extensions = [OTSU, { name: 'nnunet-workflow' }];
  expect(printed(extensionWarnings(settings({ extensions })))).toEqual([
    expect.stringMatching(/wait for a GPU: nnunet-workflow\. Set it.*gpuSupport true$/),
  ]);
  expect(extensionWarnings(settings({ extensions, gpuSupport: true }))).toEqual([]);
  expect(
    printed(extensionWarnings(settings({ extensions, gpuSupport: true, gpu: { resource: 'amd.com/gpu' } }))),
  ).toEqual([
    expect.stringMatching(
      /^gpu\.resource is amd\.com\/gpu, and the tasks .* ask for nvidia\.com\/gpu whatever it is: nnunet-workflow\./,
    ),
  ]);
});

test('editors know names, parameters and choices', () => {
  interface Condition {
    readonly if: { properties: { name: { const: string } } };
    readonly then: {
      required?: string[];
      properties: { as?: boolean; parameters: { properties: Record<string, unknown>; additionalProperties: boolean } };
    };
  }
  const { properties } = editorSchema() as {
    properties: {
      config: {
        properties: Record<string, { items: { allOf: Condition[]; properties: { name: { enum: string[] } } } }>;
      };
    };
  };
  const item = properties.config.properties['kaapana:extensions']?.items;
  const about = (name: string) =>
    item?.allOf.find(
      ({
        if: {
          properties: {
            name: { const: its },
          },
        },
      }) => its === name,
    )?.then;
  expect(item?.properties.name.enum).toContain('otsus-method-workflow');
  expect(about('otsus-method-workflow')).toMatchObject({
    properties: { as: false, parameters: { properties: {}, additionalProperties: false } },
  });
  expect(about('minio-sync-chart')).toMatchObject({
    required: ['as'],
    properties: {
      parameters: {
        properties: {
          sync_strategy: { enum: ['Host2Minio', 'Minio2Host', 'Bidirectional'], default: 'Bidirectional' },
        },
      },
    },
  });
  expect(
    about('custom-registry-chart')?.properties.parameters.properties['credentials_custom_registry_password'],
  ).toMatchObject({ anyOf: [{ type: 'string' }, { $ref: '#/$defs/secure' }] });
  expect(about('dev-server-chart')?.properties.parameters.properties['labels']).toMatchObject({
    type: 'object',
    additionalProperties: { type: ['string', 'integer'] },
  });
  expect(about('custom-registry-chart')?.required).toEqual(['as', 'parameters']);
});
