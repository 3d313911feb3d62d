import { isObject, type Json, type JsonObject, type Maybe } from './json';

/** What is compared of one Kubernetes object. */
export interface FactObject {
  /** Kind, such as `Deployment`. */
  readonly kind: string;

  /** Namespace; empty for a cluster-wide object. */
  readonly namespace: string;

  /** Name. */
  readonly name: string;

  /** Its content, reduced to what matters. */
  readonly facts: JsonObject;
}

/** An object of the reference. */
export interface ReferenceObject extends FactObject {
  /** Chart that renders it. */
  readonly chart: string;

  /** Helm release that owns it. */
  readonly release?: string;
}

/** A text whose body is not part of the reference. */
export interface Omitted extends JsonObject {
  /** Marks the shape. */
  readonly omitted: true;

  /** Length of the text. */
  readonly chars: number;

  /** Cluster services the text names. */
  readonly hosts?: readonly string[];
}

/** Kinds that run pods. */
export const WORKLOADS: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
]);

/** Part of the reference that changes with every render. */
export const RANDOM = '<random>';

/** Kind, namespace and name, as reports and waivers spell them. */
export function label(object: FactObject): string {
  return `${object.kind} ${object.namespace}/${object.name}`;
}

/** Whether a value stands for a text that was left out. */
export function isOmitted(value: Maybe): value is Omitted {
  return isObject(value) && value.omitted === true;
}

/** Length in characters, not in UTF-16 units. */
export function chars(text: string): number {
  return [...text].length;
}

/** A text that was left out. */
export function omit(text: string, hosts: readonly string[] = []): Json {
  return { omitted: true, chars: chars(text), ...(hosts.length > 0 && { hosts }) };
}
