import type { Arbitrary } from 'fast-check';
import { isObject, type Json, type JsonObject, type Manifest, objectAt } from '../../src/objects/manifest';
import fc from '../random';

/** One small fault in an object, as people make them. */
export interface Mutated {
  readonly manifest: Manifest;

  /** What was done, and where. */
  readonly what: string;
}

type Step = string | number;
type Path = readonly Step[];

/** Which object it is, nobody changes by mistake. */
const FIXED = /^(apiVersion|kind|metadata|metadata\.(name|namespace))$/;

/** A fault at any place of any of `manifests`. */
export function mutationsOf(manifests: readonly Manifest[]): Arbitrary<Mutated> {
  return fc.constantFrom(...manifests).chain((manifest) => {
    const places = placesIn(manifest, []).filter((path) => !FIXED.test(path.join('.')));
    return fc
      .tuple(fc.constantFrom(...places), fc.nat(), fc.nat())
      .map(([path, which, how]) => mutated(manifest, path, places, which, how));
  });
}

function placesIn(value: Json | undefined, path: Path): Path[] {
  const below = Array.isArray(value)
    ? value.flatMap((item: Json, index) => placesIn(item, [...path, index]))
    : Object.entries(objectAt(value)).flatMap(([key, item]) => placesIn(item, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}

function mutated(manifest: Manifest, path: Path, places: readonly Path[], which: number, how: number): Mutated {
  const value = valueAt(manifest, path);
  const last = path.at(-1);
  const changes: [string, () => Json][] = [
    ...others(value).map((other): [string, () => Json] => [
      `is ${JSON.stringify(other)}`,
      () => put(manifest, path, () => other),
    ]),
    ['is away', () => put(manifest, path, () => undefined)],
    ...(typeof last === 'string'
      ? slips(last).map((key): [string, () => Json] => [`is called ${key}`, () => renamed(manifest, path, key)])
      : []),
    ...(isObject(value)
      ? [['has one field more', () => put(manifest, path, () => ({ ...value, extra: 'x' }))] as [string, () => Json]]
      : []),
    ...(typeof last === 'number'
      ? [
          [
            'is there twice',
            () => put(manifest, path.slice(0, -1), (list) => [...(list as readonly Json[]), value as Json]),
          ] as [string, () => Json],
        ]
      : []),
    [
      'is that of another place',
      () => put(manifest, path, () => valueAt(manifest, places[which % places.length] ?? [])),
    ],
  ];
  const [what, change] = changes[how % changes.length] ?? ['', () => manifest];
  return {
    manifest: change() as unknown as Manifest,
    what: `${manifest.kind}/${manifest.metadata.name} ${path.join('.')} ${what}`,
  };
}

/** Names that are nearly this one. */
function slips(key: string): string[] {
  return [`${key}s`, key.slice(0, -1), key.toUpperCase(), `${key.slice(0, 1)}${key.slice(2)}`].filter(
    (slip) => slip !== key && slip !== '',
  );
}

/** Other values, of the same type and of others. */
function others(value: Json | undefined): Json[] {
  if (typeof value === 'string')
    return [
      value.toUpperCase(),
      value.toLowerCase(),
      `${value}_`,
      `${value} x`,
      `-${value}`,
      `/${value}`,
      `${value}/../x`,
      `${value}${'x'.repeat(64)}`,
      '',
      'x',
      '100MB',
      '-1',
      '0',
      'a.b',
      7,
      true,
      null,
      {},
      [],
    ].filter((other) => other !== value);
  if (typeof value === 'number')
    return [-1, 0, value + 1, value * 1000, 1.5, 70_000, 2 ** 33, String(value), 'x', true, {}];
  if (typeof value === 'boolean') return [!value, String(value), 1, 'x'];
  if (Array.isArray(value))
    return [
      [],
      [...(value as readonly Json[]), 'x'],
      'x',
      {},
      (value as readonly Json[]).slice(1),
      [...(value as readonly Json[]), {}],
    ];
  return [{}, 'x', [], 3, [value ?? {}]];
}

function valueAt(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (at, step) => (Array.isArray(at) ? (at as readonly Json[])[Number(step)] : objectAt(at)[step]),
    value,
  );
}

/** `value` with another value at `path`, or none. */
function put(value: Json, [first, ...rest]: Path, change: (old: Json | undefined) => Json | undefined): Json {
  if (first === undefined) return change(value) as Json;
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((item, index): Json[] => {
      if (index !== first) return [item];
      const other = rest.length === 0 ? change(item) : put(item, rest, change);
      return other === undefined ? [] : [other];
    });
  const object = objectAt(value);
  const old = object[first];
  const other = rest.length === 0 ? change(old) : put(old as Json, rest, change);
  return { ...object, [first]: other };
}

function renamed(manifest: Manifest, path: Path, key: string): Json {
  const last = String(path.at(-1));
  return put(manifest, path.slice(0, -1), (around) =>
    Object.fromEntries(Object.entries(around as JsonObject).map(([name, item]) => [name === last ? key : name, item])),
  );
}
