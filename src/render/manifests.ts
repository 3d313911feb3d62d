import { holdsSecret, reveal } from '../../constructs/kube';
import type { Graph } from '../bridge/graph';
import { type JsonObject, type Manifest, objectAt } from '../bridge/manifest';
import { labelled, type Owner } from '../bridge/ownership';
import { rolledContent, shortHash, withConfigHash } from '../bridge/roll';

/** How objects are rendered. */
export interface RenderOptions {
  readonly owner: Owner;

  /**
   * The value of a secret setting; undefined where only Pulumi can open it.
   *
   * @default - no secret is shown
   */
  readonly secretOf?: (name: string) => string | undefined;
}

/** One rendered object. */
export interface RenderedObject {
  /** Path of the component that it belongs to. */
  readonly component: string;

  readonly manifest: Manifest;
}

/** The objects of `graph`, dependencies first. A secret that is not shown stands as `<secret:name/key>`. */
export function renderManifests(graph: Graph, options: RenderOptions): RenderedObject[] {
  return graph.nodes.map((node) => {
    const content = rolledContent(node, graph);
    const hashed = content === undefined ? node.manifest
      : withConfigHash(node.manifest, shortHash(revealed(content, options) ?? content, ''));
    const manifest = labelled(hashed, options.owner);
    return { component: node.component, manifest: manifest.kind === 'Secret' ? secretManifest(manifest, options) : manifest };
  });
}

function secretManifest({ data, ...rest }: Manifest, options: RenderOptions): Manifest {
  const shown: Record<string, string> = {};
  const hidden: Record<string, string> = {};
  for (const [key, value] of Object.entries(objectAt(data))) {
    const text = revealed(String(value), options);
    if (text === undefined) hidden[key] = `<secret:${rest.metadata.name}/${key}>`;
    else shown[key] = text;
  }
  return { ...rest, ...unlessEmpty('data', shown), ...unlessEmpty('stringData', hidden) } as Manifest;
}

/** `text` with its secrets; undefined when one of them is not to be shown. */
function revealed(text: string, { secretOf }: RenderOptions): string | undefined {
  if (!holdsSecret(text)) return text;
  const values: (string | undefined)[] = [];
  const shown = reveal(text, (name) => values[values.push(secretOf?.(name)) - 1] ?? '');
  return values.includes(undefined) ? undefined : shown;
}

function unlessEmpty(key: string, table: JsonObject): JsonObject {
  return Object.keys(table).length > 0 ? { [key]: table } : {};
}
