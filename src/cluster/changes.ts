import { isObject, type Json, type JsonObject, type Manifest } from '../objects/manifest';
import { revealed, type SecretOf } from '../objects/reveal';

/**
 * Paths of the fields to which `wanted` gives another value than `existing` has; of lists as a whole. What the server
 * has besides stays. A secret that is not known counts as another one.
 */
export function changedFields(
  existing: JsonObject,
  { apiVersion: _, kind: __, ...wanted }: Manifest,
  secretOf: SecretOf,
): string[] {
  return fields(existing, wanted, secretOf, '');
}

function fields(existing: JsonObject, wanted: JsonObject, secretOf: SecretOf, path: string): string[] {
  return Object.entries(wanted).flatMap(([key, value]) => {
    const place = path === '' ? key : `${path}.${key}`;
    const there = existing[key];
    if (isObject(value) && isObject(there)) return fields(there, value, secretOf, place);
    return value === undefined || isIncluded(there, value, secretOf) ? [] : [place];
  });
}

function isIncluded(existing: Json | undefined, wanted: Json, secretOf: SecretOf): boolean {
  if (typeof wanted === 'string') return existing === revealed(wanted, secretOf);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(existing) &&
      existing.length === wanted.length &&
      wanted.every((item: Json, index) => isIncluded(existing[index] as Json, item, secretOf))
    );
  }
  if (!isObject(wanted)) return existing === wanted;
  return (
    isObject(existing) &&
    Object.entries(wanted).every(([key, value]) => value === undefined || isIncluded(existing[key], value, secretOf))
  );
}
