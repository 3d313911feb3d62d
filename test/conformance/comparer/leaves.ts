import { matchesGlob } from './glob';
import { isList, isObject, type Json, type Path } from './json';
import { isOmitted } from './model';

/** One fact: where it is and what it says. */
export interface Leaf {
  readonly path: Path;
  readonly value: Json;
}

/** Last element of the path of a list item. */
export const ITEM = '[]';

/** Lists whose order matters: one fact each. Of every other list each item is a fact. */
const ORDERED: ReadonlySet<string> = new Set(['command', 'args', 'initOrder', 'postStart', 'preStop']);

/** Recorded without points: how Helm keeps objects, and names inside a pod. */
const UNSCORED = ['helm.*', '*.mounts.*.name', '*.volumes.*.names.*', '*.envDuplicates.*', '*.mountDuplicates.*'];

/** Every fact of a value. */
export function leaves(value: Json, path: Path = []): readonly Leaf[] {
  if (isOmitted(value)) {
    const { omitted, chars, hosts, podTemplate } = value;
    return [{ path, value: { omitted, chars } }, ...below({ hosts, podTemplate }, ['hosts', 'podTemplate'], path)];
  }
  if (isList(value)) {
    const whole = ORDERED.has(path.at(-1) ?? '');
    return whole ? [{ path, value }] : value.map((item) => ({ path: [...path, ITEM], value: item }));
  }
  if (!isObject(value)) return [{ path, value }];
  const keys = Object.keys(value).sort();
  return keys.length === 0 ? [{ path, value }] : below(value, keys, path);
}

/** Whether a fact has points. */
export function isScored(path: Path): boolean {
  const name = factName(path);
  return !UNSCORED.some((pattern) => matchesGlob(pattern, name));
}

/** A path as reports and waivers spell it. */
export function factName(path: Path): string {
  return path.join('.');
}

function below(value: { readonly [key: string]: Json | undefined }, keys: readonly string[], path: Path): readonly Leaf[] {
  return keys.flatMap((key) => {
    const inner = value[key];
    return inner === undefined ? [] : leaves(inner, [...path, key]);
  });
}
