import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { DEFINITIONS } from '../../constructs/extensions/catalogue';
import { packChart } from '../../src/packaging/chart';
import { OpenPlatform } from '../../src/packaging/platform';

const FACTS = JSON.parse(
  readFileSync(join(__dirname, '..', 'conformance', 'facts', 'catalog.json'), 'utf8'),
) as readonly {
  readonly name: string;
  readonly keywords: readonly string[];
  readonly sourceRelease: string;
}[];

/** The files of a chart, by their paths; the texts are ASCII but for a few letters. */
function filesOf(content: Buffer): Map<string, string> {
  const tar = gunzipSync(content);
  const files = new Map<string, string>();
  for (let at = 0; tar[at] !== 0; ) {
    const field = (start: number, length: number): string =>
      tar
        .subarray(at + start, at + start + length)
        .toString()
        .replace(/\0.*$/s, '');
    const size = parseInt(field(124, 12), 8);
    const prefix = field(345, 155);
    files.set(
      prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`,
      tar.subarray(at + 512, at + 512 + size).toString(),
    );
    at += 512 * (1 + Math.ceil(size / 512));
  }
  return files;
}

const platform = new OpenPlatform();

/** All charts, and their files by their paths in the chart. */
const CHARTS = new Map(
  DEFINITIONS.map((definition) => {
    const { file, content } = packChart(definition, platform);
    const files = [...filesOf(content)].map(([path, text]): [string, string] => [
      path.slice(definition.name.length + 1),
      text,
    ]);
    return [definition.name as string, { file, files: new Map(files) }];
  }),
);

function textOf(chart: string, path: string): string {
  return CHARTS.get(chart)?.files.get(path) ?? '';
}

function valuesOf(chart: string): { global: Record<string, unknown>; extension_params: Record<string, unknown> } {
  return parse(textOf(chart, 'values.yaml')) as ReturnType<typeof valuesOf>;
}

test.each(FACTS.filter(({ name }) => CHARTS.has(name)))(
  '$name has the keywords and the version of its own chart',
  ({ name, keywords, sourceRelease }) => {
    const chart = parse(textOf(name, 'Chart.yaml')) as { keywords: string[] };
    expect(chart.keywords.sort()).toEqual([...keywords].sort());
    expect(CHARTS.get(name)?.file).toBe(`${name}-${sourceRelease}.tgz`);
  },
);

test.each([...CHARTS])('nothing that stands for an open value is left in %s', (_, { files }) => {
  expect(files.size).toBeGreaterThan(3);
  for (const text of files.values())
    expect(text).not.toMatch(
      /open-(admin|services|domain|registry|version|pull|main|storage|fast|slow|workflow|project|release|parameter)|0be40000|44317|97000000\d|[\uE000-\uF0FF]/,
    );
});

test('a chart is what kube-helm reads', () => {
  expect(parse(textOf('minio-sync-chart', 'Chart.yaml'))).toEqual({
    apiVersion: 'v2',
    name: 'minio-sync-chart',
    version: '0.6.0',
    appVersion: '0.6.0',
    type: 'application',
    description: 'Keeps a directory of the server and a path of the object store alike',
    keywords: ['kaapanaapplication', 'kaapanamultiinstallable'],
    annotations: { documentation: 'user_guide/extensions.html#minio-sync', 'ui-visible-name': 'MinIO Sync' },
  });
  const values = valuesOf('minio-sync-chart');
  expect(values.global).toMatchObject({ services_namespace: '', uid: '', sync_strategy: '' });
  expect(values.extension_params['sync_strategy']).toEqual({
    definition: 'Which way files go',
    type: 'list_single',
    value: ['Host2Minio', 'Minio2Host', 'Bidirectional'],
    default: 'Bidirectional',
  });
});

test('no text wins over what users fill in, but the name of the parameter that names installs', () => {
  for (const chart of CHARTS.keys()) {
    const texts = Object.entries(valuesOf(chart).global).filter(
      ([, value]) => typeof value === 'string' && value !== '',
    );
    expect(texts).toEqual(chart === 'custom-registry-chart' ? [['suffix_param_key', 'custom_registry_name']] : []);
  }
});

test('what workflows start has no form, and the values that operators give', () => {
  expect(valuesOf('mitk-flow-chart')).toEqual({
    global: {
      admin_namespace: '',
      display_name: '',
      dynamicVolumes: [],
      kaapana_build_version: '',
      namespace: '',
      project_id: '',
      pull_policy_images: '',
      registry_url: '',
      storage_node: '',
    },
    workflow_dir: '',
    batch_name: '',
    operator_in_dir: '',
    operator_out_dir: '',
  });
  const debug = textOf('dev-server-chart', 'templates/application-server-resource.yaml');
  expect(debug).toContain(
    '{{- range (default (list) .Values.global.envVarsFromSecretRef) }}\n            - name: {{ toString .name | toJson }}\n',
  );
  expect(debug).toContain('{{ if not (has (toString .name) (list "app.kubernetes.io/name" "kaapana.ai/type")) }}');
});

test('values are quoted, refused or both', () => {
  expect(textOf('minio-sync-chart', 'templates/directory-volume.yaml')).toContain(
    'path: {{ printf "%v/%v" .Values.global.fast_data_dir (trimPrefix "/" (default "/minio-sync" .Values.global.host_directory)) | toJson }}',
  );
  expect(textOf('minio-sync-chart', 'templates/refusals.yaml')).toContain(
    'regexMatch "(^|/)[.]{1,2}(/|$)" (default "/minio-sync" .Values.global.host_directory)',
  );
  expect(textOf('mitk-workbench-chart', 'templates/refusals.yaml')).toContain(
    'fail (printf "%v is to compute on a GPU, and there is none" .Release.Name)',
  );
});

test('no form looks at a text ahead, which programs in Go cannot', () => {
  for (const chart of CHARTS.keys()) expect(textOf(chart, 'templates/refusals.yaml')).not.toMatch(/\(\?[!=<]/);
});

test('workflows are taken out of Airflow when their chart is removed', () => {
  const removal = textOf('nnunet-workflow', 'templates/removal.yaml');
  expect(removal).toContain('helm.sh/hook: pre-delete');
  expect(removal).toMatch(/- name: ACTION\n\s+value: remove\n/);
  expect(removal).not.toContain('initContainers');
  expect(textOf('slim-chart', 'templates/removal.yaml')).toBe('');
});
