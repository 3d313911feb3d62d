import { yaml } from '../../constructs/yaml';
import type { Manifest } from '../bridge/manifest';

/** YAML documents of `manifests`. */
export function toYaml(manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => `---\n${yaml(manifest)}`).join('');
}
