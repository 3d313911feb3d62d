import { type OutputUnit, validate } from '@cfworker/json-schema';
import { closest, distance } from 'fastest-levenshtein';
import { holdsSecret } from '../../constructs/kube';
import { pointerParts } from '../base/json-pointer';
import type { InvalidPlace } from '../findings/facts/validation';
import { isObject, type Json, type JsonObject, type Manifest, objectAt } from '../objects/manifest';
import { at, wrong } from './rule';
import type { Schemas } from './schema';

/** A field that the API server does not know. */
export interface UnknownField {
  readonly path: string;

  /** The one that may be meant. @default - none is like it */
  readonly known?: string;
}

/** What a schema finds. */
export interface StructureProblems {
  readonly unknown: readonly UnknownField[];
  readonly invalid: readonly InvalidPlace[];
}

/** What the API server finds when it reads an object, before any rule: unknown fields, types, choices, doubles. */
export function structureProblems(manifest: Manifest, schema: JsonObject, schemas: Schemas): StructureProblems {
  const { errors } = validate(manifest, schema, '7', schemas.definitions as Record<string, JsonObject>, false);
  const places = errors.filter(isPlace).map((error) => ({ error, ...placeOf(error, manifest, schema, schemas) }));
  return {
    unknown: places
      .filter(({ error }) => error.keyword === 'false')
      .map(({ path, key, around }) => ({ path, ...knownLike(String(key), around) })),
    invalid: [
      ...places.flatMap(({ error, path, value, schema: own }) => problemOf(error, path, value, own)),
      ...doubles(manifest, schema, schemas, ''),
    ],
  };
}

/** Others say only that something below them is wrong, or tell of one way of several. */
function isPlace({ keyword, keywordLocation }: OutputUnit): boolean {
  return (KEYWORDS.has(keyword) || keyword === 'false') && !/\/(anyOf|oneOf|allOf|not)\//.test(keywordLocation);
}

/** What each keyword of a schema demands, in words of findings, and the keyword that has its bounds. */
const KEYWORDS: ReadonlyMap<string, InvalidPlace['must']> = new Map([
  ['type', 'type'],
  ['enum', 'choice'],
  ['required', 'present'],
  ['minimum', 'range'],
  ['maximum', 'range'],
  ['exclusiveMinimum', 'range'],
  ['exclusiveMaximum', 'range'],
  ['multipleOf', 'format'],
  ['minLength', 'length'],
  ['maxLength', 'length'],
  ['minItems', 'length'],
  ['maxItems', 'length'],
  ['minProperties', 'length'],
  ['maxProperties', 'length'],
  ['pattern', 'pattern'],
  ['format', 'format'],
  ['uniqueItems', 'unique'],
  ['anyOf', 'type'],
  ['oneOf', 'type'],
  ['not', 'type'],
]);

function problemOf(
  { keyword, error }: OutputUnit,
  path: string,
  value: Json | undefined,
  schema: JsonObject,
): InvalidPlace[] {
  const must = KEYWORDS.get(keyword);
  // What stands for a secret has its form only when it is known.
  if (must === undefined || (typeof value === 'string' && holdsSecret(value))) return [];
  if (keyword === 'pattern' && isOwnForm(schema.$comment)) return [wrong(path, schema.$comment, undefined, value)];
  if (keyword === 'required') return [wrong(at(path, /property "(.+)"/.exec(error)?.[1] ?? ''), must)];
  return [wrong(path, must, boundsOf(keyword, schema), value)];
}

/** Forms that have a name of their own among what findings demand. */
function isOwnForm(comment: Json | undefined): comment is 'base64' | 'quantity' {
  return comment === 'base64' || comment === 'quantity';
}

function boundsOf(keyword: string, { minimum, maximum, [keyword]: bound, ...schema }: JsonObject): string | undefined {
  if (keyword === 'minimum' || keyword === 'maximum')
    return minimum === undefined
      ? `${String(maximum)} or less`
      : maximum === undefined
        ? `${String(minimum)} or more`
        : `${String(minimum)} to ${String(maximum)}`;
  if (/^(anyOf|oneOf|not)$/.test(keyword))
    return typeof schema.type === 'string' ? schema.type : 'one of the forms of its definition';
  const values = Array.isArray(bound) ? bound.filter((item: Json) => item !== '' && item !== 'null') : [bound];
  const text = values.filter((item) => item !== undefined && !isObject(item as Json)).join(', ');
  if (keyword.startsWith('min') && text !== '') return `${text} or more`;
  if (keyword.startsWith('max') && text !== '') return `${text} or less`;
  return text === '' ? undefined : text.replace('string, number', 'a quantity');
}

interface Place {
  readonly path: string;

  /** Last step of the path. */
  readonly key: string | number;
  readonly value: Json | undefined;
  readonly schema: JsonObject;

  /** The schema of what the place is in. */
  readonly around: JsonObject;
}

/** Follows a JSON pointer through an object and its schema. */
function placeOf({ instanceLocation }: OutputUnit, manifest: Manifest, root: JsonObject, schemas: Schemas): Place {
  let place: Place = { path: '', key: '', value: manifest, schema: schemas.resolve(root), around: {} };
  for (const name of pointerParts(instanceLocation)) {
    const { value, schema, path } = place;
    const key = Array.isArray(value) ? Number(name) : name;
    place = {
      path: typeof key === 'number' ? `${path}[${key}]` : at(path, key),
      key,
      value: Array.isArray(value) ? (value[Number(name)] as Json) : objectAt(value)[name],
      schema: schemas.resolve(schemas.below(schema, key)),
      around: schema,
    };
  }
  return place;
}

/** A slip of the keys is at most this far from what was meant. */
const SLIP = 3;

function knownLike(key: string, { properties }: JsonObject): { known?: string } {
  const names = Object.keys(objectAt(properties));
  if (names.length === 0) return {};
  const same = names.find((name) => name.toLowerCase() === key.toLowerCase());
  const like = same ?? closest(key, names);
  return same !== undefined || distance(key, like) <= Math.min(SLIP, key.length / 2) ? { known: like } : {};
}

/** Items of lists that the server knows by keys of theirs: of one key there is one. */
function doubles(value: Json | undefined, schema: Json | undefined, schemas: Schemas, path: string): InvalidPlace[] {
  if (isObject(value))
    return Object.entries(value).flatMap(([key, item]) =>
      typeof item === 'object' ? doubles(item, schemas.below(schema, key), schemas, at(path, key)) : [],
    );
  if (!Array.isArray(value)) return [];
  const keys = schemas.resolve(schema)['x-kubernetes-list-map-keys'];
  const items = value as readonly Json[];
  return [
    ...(Array.isArray(keys) ? twice(items, keys as readonly string[], path) : []),
    ...items.flatMap((item, index) =>
      typeof item === 'object' ? doubles(item, schemas.below(schema, index), schemas, `${path}[${index}]`) : [],
    ),
  ];
}

/** The only key that the server fills in where it is not given. */
const DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' };

function twice(items: readonly Json[], keys: readonly string[], path: string): InvalidPlace[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const given = keys.map((key) => objectAt(item)[key] ?? DEFAULTS[key]);
    const id = JSON.stringify(given);
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [wrong(`${path}[${index}]`, 'unique', keys.join(', '), given.map(String).join(', '))];
  });
}
