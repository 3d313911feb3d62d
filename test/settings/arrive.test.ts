import type { ThirdPartyInstall } from '../../constructs/extensions/third-party/third-party-chart';
import { ChartsError } from '../../src/charts/charts-error';
import { credentialsOf } from '../../src/charts/load';
import { kubeconfigOf } from '../../src/conflicts/live';
import { buildPlatform } from '../../src/environment/tree';
import { FindingsError } from '../../src/findings/error';
import { identityOf, type Manifest, objectAt } from '../../src/objects/manifest';
import { renderManifests } from '../../src/render/manifests';
import { type Parsed, parseSettings, type Settings } from '../../src/settings/parse';
import { valueAt } from '../../src/settings/shape';
import { type Change, changed, changes, type Leaf, leaves } from './changes';
import { REQUIRED } from './support';

type Raw = Readonly<Record<string, unknown>>;

const ACCOUNTS = { containerRegistryUsername: 'robot', containerRegistryPassword: 'Registry2020' };
const MAIL = { host: 'mail.example.org', username: 'alerts', password: 'Mail2020', sender: 'a@example.org' };
const CHECKSUMS = { sha256: 'a'.repeat(64), rendered: 'b'.repeat(64) };

/** Environments that together use every setting: what one of them does without is in another. */
const SCENES: Readonly<Record<string, Raw>> = {
  whole: {
    ...REQUIRED,
    ...ACCOUNTS,
    smtp: { ...MAIL, recipients: ['b@example.org'] },
    gpuSupport: true,
    prefetchExtensions: true,
    mainNodeName: 'node-a',
    upstreamHttpProxy: 'http://proxy.example.org:3128',
    components: ['jobs-namespace', 'kaapana-persistence'],
    projects: [{ name: 'first' }, { name: 'second' }],
    extensions: [{ name: 'mitk-workbench-chart', as: 'demo1', project: 'first', parameters: { gpu_container: true } }],
    thirdPartyExtensions: [{ as: 'viewer', chart: 'extensions/prod/viewer/chart.tgz', ...CHECKSUMS }],
  },
  ordinary: REQUIRED,
  nfs: { ...REQUIRED, storageProvider: 'nfs', nfs: { server: 'nfs.example.org', path: '/export' } },
  classes: { ...REQUIRED, storageProvider: 'class', storageClasses: { fast: 'fast' }, volumeSlowData: '1Ti' },
  longhorn: {
    ...REQUIRED,
    storageProvider: 'longhorn',
    volumeSlowData: '1Ti',
    mainNodeName: 'node-a',
    offlineMode: true,
    chartPath: '/opt/chart.tgz',
  },
  parts: {
    ...REQUIRED,
    totalMemory: undefined,
    ...Object.fromEntries(
      ['pacs', 'airflow', 'opensearch'].flatMap((name) => [
        [`${name}MemoryLimit`, '4Gi'],
        [`${name}MemoryRequest`, '2Gi'],
      ]),
    ),
  },
  secondary: {
    ...REQUIRED,
    instanceUid: 'site2',
    serverStack: 'prod',
    httpPort: 8080,
    httpsPort: 8443,
    dicomPort: 11113,
  },
};

/** What has to be set with a setting that does nothing alone. */
const TOGETHER: Readonly<Record<string, Raw>> = {
  enableNfs: { nfs: { server: 'nfs.example.org', path: '/export' } },
};

const PRIMARY = parseSettings(REQUIRED, 'prod').settings;

/** What is deployed, and where: all that a change can show in. */
interface Plan {
  readonly objects: ReadonlyMap<string, string>;
  readonly more: string;
}

const ALL = new Map(leaves().map((leaf, index) => [leaf, index]));

let scenes: readonly { readonly raw: Raw; readonly plan: Plan }[];

beforeAll(() => {
  scenes = Object.values(SCENES).map((raw) => ({ raw, plan: planOf(raw) }));
});

test('every setting changes an object, or the schema says why it does not', () => {
  const open = new Map([...ALL].filter(([{ nowhere }]) => nowhere === undefined));
  for (const { raw, plan } of scenes) for (const leaf of traced(raw, plan, open)) open.delete(leaf);
  for (const { raw, plan } of scenes)
    for (const [leaf, index] of open) if (changesAlone(raw, plan, leaf, index)) open.delete(leaf);
  expect([...open.keys()].map(({ key }) => key)).toEqual([]);
});

