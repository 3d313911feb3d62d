import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { DEFINITIONS } from '../../constructs/extensions/catalogue';
import { type Install, installName } from '../../constructs/extensions/install';
import { identityOf, type Manifest, objectAt, objectsAt } from '../../src/objects/manifest';
import { normalise } from '../../src/objects/normalise';
import { packChart } from '../../src/packaging/chart';
import { OpenPlatform } from '../../src/packaging/platform';
import { bridged, helm, helmFlags, installsOf, packedCharts, siteOf, type SiteOfTest } from '../packaging/support';

/** The charts for Kaapana's own app store, as helm renders them: they give what this program deploys. */

const chartOf = packedCharts();

const PLAIN = { distribution: 'embedded' };

const SITES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  directories: PLAIN,
  'GPUs and names of its own': {
    gpuSupport: true,
    mainNodeName: 'kaapana-node',
    storageNode: 'disk',
    domain: '192.0.2.7',
    httpsPort: 8443,
    adminNamespace: 'pack-admin',
    servicesNamespace: 'pack-services',
    platformVersion: '0.6.0-12-gabcdef',
    fastDataDir: '/mnt/fast',
    slowDataDir: '/mnt/slow',
    projects: [{ name: 'trial' }],
  },
  Longhorn: { storageProvider: 'longhorn', mainNodeName: 'kaapana-node', volumeSlowData: '100Gi' },
};

/** Policies that let the pods of a chart in to those of the platform. */
const NEIGHBOURS = /-(minio-deployment|kube-helm-deployment|squid-proxy|workflow-api|ctp)-ingress$/;

/** What the chart of `install` gives: its own objects, and what it brings because the platform knows nothing of it. */
function templated(site: SiteOfTest, install: Install): { own: Map<string, Manifest>; brought: Manifest[] } {
  const release = installName(install);
  const manifests = parseAllDocuments(
    helm('template', release, chartOf(install), '--no-hooks', ...helmFlags(site, install)),
  ).flatMap((document) => {
    const manifest = document.toJS() as Manifest | null;
    return manifest ? [normalise(manifest)] : [];
  });
  const isBrought = ({ kind, metadata: { name } }: Manifest): boolean =>
    name === `${release}-minio-account` ||
    (kind === 'NetworkPolicy' && name.startsWith(`${release}-`) && NEIGHBOURS.test(name));
  return {
    own: new Map(
      manifests.filter((manifest) => !isBrought(manifest)).map((manifest) => [identityOf(manifest), manifest]),
    ),
    brought: manifests.filter(isBrought),
  };
}

/** Who may connect to whom: one text for each rule of each policy, and each port of it. */
function permissions(manifests: readonly Manifest[]): string[] {
  return manifests
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ metadata, spec }) => {
      const { podSelector, ingress } = objectAt(spec);
      return objectsAt(ingress).flatMap(({ from, ports }) =>
        objectsAt(ports).map((port) => JSON.stringify([metadata.namespace, podSelector, from, port])),
      );
    });
}

describe.each(Object.entries(SITES))('on a platform with %s', (_, given) => {
  const site = siteOf(given);

  test.each(DEFINITIONS)('$name is what this program deploys', (definition) => {
    for (const install of installsOf(definition, { gpus: given['gpuSupport'] === true })) {
      const expected = bridged(site, install);
      expect(expected.size).toBeGreaterThan(0);
      expect(Object.fromEntries(templated(site, install).own)).toEqual(Object.fromEntries(expected));
    }
  });
});

test.each(DEFINITIONS)('$name passes helm lint with the values that it gets, and without any', (definition) => {
  const [install] = installsOf(definition, { gpus: false });
  if (!install) throw new Error('it cannot be installed');
  expect(helm('lint', chartOf(install), ...helmFlags(siteOf(), install))).not.toMatch(/WARNING|ERROR/);
  expect(helm('lint', chartOf(install))).toContain('0 chart(s) failed');
});

