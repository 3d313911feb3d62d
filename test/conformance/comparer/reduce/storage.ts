import { given, type Json, type JsonObject, list, object, pickGiven, scalar } from '../json';
import { type Texts } from './texts';

/** Facts of a claim. */
export function claim(spec: JsonObject): JsonObject {
  return {
    accessModes: list(spec.accessModes),
    storage: scalar(object(object(spec.resources).requests).storage),
    ...pickGiven(spec, ['storageClassName', 'volumeName', 'volumeMode']),
  };
}

/** Facts of a persistent volume. */
export function persistentVolume(spec: JsonObject, texts: Texts): JsonObject {
  const { capacity, ...rest } = spec;
  const plain = object(texts.plain(rest));
  return {
    persistentVolumeReclaimPolicy: 'Retain',
    ...plain,
    storage: scalar(object(capacity).storage),
    hostPath: plain.hostPath === undefined ? undefined : hostPath(plain.hostPath),
  };
}

/** An empty type is the default. */
function hostPath(value: Json): Json {
  const { type, ...rest } = object(value);
  return given(type) ? value : rest;
}
