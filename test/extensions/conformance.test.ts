import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE, type ExtensionName } from '../../constructs/extensions/catalogue';
import type { Install } from '../../constructs/extensions/install';
import { readEnvironment } from '../../src/environment/file';
import { buildPlatform } from '../../src/environment/tree';
import { renderManifests } from '../../src/render/manifests';
import { parseSettings } from '../../src/settings/parse';
import { type ConformanceCase, SITE_REGISTRY } from '../conformance/charts';
import { compareWithReference, describeChart, readWaivers, type Report } from '../conformance/comparer';

const MINIMUM = 99;
const waivers = readWaivers(join(__dirname, '..', 'conformance', 'waivers.json'));

/** Installs of the reference inputs that need more than a name. */
const SPECIAL: readonly Install[] = [
  {
    name: 'custom-registry-chart',
    as: 'demo1',
    parameters: {
      custom_registry_name: 'demo1',
      custom_registry_url: 'registry2.example.org/group',
      credentials_custom_registry_username: 'custom-user',
      credentials_custom_registry_password: 'custom-pass',
    },
  },
  { name: 'desktop-container-chart', as: 'demo1', parameters: { display_name: 'desktop' } },
  { name: 'dev-code-server-chart', as: 'demo1' },
  {
    name: 'dev-server-chart',
    as: 'dev-server-demo1',
    parameters: {
      complete_image: 'registry.example.org/kaapana/nnunet-gpu:0.6.0',
      display_name: 'dev-server',
      dynamicVolumes: { 'workflow-data': '/kaapana/mounted/data', models: '/models' },
      envVars: { RUN_ID: 'demo1', WORKFLOW_DIR: '/kaapana/mounted/data/demo1' },
      envVarsFromSecretRef: { KAAPANA_PROJECT_USER_NAME: 'project-user-credentials/project-user' },
      labels: { 'network-access': 'opensearch' },
    },
  },
  { name: 'jupyterlab-chart', as: 'demo1' },
  { name: 'minio-sync-chart', as: 'demo1' },
  {
    name: 'mitk-flow-chart',
    as: 'mitk-flow-demo1',
    parameters: { display_name: 'mitk-flow', workflow_dir: '/kaapana/mounted/data/demo1' },
  },
  { name: 'mitk-workbench-chart', as: 'demo1' },
  { name: 'rateme-chart', as: 'demo1' },
  { name: 'slicer-workbench-chart', as: 'demo1' },
  { name: 'tensorboard-chart', as: 'demo1' },
];

/** Sets of facts, and settings with the same inputs. */
const CASES: readonly Omit<ConformanceCase, 'charts'>[] = [
  { settings: 'default', release: 'kaapana-0.6.0', set: 'default', showSecrets: true },
  { settings: 'default', release: 'kaapana-0.6.0', set: 'default', showSecrets: false },
  { settings: 'prod', release: 'kaapana-0.6.0', set: 'prod', showSecrets: true },
  { settings: 'instance', release: 'kaapana-0.6.0', set: 'instance', showSecrets: true },
  { settings: 'site', release: 'kaapana-0.6.0', set: 'site', registry: SITE_REGISTRY, showSecrets: true },
  { settings: 'offline', release: 'kaapana-0.6.0', set: 'offline', showSecrets: true },
  { settings: 'legacy', release: 'kaapana-0.3.5', set: 'default', showSecrets: true },
];

const FACTS = join(__dirname, '..', 'conformance', 'facts');
const reports: Report[] = [];

/** The extensions that a release has facts of. */
function namesIn(release: string): ExtensionName[] {
  return CATALOGUE.map(({ definition }): ExtensionName => definition.name).filter((name) =>
    existsSync(join(FACTS, release, 'default', `${name}.json`)),
  );
}

describe.each(CASES)('$settings against $release/$set, secrets shown: $showSecrets', (given) => {
  const { release, set } = given;
  const names = namesIn(release);
  const report = compare(given, names);

  test.each(names)(`%s has at least ${MINIMUM} %% of the facts`, (name) => {
    const chart = report.charts[name];
    if (chart === undefined) return expect(set).toBe('prod'); // There are facts of what differs alone.
    if (chart.percent < MINIMUM) throw new Error(describeChart(name, chart));
  });
});

test('each deliberate difference of extensions is used', () => {
  const used = new Set(reports.flatMap(({ entriesUsed }) => [...entriesUsed]));
  const entries = [...waivers.renames, ...waivers.waivers].filter(({ extensions }) => extensions);
  expect(entries.length).toBeGreaterThan(0);
  expect(entries.filter((entry) => !used.has(entry))).toEqual([]);
});

function compare(
  { settings: file, release, set, registry, showSecrets }: (typeof CASES)[number],
  names: readonly ExtensionName[],
): Report {
  const { environment, raw } = readEnvironment(
    join(__dirname, '..', 'conformance', 'settings', `${file}.yaml`),
    process.cwd(),
  );
  // Some rows of old releases are components, and cannot be extensions besides.
  const extensions = names
    .filter((name) => !JSON.stringify(raw['components'] ?? []).includes(`"${name}"`))
    .map((name) => SPECIAL.find((install) => install.name === name) ?? { name });
  const { settings, secrets } = parseSettings({ ...raw, extensions }, environment);
  const { graph, owner } = buildPlatform(settings, environment);
  const secretOf = showSecrets ? (name: string) => secrets.resolve(name) : undefined;
  const rendered = renderManifests(graph, { owner, secretOf }).map(({ manifest }) => manifest);
  const report = compareWithReference({ rendered, release, set, registry, charts: names, waivers });
  reports.push(report);
  return report;
}
