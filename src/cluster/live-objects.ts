import type { AdoptedObject, Finding, FrozenField, ObjectOfOthers } from '../findings/finding';
import type { ApiServer } from './api-server';
import { changedFields } from './changes';
import { changedCredentials, type KnownSecrets } from './credentials';
import type { Graph, GraphNode } from '../objects/graph';
import { frozenChanges, FROZEN_KINDS } from './immutability';
import { identity, type JsonObject, objectAt, objectsAt, textAt } from '../objects/manifest';
import { isSameOwner, type Owner, ownerOf } from '../objects/owner';
import { holderOf, isAdopted } from './ownership';
import { listPath, objectPath } from './paths';
import type { SecretOf } from '../objects/reveal';

/** Who asks, and what is allowed. */
export interface Asked {
  readonly owner: Owner;

  /** Identities (or `*`) that may be taken over. @default - none */
  readonly adopt?: readonly string[];

  /** Claims (`namespace/claim` or `*`) whose data has been copied to where the objects have it. @default - none */
  readonly moved?: readonly string[];
  readonly known: KnownSecrets;
}

const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/**
 * What a live server says about deploying `graph`: objects that exist and belong to somebody else or nobody, fields that
 * Kubernetes refuses to change, and credentials that are set once and changed.
 *
 * The provider alone would take over an object of others in silence, and a later destroy would delete it under its owner.
 */
export async function objectFindings(graph: Graph, server: ApiServer, asked: Asked): Promise<Finding[]> {
  const live = await liveObjects(graph, server);
  const [findings, credentials] = await Promise.all([
    Promise.all(graph.nodes.map((node) => findingsOf(node, live.get(node.id), server, asked))),
    changedCredentials(graph, live, server, asked.known),
  ]);
  return [...findings.flat(), ...credentials];
}

async function findingsOf(
  { id, manifest }: GraphNode,
  existing: JsonObject | undefined,
  server: ApiServer,
  { owner, adopt = [], moved, known }: Asked,
): Promise<(ObjectOfOthers | AdoptedObject | FrozenField)[]> {
  // A Job's name ends in a hash of what it does: one that is called like it without is never touched.
  if (!existing || manifest.kind === 'Job') return [];
  const found = ownerOf(existing);
  const isOurs = found !== undefined && isSameOwner(found, owner);
  if (!isOurs && !isAdopted(id, existing, owner, adopt))
    return [{ rule: 'object-of-others', severity: 'error', subject: id, facts: { holder: holderOf(existing) } }];
  const frozen = frozenChanges(id, existing, manifest, moved).map(
    (sentence): FrozenField => ({ rule: 'frozen-field', severity: 'error', subject: id, facts: { sentence } }),
  );
  return isOurs ? frozen : [await adopted({ id, manifest }, existing, server, known.secretOf), ...frozen];
}

async function adopted(
  { id, manifest }: Pick<GraphNode, 'id' | 'manifest'>,
  existing: JsonObject,
  server: ApiServer,
  secretOf: SecretOf,
): Promise<AdoptedObject> {
  const whole = FROZEN_KINDS.has(manifest.kind) ? existing : ((await server.get(objectPath(manifest))) ?? existing);
  return {
    rule: 'adopted-object',
    severity: 'warning',
    subject: id,
    facts: { holder: holderOf(existing), changes: changedFields(whole, manifest, secretOf) },
  };
}

async function liveObjects(graph: Graph, server: ApiServer): Promise<Map<string, JsonObject>> {
  const lists = new Map<string, GraphNode>();
  for (const node of graph.nodes) lists.set(listPath(node.manifest), node);
  const live = new Map<string, JsonObject>();
  await Promise.all(
    [...lists].map(
      async ([
        path,
        {
          manifest: { kind },
        },
      ]) => {
        const answer = await server.get(path, FROZEN_KINDS.has(kind) ? undefined : METADATA_ONLY);
        for (const item of objectsAt(answer?.items)) {
          const { name, namespace } = objectAt(item.metadata);
          live.set(identity(kind, textAt(namespace), textAt(name) ?? ''), item);
        }
      },
    ),
  );
  return live;
}
