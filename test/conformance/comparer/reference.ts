import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matchesGlob } from './glob';
import { canonical } from './json';
import { label, type ReferenceObject } from './model';

/** The committed facts, by release and values set. */
export const FACTS = join(__dirname, '..', 'facts');

/** What a fact file holds: one chart of one values set. */
interface FactFile {
  readonly chart: string;
  readonly objects?: readonly Omit<ReferenceObject, 'chart'>[];

  /** Identities of objects of the default set that this set does not have. */
  readonly removed?: readonly string[];
}

/** Objects of a values set: those of the default set, changed by what the set stores. */
export function loadReference(release: string, set: string, charts: readonly string[]): readonly ReferenceObject[] {
  const base = files(release, 'default').flatMap(chartObjects);
  const objects = set === 'default' ? base : overlay(base, files(release, set));
  return objects.filter(({ chart }) => charts.some((glob) => matchesGlob(glob, chart)));
}

/** What tells an object from the others of its chart: two releases may hold one of the same name. */
export function identity(object: ReferenceObject): string {
  return `${object.release ?? ''} ${label(object)}`;
}

/** Without the second of two equal objects. */
export function distinct(objects: readonly ReferenceObject[]): readonly ReferenceObject[] {
  const byRelease = [...objects].sort((a, b) => order(a.release ?? '', b.release ?? ''));
  const unique = new Map<string, ReferenceObject>();
  for (const object of byRelease) {
    const key = `${label(object)}\0${canonical(object.facts)}`;
    if (!unique.has(key)) unique.set(key, object);
  }
  return [...unique.values()];
}

function overlay(base: readonly ReferenceObject[], changes: readonly FactFile[]): readonly ReferenceObject[] {
  const changed = changes.flatMap(chartObjects);
  const replaced = new Set([
    ...changed.map((object) => inChart(object.chart, identity(object))),
    ...changes.flatMap(({ chart, removed = [] }) => removed.map((item) => inChart(chart, item))),
  ]);
  return [...base.filter((object) => !replaced.has(inChart(object.chart, identity(object)))), ...changed];
}

function inChart(chart: string, item: string): string {
  return `${chart}\0${item}`;
}

function chartObjects({ chart, objects = [] }: FactFile): readonly ReferenceObject[] {
  return objects.map((object) => ({ ...object, chart }));
}

function files(release: string, set: string): readonly FactFile[] {
  const directory = join(FACTS, release, set);
  if (!existsSync(directory)) throw new Error(`no reference for the set ${set} in ${release}`);
  const names = readdirSync(directory).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as FactFile);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
