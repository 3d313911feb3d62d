import { createHmac } from 'node:crypto';
import type { Graph, GraphNode } from './graph';
import { type JsonObject, type Manifest, objectAt, podTemplate } from './manifest';

const ANNOTATION = 'deploy.kaapana.ai/config-hash';

/**
 * The content that the pods of `node` were started with: what they read from ConfigMaps and Secrets, as text.
 * Undefined when they read nothing, or `node` has no pods.
 */
export function rolledContent(node: GraphNode, graph: Graph): string | undefined {
  const read = [...new Set(node.references.filter(({ content }) => content).map(({ to }) => to))].sort();
  const contents = read.flatMap((id) => {
    const source = graph.byId.get(id)?.manifest;
    return source ? [[id, source.data ?? null, source.binaryData ?? null]] : [];
  });
  return contents.length === 0 ? undefined : JSON.stringify(contents);
}

/** A short hash of `text`; keyed, so that nobody guesses a secret from it. */
export function shortHash(text: string, salt: string): string {
  return createHmac('sha256', salt).update(text).digest('hex').slice(0, 16);
}

/** `manifest` with the hash of its configuration on its pods, so that a change starts new ones. */
export function withConfigHash<Hash>(manifest: Manifest, hash: Hash): Manifest {
  const template = podTemplate(manifest);
  if (!template) return manifest;
  const metadata = objectAt(template.metadata);
  const annotations = { ...objectAt(metadata.annotations), [ANNOTATION]: hash as JsonObject[string] };
  const spec = { ...objectAt(manifest.spec), template: { ...template, metadata: { ...metadata, annotations } } };
  return { ...manifest, spec };
}
