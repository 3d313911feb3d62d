import { compareQuantities } from '../../constructs/kube/quantity';
import { finding, type Found, type Subject } from '../findings/finding';
import type { Remedy } from '../findings/remedy';
import { type JsonObject, type Manifest, objectAt, textAt } from '../objects/manifest';

interface Frozen {
  /** Paths that Kubernetes refuses to change, and the provider would find out half-way or by deleting. */
  readonly fields: readonly string[];

  /**
   * Those of `fields` that may be given where nothing was said before, and never change, wherever the data is.
   * @default - none
   */
  readonly once?: readonly string[];
}

const FROZEN: Readonly<Record<string, Frozen>> = {
  PersistentVolume: {
    fields: ['spec.hostPath', 'spec.nfs', 'spec.csi', 'spec.storageClassName', 'spec.nodeAffinity'],
    once: ['spec.nodeAffinity'],
  },
  PersistentVolumeClaim: {
    fields: ['spec.accessModes', 'spec.storageClassName', 'spec.volumeName', 'spec.volumeMode'],
  },
  PriorityClass: {
    fields: ['value', 'preemptionPolicy'],
  },
  StorageClass: {
    fields: ['reclaimPolicy', 'volumeBindingMode'],
  },
};

/** Kinds whose live objects are read whole. */
export const FROZEN_KINDS: ReadonlySet<string> = new Set(Object.keys(FROZEN));

/** Values that the API server fills in where nothing is said. */
const SERVER_DEFAULTS: Readonly<Record<string, string>> = {
  'spec.volumeMode': 'Filesystem',
  preemptionPolicy: 'PreemptLowerPriority',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
};

/**
 * The fields of `existing` that Kubernetes would refuse to change to what `wanted` says.
 *
 * @param moved claims whose data is in its new place already: `namespace/claim`, or `*`; they and their volumes may be
 * made anew
 */
export function frozenChanges(
  id: string,
  existing: JsonObject,
  wanted: Manifest,
  moved: readonly string[] = [],
): (Found<'frozen-field'> | Found<'shrunk-claim'>)[] {
  const frozen = FROZEN[wanted.kind];
  if (!frozen) return [];
  const claim = claimOf(wanted);
  const isMoved = claim !== undefined && moved.some((name) => name === '*' || name === claim);
  const changes = (isMoved ? (frozen.once ?? []) : frozen.fields).flatMap((field) => {
    const [from, to] = [at(existing, field), at(wanted, field)].map((value) => value ?? SERVER_DEFAULTS[field]);
    const isFixed = frozen.once?.includes(field) === true;
    // What the manifest leaves open, the server has decided.
    if (to === undefined || same(from, to) || (from === undefined && isFixed)) return [];
    const movable = isFixed ? undefined : claim;
    return [
      finding(
        'frozen-field',
        { kind: 'object', id },
        { field, from: from === undefined ? undefined : JSON.stringify(from), to: JSON.stringify(to), claim: movable },
        ...remediesFor(wanted, movable),
      ),
    ];
  });
  return isMoved ? changes : [...changes, ...shrinking({ kind: 'object', id }, existing, wanted)];
}

/** The claim that a volume or claim keeps the data of, as `namespace/name`. */
function claimOf({ kind, metadata, spec }: Manifest): string | undefined {
  const { namespace, name } = kind === 'PersistentVolumeClaim' ? metadata : objectAt(objectAt(spec).claimRef);
  return typeof namespace === 'string' && typeof name === 'string' ? `${namespace}/${name}` : undefined;
}

/** Classes hold no data and are made anew; data stays where it is, or is moved. */
function remediesFor({ kind, metadata: { name } }: Manifest, claim: string | undefined): Remedy[] {
  if (kind === 'PriorityClass' || kind === 'StorageClass')
    return [{ kind: 'run', command: `kubectl delete ${kind.toLowerCase()} ${name}` }];
  const restore: Remedy = { kind: 'do', what: 'restore-value' };
  return claim === undefined ? [restore] : [restore, { kind: 'do', what: 'move-data' }];
}

function shrinking(subject: Subject, existing: JsonObject, wanted: Manifest): Found<'shrunk-claim'>[] {
  if (wanted.kind !== 'PersistentVolumeClaim') return [];
  const [from, to] = [existing, wanted].map((object) => textAt(at(object, 'spec.resources.requests.storage')));
  return from === undefined || to === undefined || compareQuantities(to, from) >= 0
    ? []
    : [finding('shrunk-claim', subject, { from, to }, { kind: 'do', what: 'restore-value' })];
}

function at(object: JsonObject, path: string): JsonObject[string] {
  return path.split('.').reduce<JsonObject[string]>((value, key) => objectAt(value)[key], object);
}

/** Equal, whatever the order of keys; the server's additions inside a source do not count. */
function same(from: JsonObject[string], to: JsonObject[string]): boolean {
  if (typeof to !== 'object' || to === null || Array.isArray(to)) return JSON.stringify(from) === JSON.stringify(to);
  return Object.entries(to).every(([key, value]) => value === undefined || same(objectAt(from)[key], value));
}
