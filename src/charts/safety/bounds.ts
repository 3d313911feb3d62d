import type { ThirdPartyObject } from '../../../constructs/extensions/third-party/third-party-object';
import type { Json, JsonObject, Manifest } from '../../objects/manifest';

/** What an instance leaves to charts that others made. */
export interface Bounds {
  /** Namespaces of the services and of the install's project. */
  readonly namespaces: readonly string[];

  /** Data directories of the nodes. */
  readonly directories: readonly string[];

  /** Host name of the platform. */
  readonly domain: string;

  /** Claims, Secrets and ConfigMaps of the platform that extensions may name: `Kind/name`. */
  readonly offered: ReadonlySet<string>;

  /** Names of the credentials that are given to it. */
  readonly credentials: ReadonlySet<string>;
}

/** The objects of a chart, and what they may do. */
export interface Inspection {
  readonly objects: readonly Manifest[];
  readonly bounds: Bounds;
}

/** Says what is wrong with one object of a chart; sentences without the object's name. */
export type Check = (object: Manifest, inspection: Inspection) => readonly string[];

/** Whether the chart has such an object in the namespace of `object`. */
export function isOwn({ objects }: Inspection, object: Manifest, kind: string, name: string): boolean {
  return objects.some(
    (other) =>
      other.kind === kind && other.metadata.name === name && other.metadata.namespace === object.metadata.namespace,
  );
}

/** The objects as the bridge has them. */
export function manifestsOf(objects: readonly ThirdPartyObject[]): Manifest[] {
  return objects as unknown as Manifest[];
}

/** The texts in the list `value`. */
export function textsAt(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item: Json): item is string => typeof item === 'string') : [];
}

/** Whether labels have everything that `selector` asks for. */
export function selects(selector: JsonObject, labels: JsonObject): boolean {
  return Object.keys(selector).length > 0 && Object.entries(selector).every(([key, value]) => labels[key] === value);
}
