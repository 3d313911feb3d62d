import type { Holder } from '../findings/facts/live';
import { type JsonObject, objectAt, textAt } from '../objects/manifest';
import { type Owner, ownerOf } from '../objects/owner';

/** Annotation of the objects that Helm made. */
export const HELM_RELEASE = 'meta.helm.sh/release-name';

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

/**
 * Whether `owner` may take over a live object that is not its own: `adopt` names it, or all (`*`). What belongs to
 * another environment stays its own: two would change it in turn, and delete it for each other.
 */
export function isAdopted(id: string, existing: JsonObject, { environment }: Owner, adopt: readonly string[]): boolean {
  const other = ownerOf(existing);
  return (adopt.includes('*') || adopt.includes(id)) && (other === undefined || other.environment === environment);
}
