import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadEnvironment } from '../../src/environment/load';
import { buildPlatform } from '../../src/environment/tree';
import type { Manifest } from '../../src/objects/manifest';
import { renderManifests } from '../../src/render/manifests';
import { toYaml } from '../../src/render/yaml';
import { parseSettings } from '../../src/settings/parse';
import fc from '../random';
import { anySettings } from '../settings/arbitrary';
import { REQUIRED } from '../settings/support';
import { DryRun } from './support/dry-run';
import { apply, kubectl, listOf } from './support/kubectl';

/** What the API server says about every rendered object, without keeping it. */

/** Random platforms; KAAPANA_PLATFORMS=500 for more. */
const PLATFORMS = Number(process.env['KAAPANA_PLATFORMS'] ?? 10);

const SITES = readdirSync('test/conformance/settings').map((file) => `test/conformance/settings/${file}`);
const FOUNDATION = new Set(['Namespace', 'CustomResourceDefinition']);

/** The NFS server has an address in the network of its distribution; the server of the test has one network. */
const OTHER_NETWORK = /^Service\/nfs-service: .*failed to allocate IP .* is not in the valid range/;

/** What the others cannot be tried without. */
const made = new Map<string, Manifest>();

let dryRun: DryRun;

beforeAll(async () => {
  dryRun = await DryRun.open();
  // NVIDIA's operator is there before the platform.
  await provide([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gpu-operator-resources' } }]);
});

afterAll(async () => {
  await dryRun.close();
  kubectl(['delete', '--filename', '-'], listOf([...made.values()]));
});

test.each(['dev', ...SITES])(
  '%s: every object passes a strict dry run',
  async (site) => {
    const { graph, owner, secrets } = loadEnvironment(site);
    const objects = renderManifests(graph, { owner, secretOf: (name) => secrets.resolve(name) }).map(
      ({ manifest }) => manifest,
    );
    await provide(objects);
    expect(await dryRun.problems(objects)).toEqual([]);
  },
  120_000,
);

test('what is wrong is found', async () => {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'wrong', namespace: 'default' } };
  expect(await dryRun.problems([{ ...map, dta: {} }])).toEqual([
    expect.stringContaining('.dta: field not declared in schema'),
  ]);
  expect(await dryRun.problems([{ ...map, data: { 'a b': 'c' } }])).toEqual([
    expect.stringContaining('a valid config key'),
  ]);
});

test(
  'whatever the settings are, every object passes, and another render is the same byte by byte',
  async () => {
    await fc.assert(
      fc.asyncProperty(anySettings, async (given) => {
        const rendered = (): Manifest[] => {
          const { settings, secrets } = parseSettings(given, 'test');
          const host =
            settings.serverStack === undefined ? undefined : parseSettings(REQUIRED, settings.serverStack).settings;
          const { graph, owner } = buildPlatform(settings, 'test', host);
          return renderManifests(graph, { owner, secretOf: (name) => secrets.resolve(name) ?? 'secret' }).map(
            ({ manifest }) => manifest,
          );
        };
        const objects = rendered();
        expect(toYaml(rendered())).toBe(toYaml(objects));
        await provide(objects);
        const problems = await dryRun.problems(objects);
        expect(problems.filter((problem) => !OTHER_NETWORK.test(problem))).toEqual([]);
      }),
      { numRuns: PLATFORMS },
    );
  },
  300_000 + PLATFORMS * 10_000,
);

async function provide(objects: readonly Manifest[]): Promise<void> {
  const missing = objects.filter(
    ({ kind, metadata: { name } }) => FOUNDATION.has(kind) && !made.has(`${kind}/${name}`),
  );
  if (missing.length === 0) return;
  apply(missing, '--force-conflicts');
  for (const object of missing) made.set(`${object.kind}/${object.metadata.name}`, object);
  if (!missing.some(({ kind }) => kind === 'CustomResourceDefinition')) return;
  kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s']);
  // Established is said a moment before the last API path is served.
  await sleep(500);
}
