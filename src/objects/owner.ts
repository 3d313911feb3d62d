import { INSTANCE_LABEL } from '../../constructs/platform/platform-namespace';
import { ENVIRONMENT_LABEL } from '../findings/finding';
import { type JsonObject, type Manifest, objectAt, textAt } from './manifest';

/** Who deployed an object. */
export interface Owner {
  /** Name of the environment, e.g. `prod`. */
  readonly environment: string;

  /** INSTANCE_UID; `main` for the first instance. */
  readonly instance: string;
}

const LABELS = { environment: ENVIRONMENT_LABEL, instance: INSTANCE_LABEL } as const;

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

/** Whether both are one. */
export function isSameOwner(one: Owner, other: Owner): boolean {
  return one.environment === other.environment && one.instance === other.instance;
}
