import { stringify } from 'yaml';
import type { Manifest } from '../bridge/manifest';

/** YAML documents of `manifests`, the same bytes each time. */
export function toYaml(manifests: readonly Manifest[]): string {
  // Version 1.1 quotes what Kubernetes' parser would read as a boolean; no aliases, no folding.
  return manifests.map((manifest) => `---\n${stringify(manifest, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 })}`).join('');
}
