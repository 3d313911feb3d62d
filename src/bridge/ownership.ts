import { INSTANCE_LABEL } from '../../constructs/platform-namespace';
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

const LABELS = { environment: 'deploy.kaapana.ai/environment', instance: INSTANCE_LABEL } as const;

/** Annotation of the objects that Helm made. */
export const HELM_RELEASE = 'meta.helm.sh/release-name';

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

/** Path at the API server of all objects of its kind in its namespace. */
export function listPath({ apiVersion, kind, metadata }: Manifest): string {
  const { plural, namespaced } = kindOf(kind);
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespaced ? `${root}/namespaces/${metadata.namespace ?? ''}/${plural}` : `${root}/${plural}`;
}

/** Who deployed a live object, as its labels say; undefined where no environment did. */
export function ownerOf(existing: JsonObject): Owner | undefined {
  const labels = objectAt(objectAt(existing.metadata).labels);
  const [environment, instance] = [textAt(labels[LABELS.environment]), textAt(labels[LABELS.instance])];
  return environment === undefined ? undefined : { environment, instance: instance ?? '' };
}

/** Whose a live object is that no environment deployed, in words. */
export function strangerOf(existing: JsonObject): string {
  const { labels, annotations } = objectAt(existing.metadata);
  const release = textAt(objectAt(annotations)[HELM_RELEASE]);
  return release === undefined ? textAt(objectAt(labels)['app.kubernetes.io/managed-by']) ?? 'nobody that it names' : `the Helm release ${release}`;
}

/** Who owns a live object, if it is not `owner`. */
function foreignOwner(existing: JsonObject, owner: Owner): string | undefined {
  const found = ownerOf(existing);
  if (found === undefined) return strangerOf(existing);
  return isSameOwner(found, owner) ? undefined : `the environment ${found.environment} (instance ${found.instance})`;
}

/** Whether both are one. */
export function isSameOwner(one: Owner, other: Owner): boolean {
  return one.environment === other.environment && one.instance === other.instance;
}

function takeover({ id }: GraphNode, owner: string): string {
  return `${id} exists already and belongs to ${owner}. It is left alone. `
    + `Remove it or give this environment another name for it; to take it over, add "${id}" to kaapana:adopt.`;
}
