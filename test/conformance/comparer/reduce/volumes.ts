import { given, isObject, type Json, type JsonObject, type Maybe, object, objects, scalar } from '../json';
import { type Texts } from './texts';

/** Volume source, the field that says what it holds, and its prefix in the facts. */
const SOURCES = [
  ['persistentVolumeClaim', 'claimName', 'pvc'],
  ['configMap', 'name', 'configMap'],
  ['secret', 'secretName', 'secret'],
  ['hostPath', 'path', 'hostPath'],
  ['csi', 'driver', 'csi'],
  ['nfs', 'path', 'nfs'],
] as const;

const IN_KEY = ['claimName', 'name', 'secretName', 'path', 'medium'];

/** What a volume holds, whatever its name. */
export function volumeKey(volume: JsonObject): string {
  const known = SOURCES.find(([source]) => source in volume);
  if (known !== undefined) return `${known[2]}/${scalar(object(volume[known[0]])[known[1]])}`;
  if ('emptyDir' in volume) {
    const { medium } = object(volume.emptyDir);
    return given(medium) ? `emptyDir/${scalar(medium)}` : 'emptyDir';
  }
  return Object.keys(volume).filter((key) => key !== 'name').sort()[0] ?? 'none';
}

/** Facts of the volumes of a pod, by what they hold. */
export function volumes(items: readonly JsonObject[], texts: Texts): JsonObject {
  const byKey: Record<string, JsonObject & { readonly names: readonly Json[] }> = {};
  for (const item of items) {
    const key = volumeKey(item);
    const before = byKey[key];
    byKey[key] = { ...before, ...options(item, texts), names: [...(before?.names ?? []), item.name ?? null] };
  }
  return byKey;
}

function options(volume: JsonObject, texts: Texts): JsonObject {
  const sources = Object.entries(volume).filter(([source, spec]) => source !== 'name' && isObject(spec));
  return Object.fromEntries(
    sources.flatMap(([, spec]) =>
      Object.entries(object(spec))
        .filter(([key, value]) => !IN_KEY.includes(key) && (key !== 'type' || given(value)))
        .map(([key, value]) => [key, option(key, value, texts)] as const),
    ),
  );
}

function option(key: string, value: Maybe, texts: Texts): Json {
  if (key !== 'items') return texts.plain(value);
  return Object.fromEntries(objects(value).map((item) => [scalar(item.key), scalar(item.path)]));
}
