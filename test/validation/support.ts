import type { Finding } from '../../src/findings/finding';
import type { Graph } from '../../src/objects/graph';
import { identityOf, type Manifest } from '../../src/objects/manifest';
import { normalise } from '../../src/objects/normalise';
import { validationFindings } from '../../src/validation';

/** What validation finds in objects by themselves. */
export function findingsOf(...manifests: readonly Manifest[]): Finding[] {
  const nodes = manifests.map((manifest) => ({
    id: identityOf(manifest),
    component: 'a/b',
    path: 'a/b/Resource',
    manifest: normalise(manifest),
    references: [],
    dependsOn: [],
  }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const graph: Graph = { nodes, byId, atRunTime: new Set(), initialCredentials: [], duplicates: new Map() };
  return validationFindings(graph);
}

/** Errors alone, which refuse an object. */
export function errorsOf(manifest: Manifest): Finding[] {
  return findingsOf(manifest).filter(({ severity }) => severity === 'error');
}
