import { INSTANCE_LABEL } from '../../constructs/platform-namespace';
import { ENVIRONMENT_LABEL, type Holder } from '../findings/finding';
import { type JsonObject, type Manifest, objectAt, textAt } from './manifest';

/** Who deployed an object. */
export interface Owner {
  /** Name of the environment, e.g. `prod`. */
  readonly environment: string;

  /** INSTANCE_UID; `main` for the first instance. */
  readonly instance: string;
}

const LABELS = { environment: ENVIRONMENT_LABEL, instance: INSTANCE_LABEL } as const;

/** Annotation of the objects that Helm made. */
export const HELM_RELEASE = 'meta.helm.sh/release-name';

/** `manifest` with the labels that say whose it is. */
export function labelled(manifest: Manifest, owner: Owner): Manifest {
  const { metadata } = manifest;
  const labels = { ...metadata.labels, [LABELS.environment]: owner.environment, [LABELS.instance]: owner.instance };
  return { ...manifest, metadata: { ...metadata, labels } };
}

/** Who deployed a live object, as its labels say; undefined where no environment did. */
export function ownerOf(existing: JsonObject): Owner | undefined {
  const labels = objectAt(objectAt(existing.metadata).labels);
  const [environment, instance] = [textAt(labels[LABELS.environment]), textAt(labels[LABELS.instance])];
  return environment === undefined ? undefined : { environment, instance: instance ?? '' };
}

/** Who has a live object. */
export function holderOf(existing: JsonObject): Holder {
  const owner = ownerOf(existing);
  if (owner) return { kind: 'environment', ...owner };
  const { labels, annotations } = objectAt(existing.metadata);
  const release = textAt(objectAt(annotations)[HELM_RELEASE]);
  if (release !== undefined) return { kind: 'release', release };
  const name = textAt(objectAt(labels)['app.kubernetes.io/managed-by']);
  return name === undefined ? { kind: 'nobody' } : { kind: 'tool', name };
}

/** Whether both are one. */
export function isSameOwner(one: Owner, other: Owner): boolean {
  return one.environment === other.environment && one.instance === other.instance;
}

/**
 * Whether `owner` may take over a live object that is not its own: `adopt` names it, or all (`*`). What belongs to another
 * environment stays its own: two would change it in turn, and delete it for each other.
 */
export function isAdopted(id: string, existing: JsonObject, { environment }: Owner, adopt: readonly string[]): boolean {
  const other = ownerOf(existing);
  return (adopt.includes('*') || adopt.includes(id)) && (other === undefined || other.environment === environment);
}