test.each([
  ['minio-sync-chart', { host_directory: '../etc' }, 'host_directory: "../etc" is not a path below fastDataDir'],
  ['minio-sync-chart', { host_directory: 'a/./b' }, 'host_directory: "a/./b" is not a path below fastDataDir'],
  [
    'minio-sync-chart',
    { sync_strategy: 'Both' },
    'sync_strategy: "Both" is not one of Host2Minio, Minio2Host, Bidirectional',
  ],
  ['minio-sync-chart', { uid: '0x10' }, 'uid: "0x10" is not a number of a user or group'],
  ['mitk-workbench-chart', { gpu_container: true }, 'demo is to compute on a GPU, and there is none'],
  [
    'mitk-workbench-chart',
    { display_name: 'a name of more than 20 letters' },
    'is not a text of 20 characters or less',
  ],
  [
    'total-segmentator-v2-workflow',
    { task_ids: ['Dataset570_ct_liver_segments', 'Dataset1'] },
    'task_ids: "Dataset1" is not one of',
  ],
  ['custom-registry-chart', { custom_registry_name: 'x' }, 'custom_registry_url is missing'],
])('%s refuses %j', (name, parameters, message) => {
  expect(() => helm('template', 'demo', chartOf({ name }), ...helmFlags(siteOf(), { parameters }))).toThrow(message);
});

test('a text stays a text, whatever is in it', () => {
  const parameters = { display_name: '"}}\n- x: &y' };
  const yaml = helm('template', 'demo', chartOf({ name: 'tensorboard-chart' }), ...helmFlags(siteOf(), { parameters }));
  const route = parseAllDocuments(yaml)
    .map((document) => document.toJS() as Manifest | null)
    .find((manifest) => manifest?.kind === 'Ingress');
  expect(route?.metadata.annotations?.['kaapana.ai/display-name']).toBe(parameters.display_name);
});

test('what Airflow passes for a debug session stays what it is', () => {
  const parameters = {
    complete_image: 'registry.example.org/group/step:1',
    envVars: { WORKSPACE: '/kaapana', TASKS: '{"a": ["b, c"]}', PATTERN: '"*" # %s', COUNT: '007' },
    labels: { 'kaapana.ai/type': 'processing-container', run_id: '12', 'network-access-ctp': 'true' },
  };
  const install = { name: 'dev-server-chart', as: 'run1', parameters } as const;
  const site = siteOf(PLAIN);
  const yaml = helm(
    'template',
    installName(install),
    chartOf(install),
    ...helmFlags(site, install),
    '--set',
    'global.envVars[4].name=FLAG',
    '--set',
    'global.envVars[4].value=True',
  );
  const server = parseAllDocuments(yaml)
    .map((document) => document.toJS() as Manifest | null)
    .find((manifest) => manifest?.kind === 'Deployment');
  const { metadata, spec } = objectAt(objectAt(server?.spec).template);
  expect(objectsAt(objectAt(objectsAt(objectAt(spec).containers)[0]).env)).toEqual(
    Object.entries({ ...parameters.envVars, FLAG: 'true' }).map(([name, value]) => ({ name, value })),
  );
  expect(objectAt(metadata).labels).toEqual({
    ...parameters.labels,
    'app.kubernetes.io/name': 'kaapanaint-run1',
    'app.kubernetes.io/managed-by': 'pulumi',
  });
});

describe('beside other pods', () => {
  const site = siteOf(PLAIN);
  const before = new Set(permissions(site.graph.nodes.map(({ manifest }) => manifest)));

  test.each(DEFINITIONS)('those of $name may connect to whom they may when this program deploys them', (definition) => {
    const [install] = installsOf(definition, { gpus: false });
    if (!install) throw new Error('it cannot be installed');
    const after = permissions(siteOf(PLAIN, [install]).graph.nodes.map(({ manifest }) => manifest));
    const { own, brought } = templated(site, install);
    // What the platform lets in anyway, as whatever users install, is allowed twice.
    const isNew = (permission: string) => !before.has(permission);
    expect(
      permissions([...own.values(), ...brought])
        .filter(isNew)
        .sort(),
    ).toEqual(after.filter(isNew).sort());
  });
});

test('two packs are the same, byte by byte', () => {
  const platform = new OpenPlatform();
  for (const definition of DEFINITIONS)
    expect(packChart(definition, platform).content.equals(readFileSync(chartOf(definition)))).toBe(true);
});