test('no object has anything of a setting of which the schema says so', () => {
  const said = new Map([...ALL].filter(([{ nowhere }]) => nowhere !== undefined));
  const found = scenes.slice(0, 1).flatMap(({ raw, plan }) => traced(raw, plan, said));
  expect(found.map(({ key }) => key)).toEqual([]);
  expect(said.size).toBeGreaterThan(0);
});

/** Changes as many settings at once as fit together, and gives those of which some object has the trace. */
function traced(raw: Raw, before: Plan, open: ReadonlyMap<Leaf, number>): Leaf[] {
  const planted: [Leaf, string][] = [];
  let all = raw;
  for (const [leaf, index] of open) {
    const found = valid(all, leaf, index, ({ trace }) => trace !== undefined);
    if (!found?.trace) continue;
    all = changed(all, leaf.path, found.value) as Raw;
    planted.push([leaf, found.trace]);
  }
  if (planted.length === 0) return [];
  const [old, now] = [before, planOf(all)].map(({ objects, more }) => [...objects.values(), more].join('\n'));
  return planted.flatMap(([leaf, trace]) => (now?.includes(trace) && !old?.includes(trace) ? [leaf] : []));
}

/** Whether a change of this setting alone shows. */
function changesAlone(without: Raw, before: Plan, leaf: Leaf, index: number): boolean {
  const raw = { ...without, ...TOGETHER[leaf.key] };
  const found = valid(raw, leaf, index);
  if (!found) return false;
  const { objects, more } = planOf(changed(raw, leaf.path, found.value) as Raw);
  return (
    more !== before.more ||
    objects.size !== before.objects.size ||
    [...objects].some(([id, text]) => before.objects.get(id) !== text)
  );
}

/** The first other value of `leaf` that goes with the rest. */
function valid(
  raw: Raw,
  leaf: Leaf,
  index: number,
  isWanted: (change: Change) => boolean = () => true,
): Change | undefined {
  return changes(leaf, index, valueAt(raw, leaf.path))
    .filter(isWanted)
    .find(({ value }) => read(changed(raw, leaf.path, value) as Raw) !== undefined);
}

function read(raw: Raw): Parsed | undefined {
  try {
    return parseSettings(raw, 'test');
  } catch (problem) {
    if (problem instanceof FindingsError) return undefined;
    throw problem;
  }
}

function planOf(raw: Raw): Plan {
  const parsed = parseSettings(raw, 'test');
  try {
    return planned(parsed);
  } catch (problem) {
    // A check reads what it refuses.
    if (problem instanceof ChartsError || problem instanceof FindingsError)
      return { objects: new Map(), more: problem.message };
    throw problem;
  }
}

function planned({ settings, secrets }: Parsed): Plan {
  const primary = settings.serverStack === undefined ? undefined : PRIMARY;
  const { graph, owner, outputs } = buildPlatform(settings, 'test', primary, thirdParty(settings));
  const objects = renderManifests(graph, { owner, secretOf: (name) => secrets.resolve(name) })
    .map(({ manifest }) => manifest)
    // The values of the platform's Helm release repeat nearly every setting, whoever else reads it.
    .filter(({ type }) => type !== 'helm.sh/release.v1');
  return {
    objects: new Map(
      objects.map((manifest) => [
        identityOf(manifest),
        `${JSON.stringify(manifest)}${manifest.kind === 'Secret' ? decoded(manifest) : ''}`,
      ]),
    ),
    more: JSON.stringify({ url: outputs.url, server: kubeconfigOf(settings) }),
  };
}

function decoded({ data }: Manifest): string {
  return Object.values(objectAt(data))
    .map((value) => Buffer.from(String(value), 'base64').toString())
    .join('\n');
}

/** Charts as they are read from their files: here each has one object, with its credentials. */
function thirdParty(settings: Settings): ThirdPartyInstall[] {
  return settings.thirdPartyExtensions.map((entry) => ({
    name: entry.as,
    credentials: credentialsOf(entry, settings, { secrets: Object.keys(entry.secrets ?? {}) }),
    objects: [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: entry.as, namespace: settings.servicesNamespace },
        stringData: Object.fromEntries(Object.keys(entry.secrets ?? {}).map((name) => [name, `<secret:${name}>`])),
      },
    ],
  }));
}
