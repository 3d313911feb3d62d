import type { ThirdPartyObject } from '../../../constructs/extensions/third-party/third-party-object';
import { withinBase64 } from '../../../constructs/extensions/third-party/third-party-secret';
import type { Json, JsonObject } from '../../objects/manifest';
import { isObject } from '../../objects/manifest';

/** What stands at a place: texts of a kind are treated alike. */
export type PlaceKind = 'secret' | 'config' | 'environment' | 'name' | 'note' | 'other';

/** A text in an object of a chart; what a Secret has in base64 is decoded. */
export interface PlacedText {
  /** Position of its object. */
  readonly object: number;

  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly kind: PlaceKind;

  /** What the place is called: key of the data, environment variable, else the field. */
  readonly called: string;

  /** The object, for messages. */
  readonly owner: string;

  /** Whether it is a number in the object. */
  readonly isNumber: boolean;

  /** Whether `text` was decoded. */
  readonly isEncoded: boolean;
}

/** Fields that name another object, or a part of one. */
const REFERENCES =
  /(^|\.)(secretName|claimName|serviceAccountName|serviceAccount|secretKeyRef|secretRef|configMapRef|configMapKeyRef|imagePullSecrets|configMap|roleRef|tls)\b[^=]*$/;

/** Every text and number of `objects`, in order. */
export function textsOf(objects: readonly ThirdPartyObject[]): PlacedText[] {
  return objects.flatMap((object, index) => [...placed(object, index)]);
}

function* placed(object: ThirdPartyObject, index: number): Generator<PlacedText> {
  const owner = `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;
  for (const { path, value, parent } of leaves(object as unknown as Json, [], undefined)) {
    const isEncoded = object.kind === 'Secret' && path[0] === 'data' && path.length === 2;
    const decoded = isEncoded ? decode(String(value)) : undefined;
    yield {
      object: index,
      path,
      owner,
      text: decoded ?? String(value),
      kind: kindOf(object.kind, path, parent),
      called: calledBy(path, parent),
      isNumber: typeof value === 'number',
      isEncoded: decoded !== undefined,
    };
  }
}

interface Leaf {
  readonly path: readonly (string | number)[];
  readonly value: string | number;

  /** The mapping that it stands in. */
  readonly parent?: JsonObject;
}

function* leaves(value: Json | undefined, path: readonly (string | number)[], parent?: JsonObject): Generator<Leaf> {
  if (typeof value === 'string' || typeof value === 'number') yield { path, value, parent };
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* leaves(item as Json, [...path, index], parent);
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) yield* leaves(item, [...path, key], value);
}

function kindOf(kind: string, path: readonly (string | number)[], parent?: JsonObject): PlaceKind {
  const [first, second] = path;
  const last = path.at(-1);
  if (first === 'metadata' || path.includes('metadata'))
    return path.includes('annotations') || path.includes('labels') ? 'note' : 'name';
  if (kind === 'Secret' && (first === 'data' || first === 'stringData')) return 'secret';
  if (kind === 'ConfigMap' && first === 'data' && second !== undefined) return 'config';
  if (last === 'value' && path.at(-3) === 'env' && parent?.name !== undefined) return 'environment';
  if (path.includes('matchLabels') || path.includes('selector')) return 'note';
  return REFERENCES.test(path.join('.')) || (last === 'name' && path.at(-2) === 'secret') ? 'name' : 'other';
}

function calledBy(path: readonly (string | number)[], parent?: JsonObject): string {
  const last = path.at(-1);
  if (last === 'value' && typeof parent?.name === 'string') return parent.name;
  return String(typeof last === 'number' ? (path.at(-2) ?? '') : last);
}

/** The text that `encoded` stands for; undefined where it is no text in base64. */
export function decode(encoded: string): string | undefined {
  const bytes = Buffer.from(encoded, 'base64');
  const text = bytes.toString('utf8');
  return bytes.length > 0 && Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}

/** `objects` with another text at the places in `changed`; what was decoded is encoded again. */
export function withTexts(
  objects: readonly ThirdPartyObject[],
  changed: readonly (readonly [place: PlacedText, text: string])[],
): ThirdPartyObject[] {
  return objects.map((object, index) =>
    changed
      .filter(([place]) => place.object === index)
      .reduce<ThirdPartyObject>(
        (result, [{ path, isEncoded }, text]) =>
          replaced(
            result as unknown as Json,
            path,
            isEncoded ? Buffer.from(text, 'utf8').toString('base64') : text,
          ) as unknown as ThirdPartyObject,
        object,
      ),
  );
}

function replaced(value: Json | undefined, [first, ...rest]: readonly (string | number)[], text: string): Json {
  if (first === undefined) return text;
  if (Array.isArray(value))
    return value.map((item: Json, index) => (index === first ? replaced(item, rest, text) : item));
  return isObject(value) ? { ...value, [first]: replaced(value[first], rest, text) } : text;
}

/** `text` with what is encoded in it and holds credentials decoded. */
export function opened(text: string): string {
  return withinBase64(text, (inner) => inner);
}
