import { kindOf } from './kinds';

/** Plain data, as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of plain data. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Metadata of a Kubernetes object. */
export interface Metadata extends JsonObject {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Kubernetes object, as it is sent. */
export interface Manifest extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
}

/** The identity of an object: `Kind/namespace/name`; the namespace of a cluster-wide object is empty. */
export function identity(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${kindOf(kind).namespaced ? (namespace ?? '') : ''}/${name}`;
}

/** The identity of `manifest`. */
export function identityOf({ kind, metadata }: Manifest): string {
  return identity(kind, metadata.namespace, metadata.name);
}

/** Whether `value` is an object of plain data. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `value` if it is an object, else an empty one. */
export function objectAt(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The objects in the list `value`; none if it is no list. */
export function objectsAt(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item: Json): item is JsonObject => isObject(item)) : [];
}

/** `value` if it is a text. */
export function textAt(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The pod template of a workload. */
export function podTemplate(manifest: Manifest): JsonObject | undefined {
  const { template } = objectAt(manifest.spec);
  return manifest.kind !== 'CustomResourceDefinition' && isObject(template) ? template : undefined;
}

/** The containers of a pod, those of the start-up included. */
export function containersOf(template: JsonObject): readonly JsonObject[] {
  const spec = objectAt(template.spec);
  return [...objectsAt(spec.initContainers), ...objectsAt(spec.containers)];
}

/** Every text in `value`, with the path that leads to it. */
export function* textsIn(value: Json | undefined, path = ''): Generator<{ path: string; text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* textsIn(item, `${path}[${index}]`);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) yield* textsIn(item, path === '' ? key : `${path}.${key}`);
}
