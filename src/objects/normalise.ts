import { base64 } from '../../constructs/kube';
import { canonicalQuantity } from '../../constructs/kube/quantity';
import { kindOf } from './kinds';
import { isObject, type Json, type JsonObject, type Manifest, objectAt, textAt } from './manifest';

/** Keys whose values are tables of quantities. */
const QUANTITY_TABLES = new Set(['requests', 'limits', 'capacity', 'default', 'defaultRequest', 'hard', 'max', 'min']);

/**
 * The form of an object that the API server would give back, so that sending it again changes nothing:
 * no nulls, canonical quantities, `data` in place of `stringData`, no namespace on cluster-wide kinds.
 */
export function normalise(manifest: Manifest): Manifest {
  const { stringData, ...rest } = manifest;
  const { namespace, ...metadata } = manifest.metadata;
  const place = kindOf(manifest.kind).namespaced ? { namespace } : {};
  const all = { ...objectAt(rest.data), ...encoded(objectAt(stringData)) };
  // The API server drops empty data, and sending it would be a difference each time.
  const data = manifest.kind === 'Secret' ? { data: Object.keys(all).length > 0 ? all : undefined } : {};
  const plain = { ...rest, ...data, metadata: { ...metadata, ...place } };
  // The schema of a definition has keys of its own that look like ours.
  const quantities = manifest.kind !== 'CustomResourceDefinition';
  return withoutNulls(plain as JsonObject, quantities) as Manifest;
}

function encoded(stringData: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, base64(textAt(value) ?? '')]));
}

function withoutNulls(value: Json, quantities: boolean): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutNulls(item, quantities));
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === null || item === undefined) continue;
    if (quantities && QUANTITY_TABLES.has(key) && isObject(item)) kept[key] = quantityTable(item);
    else if (quantities && key === 'sizeLimit' && typeof item === 'string') kept[key] = canonical(item);
    else kept[key] = withoutNulls(item, quantities);
  }
  return kept;
}

function quantityTable(table: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(table)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => [key, typeof value === 'string' || typeof value === 'number' ? canonical(value) : value]),
  );
}

/** What is no quantity stays as it is: validation tells of it, and where it is. */
function canonical(value: string | number): string | number {
  try {
    return canonicalQuantity(String(value));
  } catch {
    return value;
  }
}
