import type { Graph } from '../objects/graph';
import { type JsonObject, type Manifest, objectAt } from '../objects/manifest';
import { labelled, type Owner } from '../objects/owner';
import { revealed, type SecretOf } from '../objects/reveal';
import { rolledContent, shortHash, withConfigHash } from '../objects/roll';

/** How objects are rendered. */
export interface RenderOptions {
  readonly owner: Owner;

  /**
   * The value of a secret setting; undefined where only Pulumi can open it.
   *
   * @default - no secret is shown
   */
  readonly secretOf?: SecretOf;
}

/** One rendered object. */
export interface RenderedObject {
  /** Path of the component that it belongs to. */
  readonly component: string;

  readonly manifest: Manifest;
}

/** The objects of `graph`, dependencies first. A secret that is not shown stands as `<secret:name/key>`. */
export function renderManifests(graph: Graph, { owner, secretOf = hidden }: RenderOptions): RenderedObject[] {
  return graph.nodes.map((node) => {
    const content = rolledContent(node, graph);
    const hashed =
      content === undefined
        ? node.manifest
        : withConfigHash(node.manifest, shortHash(revealed(content, secretOf) ?? content, ''));
    const manifest = labelled(hashed, owner);
    return {
      component: node.component,
      manifest: manifest.kind === 'Secret' ? secretManifest(manifest, secretOf) : manifest,
    };
  });
}

function hidden(): undefined {
  return undefined;
}

function secretManifest({ data, ...rest }: Manifest, secretOf: SecretOf): Manifest {
  const shown: Record<string, string> = {};
  const sealed: Record<string, string> = {};
  for (const [key, value] of Object.entries(objectAt(data))) {
    const text = revealed(String(value), secretOf);
    if (text === undefined) sealed[key] = `<secret:${rest.metadata.name}/${key}>`;
    else shown[key] = text;
  }
  return { ...rest, ...unlessEmpty('data', shown), ...unlessEmpty('stringData', sealed) } as Manifest;
}

function unlessEmpty(key: string, table: JsonObject): JsonObject {
  return Object.keys(table).length > 0 ? { [key]: table } : {};
}
