import { kindOf } from '../objects/kinds';
import type { Manifest } from '../objects/manifest';

/** Path at the API server of all objects of its kind in its namespace. */
export function listPath({ apiVersion, kind, metadata }: Manifest): string {
  const { plural, namespaced } = kindOf(kind);
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespaced ? `${root}/namespaces/${metadata.namespace ?? ''}/${plural}` : `${root}/${plural}`;
}

/** Path at the API server of an object. */
export function objectPath(manifest: Manifest): string {
  return `${listPath(manifest)}/${encodeURIComponent(manifest.metadata.name)}`;
}
