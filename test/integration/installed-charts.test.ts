import { DEFINITIONS } from '../../constructs/extensions/catalogue';
import { installName } from '../../constructs/extensions/install';
import { inParallel } from '../../src/base/parallel';
import { identityOf, type Manifest } from '../../src/objects/manifest';
import { run } from '../../tools/run';
import { bridged, helmFlags, installsOf, packedCharts, siteOf } from '../packaging/support';
import { kindsOf } from './support/inventory';
import { apply, kubectl, list, listOf } from './support/kubectl';

/** The charts for Kaapana's own app store, as helm installs them: all at once, then fewer of them. */

jest.setTimeout(400_000);

const AT_ONCE = 4;

const NAMESPACES = { adminNamespace: 'pack-admin', servicesNamespace: 'pack-services' };
const site = siteOf({ ...NAMESPACES, distribution: 'embedded' });
const chartOf = packedCharts();

const RELEASES = DEFINITIONS.map((definition) => {
  const [install] = installsOf(definition, { gpus: false });
  if (!install) throw new Error(`${definition.name} cannot be installed`);
  return { release: installName(install), install, objects: [...bridged(site, install).values()] };
});

const OBJECTS = RELEASES.flatMap(({ objects }) => objects);
const KINDS = kindsOf(OBJECTS);

const PLATFORM = site.graph.nodes.map(({ manifest }) => manifest);
const CRDS = PLATFORM.filter(({ kind }) => kind === 'CustomResourceDefinition');
const FOUNDATION = PLATFORM.filter(({ kind }) => kind === 'Namespace');

/** Where workflows are copied to; the jobs that take them away again have to run. */
const VOLUMES = PLATFORM.filter(({ kind, metadata: { name, namespace } }) =>
  kind === 'PersistentVolumeClaim'
    ? namespace === NAMESPACES.servicesNamespace && /^(dags|af-plugins)-/.test(name)
    : kind === 'PersistentVolume' && /^pack-services-(dags|af-plugins)/.test(name),
);

/** The objects that kubectl wrote by identity, without who changed which field, and when. */
function withoutFieldOwners(json: string): Map<string, unknown> {
  const { items } = JSON.parse(json) as { items: (Manifest & { readonly metadata: Record<string, unknown> })[] };
  return new Map(
    items.map((item) => {
      const {
        metadata: { managedFields: _, resourceVersion: __, ...metadata },
        status: ___,
        ...rest
      } = item;
      return [identityOf(item), { ...rest, metadata }];
    }),
  );
}

/** What the cluster has of `manifests`, as kubectl writes it. */
function live(manifests: readonly Manifest[], output: 'json' | 'name'): string {
  return kubectl(['get', '--filename', '-', '--ignore-not-found', `--output=${output}`], listOf(manifests));
}

/** What it would have if this program deployed them over that. */
function applied(manifests: readonly Manifest[]): Map<string, unknown> {
  return withoutFieldOwners(apply(manifests, '--force-conflicts', '--dry-run=server', '--output=json'));
}

/** What helm put there: release and UID, by identity. */
function installed(): Map<string, readonly [release: string, uid: string]> {
  return new Map(
    list(KINDS, '--selector=app.kubernetes.io/managed-by=Helm').map(({ kind, metadata }) => [
      identityOf({ kind, metadata } as unknown as Manifest),
      [metadata.annotations?.['meta.helm.sh/release-name'] ?? '', metadata.uid],
    ]),
  );
}

/** Runs helm for each, some at a time; gives what it complained about. */
async function helmForEach(
  releases: typeof RELEASES,
  argsOf: (release: (typeof RELEASES)[number]) => readonly string[],
): Promise<string[]> {
  const problems: string[] = [];
  await inParallel(releases, AT_ONCE, async (each) => {
    const { code, output } = await run('helm', [...argsOf(each), '--namespace', 'default']);
    if (code !== 0) problems.push(`${each.release}: ${output}`);
  });
  return problems;
}

function uninstall(releases: typeof RELEASES): Promise<string[]> {
  return helmForEach(releases, ({ release }) => ['uninstall', release, '--wait', '--timeout', '120s']);
}

let problems: string[];
let now: ReadonlyMap<string, unknown>;
let then: ReadonlyMap<string, unknown>;

beforeAll(async () => {
  apply(CRDS, '--force-conflicts');
  kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s']);
  apply(FOUNDATION);
  apply(VOLUMES);
  problems = await helmForEach(RELEASES, ({ release, install }) => [
    'install',
    release,
    chartOf(install),
    ...helmFlags(site, install),
  ]);
  // Binding writes into claims and volumes; it is over before they are compared.
  kubectl([
    'wait',
    'persistentvolumeclaim',
    '--all',
    '--namespace',
    NAMESPACES.servicesNamespace,
    '--for=jsonpath={.status.phase}=Bound',
    '--timeout=60s',
  ]);
  now = withoutFieldOwners(live(OBJECTS, 'json'));
  then = applied(OBJECTS);
});

afterAll(() => {
  kubectl(['delete', '--filename', '-', '--ignore-not-found'], listOf([...VOLUMES, ...FOUNDATION, ...CRDS]));
});

test('helm installs all of them', () => {
  expect(problems).toEqual([]);
  expect(new Set([...installed().values()].map(([release]) => release))).toEqual(
    new Set(RELEASES.map(({ release }) => release)),
  );
});

test.each(RELEASES)('$release is what this program deploys', ({ objects }) => {
  const ids = objects.map(identityOf);
  const [is, becomes] = [now, then].map((all) => ids.map((id) => [id, all.get(id)]));
  expect(ids.filter((id) => !now.has(id))).toEqual([]);
  expect(becomes).toEqual(is);
});

test('a difference would be seen', () => {
  const changed = applied(
    OBJECTS.map(
      ({ metadata, ...rest }) => ({ ...rest, metadata: { ...metadata, labels: { other: 'yes' } } }) as Manifest,
    ),
  );
  for (const [id, object] of now) expect(changed.get(id)).not.toEqual(object);
});

test('half of them is taken away, and nothing of the others changes; then the rest', async () => {
  const all = installed();
  const [even, odd] = [0, 1].map((rest) => RELEASES.filter((_, index) => index % 2 === rest)) as [
    typeof RELEASES,
    typeof RELEASES,
  ];
  const left = new Set(odd.map(({ release }) => release));
  expect(await uninstall(even)).toEqual([]);
  expect(installed()).toEqual(new Map([...all].filter(([, [release]]) => left.has(release))));
  expect(await uninstall(odd)).toEqual([]);
  expect(installed()).toEqual(new Map());
  expect(live(OBJECTS, 'name')).toBe('');
  expect(list('jobs', `--field-selector=metadata.namespace=${NAMESPACES.servicesNamespace}`)).toEqual([]);
});
