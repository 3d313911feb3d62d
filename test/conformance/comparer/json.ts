/** Reading parsed JSON and YAML without trusting its shape. */

/** A value as a JSON or YAML parser returns it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A mapping; `undefined` marks a key that is absent. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** An optional value. */
export type Maybe = Json | undefined;

/** Keys from the root of a value down to one of its leaves. */
export type Path = readonly string[];

/** Whether the value is a mapping. */
export function isObject(value: Maybe): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value is a list. */
export function isList(value: Maybe): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value as a mapping; anything else is an empty one. */
export function object(value: Maybe): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list; anything else is an empty one. */
export function list(value: Maybe): readonly Json[] {
  return isList(value) ? value : [];
}

/** The mappings of a list. */
export function objects(value: Maybe): readonly JsonObject[] {
  return list(value).map(object);
}

/** Text of a scalar; nothing is the empty text. */
export function scalar(value: Maybe): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? canonical(value) : String(value);
}

/** Whether a manifest says something: not null, false, zero, nor an empty text, list or mapping. */
export function given(value: Maybe): value is Json {
  if (isList(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** The first value that is given. */
export function firstGiven(...values: readonly Maybe[]): Maybe {
  return values.find(given);
}

/** JSON with sorted keys, so that equal values have equal texts. */
export function canonical(value: Maybe): string {
  return JSON.stringify(value ?? null, (_key, inner: Json) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(byKey)) : inner,
  );
}

/** The value at a path, through mappings only. */
export function lookup(value: Maybe, path: Path): Maybe {
  let current: Maybe = value;
  for (const key of path) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** The same keys with other values. */
export function mapValues(value: Maybe, convert: (inner: Maybe, key: string) => Maybe): JsonObject {
  return Object.fromEntries(Object.entries(object(value)).map(([key, inner]) => [key, convert(inner, key)]));
}

/** The given ones of some keys. */
export function pickGiven(value: JsonObject, keys: readonly string[], convert = (inner: Json): Maybe => inner): JsonObject {
  const entries = keys.map((key) => [key, value[key]] as const);
  return Object.fromEntries(entries.flatMap(([key, inner]) => (given(inner) ? [[key, convert(inner)]] : [])));
}

/** Those of some keys that are set, zero and false included. */
export function pickSet(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (value[key] === undefined || value[key] === null ? [] : [[key, value[key]]])));
}

/** The value without absent keys, at every depth. */
export function compact(value: Json): Json {
  if (isList(value)) return value.map(compact);
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.flatMap(([key, inner]) => (inner === undefined ? [] : [[key, compact(inner)]])));
}

/** Both sides of the first separator; the second is empty when there is none. */
export function cut(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : Number(a > b);
}
