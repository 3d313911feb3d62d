import { type Finding, finding, type Found, nameOf } from '../findings/finding';
import type { Remedy } from '../findings/remedy';
import type { Graph, GraphNode } from '../objects/graph';
import { identity, type JsonObject, objectAt, objectsAt, textAt } from '../objects/manifest';
import { isSameOwner, type Owner, ownerOf } from '../objects/owner';
import type { SecretOf } from '../objects/reveal';
import type { ApiServer } from './api-server';
import { changedFields } from './changes';
import { changedCredentials, type KnownSecrets } from './credentials';
import { refusedObjects } from './dry-run';
import { frozenChanges, FROZEN_KINDS } from './immutability';
import { holderOf, isAdopted } from './ownership';
import { listPath, objectPath } from './paths';
import { rolledYet } from './strategy';

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
 * What a live server says about deploying `graph`: objects that exist and belong to somebody else or nobody, fields
 * that Kubernetes refuses to change, credentials that are set once and changed, and what it would refuse for any reason
 * (a dry run).
 *
 * The provider alone would take over an object of others in silence, and a later destroy would delete it under its
 * owner.
 */
export async function objectFindings(graph: Graph, server: ApiServer, asked: Asked): Promise<Finding[]> {
  const live = await liveObjects(graph, server);
  const [findings, credentials] = await Promise.all([
    Promise.all(graph.nodes.map((node) => findingsOf(node, live.get(node.id), server, asked))),
    changedCredentials(graph, live, server, asked.known),
  ]);
  const found = findings.flat();
  const isForeign = ({ rule }: Finding): boolean => rule === 'object-of-others';
  // What is known to be wrong would be refused for the same reason.
  const stopped = new Set(found.filter(({ severity }) => severity === 'error').map(({ subject }) => nameOf(subject)));
  const rolled = new Set((await rolledYet(graph, server)).map(({ id }) => id));
  const tried = graph.nodes.filter(({ id }) => !stopped.has(id) && !rolled.has(id));
  const refused = await refusedObjects(tried, live, server, {
    environment: asked.owner.environment,
    secretOf: asked.known.secretOf,
  });
  return [...found.filter(isForeign), ...found.filter((each) => !isForeign(each)), ...credentials, ...refused];
}

async function findingsOf(
  { id, manifest }: GraphNode,
  existing: JsonObject | undefined,
  server: ApiServer,
  { owner, adopt = [], moved, known }: Asked,
): Promise<Finding[]> {
  // A Job's name ends in a hash of what it does: one that is called like it without is never touched.
  if (!existing || manifest.kind === 'Job') return [];
  const found = ownerOf(existing);
  const isOurs = found !== undefined && isSameOwner(found, owner);
  if (!isOurs && !isAdopted(id, existing, owner, adopt)) return [ofOthers(id, existing, owner)];
  const frozen = frozenChanges(id, existing, manifest, moved);
  return isOurs ? frozen : [await adopted({ id, manifest }, existing, server, known.secretOf), ...frozen];
}

/** What belongs to another environment is not taken over. */
function ofOthers(id: string, existing: JsonObject, { environment }: Owner): Found<'object-of-others'> {
  const holder = holderOf(existing);
  const remedies: Remedy[] = [{ kind: 'do', what: 'rename-object' }];
  if (holder.kind !== 'environment' || holder.environment === environment) remedies.push({ kind: 'adopt', object: id });
  return finding('object-of-others', { kind: 'object', id }, { holder }, ...remedies);
}

async function adopted(
  { id, manifest }: Pick<GraphNode, 'id' | 'manifest'>,
  existing: JsonObject,
  server: ApiServer,
  secretOf: SecretOf,
): Promise<Found<'adopted-object'>> {
  const whole = FROZEN_KINDS.has(manifest.kind) ? existing : ((await server.get(objectPath(manifest))) ?? existing);
  return finding(
    'adopted-object',
    { kind: 'object', id },
    { holder: holderOf(existing), changes: changedFields(whole, manifest, secretOf) },
  );
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
