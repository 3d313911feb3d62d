import { compareQuantities } from '../../constructs/kube/quantity';
import { type JsonObject, type Manifest, objectAt, textAt } from '../objects/manifest';

interface Frozen {
  /** Paths that Kubernetes refuses to change, and the provider would find out half-way or by deleting. */
  readonly fields: readonly string[];

  /** Those of `fields` that may be given where nothing was said before, and never change, wherever the data is. @default - none */
  readonly once?: readonly string[];

  /** What to do instead. */
  readonly remedy: string;
}

const RESTORE = 'Its data would be cut off. Restore the setting.';

const FROZEN: Readonly<Record<string, Frozen>> = {
  PersistentVolume: {
    fields: ['spec.hostPath', 'spec.nfs', 'spec.csi', 'spec.storageClassName', 'spec.nodeAffinity'],
    once: ['spec.nodeAffinity'],
    remedy: RESTORE,
  },
  PersistentVolumeClaim: {
    fields: ['spec.accessModes', 'spec.storageClassName', 'spec.volumeName', 'spec.volumeMode'],
    remedy: RESTORE,
  },
  PriorityClass: {
    fields: ['value', 'preemptionPolicy'],
    remedy: 'Delete the class with kubectl (pods that run are not affected), then run this again.',
  },
  StorageClass: {
    fields: ['reclaimPolicy', 'volumeBindingMode'],
    remedy: 'Delete the class with kubectl (volumes that exist are not affected), then run this again.',
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
 * A sentence for each field of `existing` that Kubernetes would refuse to change to what `wanted` says.
 *
 * @param moved claims whose data is in its new place already: `namespace/claim`, or `*`; they and their volumes may be made anew
 */
export function frozenChanges(
  id: string,
  existing: JsonObject,
  wanted: Manifest,
  moved: readonly string[] = [],
): string[] {
  const frozen = FROZEN[wanted.kind];
  if (!frozen) return [];
  const claim = claimOf(wanted);
  const isMoved = claim !== undefined && moved.some((name) => name === '*' || name === claim);
  const changes = (isMoved ? (frozen.once ?? []) : frozen.fields).flatMap((field) => {
    const [from, to] = [at(existing, field), at(wanted, field)].map((value) => value ?? SERVER_DEFAULTS[field]);
    // What the manifest leaves open, the server has decided.
    return to === undefined || same(from, to) || (from === undefined && frozen.once?.includes(field))
      ? []
      : [
          `${id}: ${field} cannot change from ${from === undefined ? 'none' : JSON.stringify(from)} to ${JSON.stringify(to)}. ${claim === undefined || frozen.once?.includes(field) ? frozen.remedy : howToMove(claim)}`,
        ];
  });
  return isMoved ? changes : [...changes, ...shrinking(id, existing, wanted)];
}

/** The claim that a volume or claim keeps the data of, as `namespace/name`. */
function claimOf({ kind, metadata, spec }: Manifest): string | undefined {
  const { namespace, name } = kind === 'PersistentVolumeClaim' ? metadata : objectAt(objectAt(spec).claimRef);
  return typeof namespace === 'string' && typeof name === 'string' ? `${namespace}/${name}` : undefined;
}

function howToMove(claim: string): string {
  const [namespace, name] = claim.split('/');
  return (
    'Its data would be cut off. Restore the setting; or move the data: stop the pods that mount the claim, copy its files to the new place, ' +
    `delete the pods of finished jobs, which hold it too (kubectl delete pods --field-selector=status.phase==Succeeded -n ${namespace}), ` +
    `delete the claim (kubectl delete pvc ${name} -n ${namespace}; its files stay), add "${claim}" to kaapana:dataMoved, and after the update start the pods again.`
  );
}

function shrinking(id: string, existing: JsonObject, wanted: Manifest): string[] {
  if (wanted.kind !== 'PersistentVolumeClaim') return [];
  const [from, to] = [existing, wanted].map((object) => textAt(at(object, 'spec.resources.requests.storage')));
  return from === undefined || to === undefined || compareQuantities(to, from) >= 0
    ? []
    : [`${id}: a claim cannot shrink from ${from} to ${to}. Restore the size.`];
}

function at(object: JsonObject, path: string): JsonObject[string] {
  return path.split('.').reduce<JsonObject[string]>((value, key) => objectAt(value)[key], object);
}

/** Equal, whatever the order of keys; the server's additions inside a source do not count. */
function same(from: JsonObject[string], to: JsonObject[string]): boolean {
  if (typeof to !== 'object' || to === null || Array.isArray(to)) return JSON.stringify(from) === JSON.stringify(to);
  return Object.entries(to).every(([key, value]) => value === undefined || same(objectAt(from)[key], value));
}
