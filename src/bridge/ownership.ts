import type { ApiServer } from './api-server';
import type { Graph, GraphNode } from './graph';
import { frozenChanges, FROZEN_KINDS } from './immutability';
import { kindOf } from './kinds';
import { identity, type JsonObject, type Manifest, objectAt, objectsAt, textAt } from './manifest';

/** Who deployed an object. */
export interface Owner {
  /** Name of the environment, e.g. `prod`. */
  readonly environment: string;

  /** INSTANCE_UID; `main` for the first instance. */
  readonly instance: string;
}

const LABELS = { environment: 'deploy.kaapana.ai/environment', instance: 'deploy.kaapana.ai/instance' } as const;
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** `manifest` with the labels that say whose it is. */
export function labelled(manifest: Manifest, owner: Owner): Manifest {
  const { metadata } = manifest;
  const labels = { ...metadata.labels, [LABELS.environment]: owner.environment, [LABELS.instance]: owner.instance };
  return { ...manifest, metadata: { ...metadata, labels } };
}

/**
 * What speaks against deploying `graph` on a live server, one sentence each: objects that exist and belong to
 * somebody else or nobody, and fields that Kubernetes refuses to change.
 *
 * The provider alone would take over such an object in silence, and a later destroy would delete it under its
 * owner. `adopt` names identities (or `*`) that may be taken over, `moved` claims (`namespace/claim` or `*`) whose data
 * has been copied to where `graph` has it.
 */
export async function liveProblems(graph: Graph, server: ApiServer, owner: Owner, adopt: readonly string[], moved: readonly string[] = []): Promise<string[]> {
  const live = await liveObjects(graph, server);
  return graph.nodes.flatMap((node) => {
    const existing = live.get(node.id);
    if (!existing) return [];
    const foreign = adopt.includes('*') || adopt.includes(node.id) ? undefined : foreignOwner(existing, owner);
    return foreign === undefined ? frozenChanges(node.id, existing, node.manifest, moved) : [takeover(node, foreign)];
  });
}

async function liveObjects(graph: Graph, server: ApiServer): Promise<Map<string, JsonObject>> {
  const lists = new Map<string, GraphNode>();
  for (const node of graph.nodes) lists.set(listPath(node.manifest), node);
  const live = new Map<string, JsonObject>();
  await Promise.all([...lists].map(async ([path, { manifest: { kind } }]) => {
    const answer = await server.get(path, FROZEN_KINDS.has(kind) ? undefined : METADATA_ONLY);
    for (const item of objectsAt(answer?.items)) {
      const { name, namespace } = objectAt(item.metadata);
      live.set(identity(kind, textAt(namespace), textAt(name) ?? ''), item);
    }
  }));
  return live;
}

function listPath({ apiVersion, kind, metadata }: Manifest): string {
  const { plural, namespaced } = kindOf(kind);
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespaced ? `${root}/namespaces/${metadata.namespace ?? ''}/${plural}` : `${root}/${plural}`;
}

/** Who owns a live object, if it is not `owner`. */
function foreignOwner(existing: JsonObject, owner: Owner): string | undefined {
  const { labels, annotations } = objectAt(existing.metadata);
  const [environment, instance] = [objectAt(labels)[LABELS.environment], objectAt(labels)[LABELS.instance]];
  if (environment === owner.environment && instance === owner.instance) return undefined;
  if (environment !== undefined) return `the environment ${environment as string} (instance ${instance as string})`;
  const release = objectAt(annotations)['meta.helm.sh/release-name'];
  if (release !== undefined) return `the Helm release ${release as string}`;
  const manager = objectAt(labels)['app.kubernetes.io/managed-by'];
  return manager === undefined ? 'nobody that it names' : `${manager as string}`;
}

function takeover({ id }: GraphNode, owner: string): string {
  return `${id} exists already and belongs to ${owner}. It is left alone. `
    + `Remove it or give this environment another name for it; to take it over, add "${id}" to kaapana:adopt.`;
}
