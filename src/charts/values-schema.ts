import { pointerParts } from '../base/json-pointer';
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../objects/manifest';
import type { ChartFiles } from './archive';
import type { ValuePath } from './value-path';

const SCHEMA_FILE = /(^|\/)values\.schema\.json$/;

/** Drafts that validators know by heart; any other one would be fetched. */
const KNOWN_DRAFT = /^https?:\/\/json-schema\.org\/(draft-0[4-7]|draft\/20(19-09|20-12))\/schema#?$/;
const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'] as const;

/** What holds data, in which a key is none of the schema's. */
const DATA: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples']);

/**
 * The files of a chart, with schemas that refer to nothing elsewhere: a validator would read other files of this
 * machine, and ask addresses. `left` has what is not checked in consequence.
 */
export function withLocalSchemas(files: ChartFiles): { readonly files: ChartFiles; readonly left: readonly string[] } {
  const result = new Map(files);
  const left: string[] = [];
  for (const [path, content] of files) {
    if (!SCHEMA_FILE.test(path)) continue;
    let schema: Json;
    try {
      schema = JSON.parse(content.toString('utf8').replace(/^\ufeff/, '')) as Json;
    } catch {
      // Helm says what is wrong with it.
      continue;
    }
    const elsewhere = new Set<string>();
    const local = withGlobal(localised(schema, new Set(idsIn(schema)), elsewhere));
    result.set(path, Buffer.from(JSON.stringify(local)));
    left.push(...[...elsewhere].map((target) => `${path}: what it takes from ${target} is not checked`));
  }
  return { files: result, left };
}

function localised(schema: Json | undefined, ids: ReadonlySet<string>, elsewhere: Set<string>): Json {
  if (Array.isArray(schema)) return schema.map((item: Json) => localised(item, ids, elsewhere));
  if (!isObject(schema)) return schema ?? null;
  const kept = Object.entries(schema).filter(([key, value]) => {
    if (typeof value !== 'string') return true;
    if (key === '$schema') return KNOWN_DRAFT.test(value);
    const isElsewhere =
      REFERENCES.some((name) => name === key) && !value.startsWith('#') && !ids.has(value.split('#')[0] ?? '');
    if (isElsewhere) elsewhere.add(value);
    return !isElsewhere;
  });
  return Object.fromEntries(
    kept.map(([key, value]) => [key, DATA.has(key) ? value : localised(value, ids, elsewhere)]),
  );
}

function idsIn(schema: Json | undefined): string[] {
  if (Array.isArray(schema)) return schema.flatMap((item: Json) => idsIn(item));
  if (!isObject(schema)) return [];
  const own = [schema.$id, schema.id].flatMap((id) => textAt(id)?.split('#')[0] ?? []);
  return [...own, ...Object.values(schema).flatMap((value) => idsIn(value))].filter((id) => id !== '');
}

/** Every chart gets `global`, of which a schema that allows nothing else need not know. */
function withGlobal(schema: Json): Json {
  if (!isObject(schema) || schema.additionalProperties !== false) return schema;
  const properties = objectAt(schema.properties);
  return Object.hasOwn(properties, 'global') ? schema : { ...schema, properties: { ...properties, global: {} } };
}

/** What a schema says of the value at `path`, as far as it does so without conditions. */
export function schemaAt(root: JsonObject, path: ValuePath): JsonObject | undefined {
  return path.reduce<JsonObject | undefined>((schema, part) => {
    const { properties, additionalProperties, items } = resolved(root, schema);
    const next =
      typeof part === 'number'
        ? items
        : Object.hasOwn(objectAt(properties), part)
          ? objectAt(properties)[part]
          : additionalProperties;
    return isObject(next) ? resolved(root, next) : undefined;
  }, root);
}

/** The types that it allows. @default - any */
export function typesOf(schema: JsonObject | undefined): readonly string[] {
  const { type, anyOf, oneOf } = schema ?? {};
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.map(String);
  const choices = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : [];
  const types = choices.map((choice: Json) => typesOf(objectAt(choice)));
  return types.some(({ length }) => length === 0) ? [] : types.flat();
}

/** Follows references within the schema, so far as a chain of them is sensible. */
function resolved(root: JsonObject, schema: JsonObject | undefined, depth = 0): JsonObject {
  const target = textAt(schema?.$ref);
  if (schema === undefined || target === undefined || !target.startsWith('#/') || depth > 20) return schema ?? {};
  const found = pointerParts(target).reduce<Json | undefined>((group, part) => objectAt(group)[part], root);
  const followed = resolved(root, objectAt(found), depth + 1);
  const properties = { ...objectAt(followed.properties), ...objectAt(schema.properties) };
  return { ...followed, ...schema, properties, $ref: undefined };
}
