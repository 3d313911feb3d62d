import { readFileSync } from 'node:fs';
import { inParallel } from '../../src/base/parallel';
import { loadEnvironment } from '../../src/environment/load';
import { HowTo } from '../../src/findings/how-to';
import { findingText } from '../../src/findings/texts';
import type { Manifest } from '../../src/objects/manifest';
import { normalise } from '../../src/objects/normalise';
import { renderManifests } from '../../src/render/manifests';
import { pinned, type Schema, SCHEMAS, schemasFile } from '../../tools/schemas';
import fc from '../random';
import { CHART_OBJECTS } from '../validation/chart-objects';
import { mutationsOf } from '../validation/mutations';
import { errorsOf } from '../validation/support';
import { DryRun } from './support/dry-run';
import { apply, kubectl, listOf } from './support/kubectl';

/** What `check` refuses without a server, beside what the API server refuses. */

/** Small faults in valid objects; KAAPANA_MUTATIONS=5000 for more. */
const MUTATIONS = Number(process.env['KAAPANA_MUTATIONS'] ?? 500);

/** Of what the API server refuses, `check` refuses at least this share. The rest are expressions, which it compiles. */
const SHARE = 0.95;

const FOUNDATION = new Set(['Namespace', 'CustomResourceDefinition']);

let dryRun: DryRun;
let ours: readonly Manifest[];
let made: readonly Manifest[];

beforeAll(async () => {
  dryRun = await DryRun.open();
  const { graph, owner } = loadEnvironment('test/conformance/settings/default-extensions.yaml');
  const all = renderManifests(graph, { owner, secretOf: () => 'secret' }).map(({ manifest }) => manifest);
  // Definitions of custom resources have a schema language of their own, which nobody here writes.
  ours = all.filter(({ kind }) => kind !== 'CustomResourceDefinition');
  made = all.filter(({ kind }) => FOUNDATION.has(kind));
  apply(made, '--force-conflicts');
  kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s']);
});

afterAll(async () => {
  await dryRun.close();
  kubectl(['delete', '--filename', '-'], listOf(made));
});

function textsOf(manifest: Manifest): string[] {
  return errorsOf(manifest).map((each) => findingText(each, new HowTo('test')));
}

test('objects as they should be are taken by both', async () => {
  expect([...ours, ...CHART_OBJECTS].flatMap(textsOf)).toEqual([]);
  expect(await Promise.all(CHART_OBJECTS.map((object) => dryRun.refusal(object)))).toEqual(
    CHART_OBJECTS.map(() => undefined),
  );
});

test('what the API server refuses, check refuses; what it takes, check takes', async () => {
  const faults = [CHART_OBJECTS, ours].flatMap((manifests) =>
    fc.sample(mutationsOf(manifests), { numRuns: MUTATIONS / 2 }),
  );
  const told: string[] = [];
  const missed: string[] = [];
  const wrong: string[] = [];
  await inParallel(faults, 8, async ({ manifest, what }) => {
    const refusal = await dryRun.refusal(normalise(manifest));
    const [found] = textsOf(manifest);
    if (refusal === undefined) wrong.push(...(found === undefined ? [] : [`${what}: ${found}`]));
    else if (found === undefined) missed.push(`${what}: ${refusal}`);
    else told.push(what);
  });
  const refused = told.length + missed.length;
  console.log(
    `${faults.length} faults: the API server refuses ${refused}, check ${told.length} of them (${((100 * told.length) / refused).toFixed(1)} %), and ${wrong.length} more\n${missed.join('\n')}`,
  );
  expect(wrong).toEqual([]);
  expect(refused).toBeGreaterThan(MUTATIONS / 4);
  expect(told.length / refused).toBeGreaterThanOrEqual(SHARE);
});

test('the pinned schemas are those of the API server', () => {
  const document = JSON.parse(kubectl(['get', '--raw', '/openapi/v2'])) as { definitions: Record<string, Schema> };
  expect(schemasFile(pinned(document))).toBe(readFileSync(SCHEMAS, 'utf8'));
});
