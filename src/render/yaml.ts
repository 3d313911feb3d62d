import { yaml } from '../../constructs/kube/yaml';
import type { Manifest } from '../objects/manifest';

/** YAML documents of `manifests`. */
export function toYaml(manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => `---\n${yaml(manifest)}`).join('');
}
