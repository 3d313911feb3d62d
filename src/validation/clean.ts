import { isObject, type Json, type JsonObject } from '../objects/manifest';
import type { Schemas } from './schema';

/** Keywords that are judged here, or ask for nothing; a schema with any other one is left to the validator. */
const KNOWN: ReadonlySet<string> = new Set([
  '$ref',
  '$comment',
  'type',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'required',
  'properties',
  'additionalProperties',
  'items',
  'x-kubernetes-list-map-keys',
]);

/**
 * Whether there is certainly nothing wrong with `value`. Nearly all objects are so, and the validator, which knows all
 * of JSON schema and says what is wrong, takes ten times as long.
 */
export class Clean {
  private readonly judged = new Map<JsonObject, boolean>();
  private readonly patterns = new Map<string, RegExp>();

  constructor(private readonly schemas: Schemas) {}

  public is(value: Json | undefined, given: Json | undefined): boolean {
    if (given === true) return true;
    if (!isObject(given)) return false;
    const schema = this.schemas.resolve(given);
    if (!this.isJudged(schema) || !this.isOfType(value, schema)) return false;
    if (Array.isArray(value)) return this.hasCleanItems(value as readonly Json[], schema);
    if (isObject(value)) return this.hasCleanFields(value, schema);
    return this.isCleanScalar(value, schema);
  }

  private isJudged(schema: JsonObject): boolean {
    const known = this.judged.get(schema) ?? Object.keys(schema).every((key) => KNOWN.has(key));
    this.judged.set(schema, known);
    return known;
  }

  private isOfType(value: Json | undefined, { type }: JsonObject): boolean {
    if (type === undefined) return true;
    const own = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
    const types: readonly Json[] = Array.isArray(type) ? (type as readonly Json[]) : [type];
    return types.includes(own) || (own === 'number' && types.includes('integer') && Number.isInteger(value));
  }

  private hasCleanItems(
    items: readonly Json[],
    { items: schema, 'x-kubernetes-list-map-keys': keys }: JsonObject,
  ): boolean {
    if (Array.isArray(keys) && items.length > 1) {
      const ids = items.map((item) =>
        (keys as readonly string[]).map((key) => (isObject(item) ? (item[key] ?? 'TCP') : '')).join('\n'),
      );
      if (new Set(ids).size < ids.length) return false;
    }
    return schema === undefined || items.every((item) => this.is(item, schema));
  }

  private hasCleanFields(
    value: JsonObject,
    { properties, additionalProperties = true, required }: JsonObject,
  ): boolean {
    const fields = isObject(properties) ? properties : {};
    if (Array.isArray(required) && (required as readonly string[]).some((key) => value[key] === undefined))
      return false;
    for (const key in value)
      if (!this.is(value[key], Object.hasOwn(fields, key) ? fields[key] : additionalProperties)) return false;
    return true;
  }

  private isCleanScalar(value: Json | undefined, { enum: choices, pattern, minimum, maximum }: JsonObject): boolean {
    if (Array.isArray(choices) && !choices.includes(value as never)) return false;
    if (typeof value === 'number')
      return (typeof minimum !== 'number' || value >= minimum) && (typeof maximum !== 'number' || value <= maximum);
    if (typeof value !== 'string' || typeof pattern !== 'string') return true;
    const known = this.patterns.get(pattern) ?? new RegExp(pattern, 'u');
    this.patterns.set(pattern, known);
    return known.test(value);
  }
}
