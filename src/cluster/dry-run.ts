import { finding, type Found } from '../findings/finding';
import type { GraphNode } from '../objects/graph';
import { identity, isObject, type Json, type JsonObject, type Manifest } from '../objects/manifest';
import { revealed, type SecretOf } from '../objects/reveal';
import type { ApiServer } from './api-server';
import { objectPath } from './paths';

/** What stands in for a namespace that is not there yet: rules of the server are the same in each. */
const STAND_IN = 'default';

/** What the server says of somebody who may not apply an object, whatever is in it. */
const NO_RIGHT = /cannot (patch|create) resource/;

/** What the server says of a field that an object keeps for life: Pulumi makes the object anew then. */
const FOR_LIFE = /immutable|(may not|cannot) change|updates to .* are forbidden/i;

/** What it says of a port that the object has which is made anew. */
const OWN_PORT = /port is already allocated/;

/**
 * What of `nodes` the server would refuse, by its own word: it is asked to apply each without keeping it. Secrets that
 * are not known here are not asked about; kinds that come with this environment are not known to the server yet.
 *
 * @param live what exists, by identity
 * @throws ApiServerError when it does not answer
 */
export async function refusedObjects(
  nodes: readonly GraphNode[],
  live: ReadonlyMap<string, JsonObject>,
  server: ApiServer,
  { environment, secretOf }: { readonly environment: string; readonly secretOf: SecretOf },
): Promise<(Found<'refused-object'> | Found<'untried-objects'>)[]> {
  const refusals = await Promise.all(
    nodes.map(async ({ id, manifest }): Promise<{ id: string; reason: string }[]> => {
      const { namespace } = manifest.metadata;
      const isNew = namespace !== undefined && !live.has(identity('Namespace', undefined, namespace));
      const object = opened(manifest, secretOf);
      if (!isObject(object)) return [];
      const tried = renamed(object as Manifest, isNew ? STAND_IN : namespace);
      const refusal = await tryOut(tried, live.has(id), server);
      return refusal === undefined ? [] : [{ id, reason: refusal }];
    }),
  );
  const found = refusals.flat();
  const untried = found.filter(({ reason }) => NO_RIGHT.test(reason));
  const [first] = untried;
  return [
    ...found
      .filter(({ reason }) => !NO_RIGHT.test(reason))
      .map(({ id, reason }) => finding('refused-object', { kind: 'object', id }, { reason })),
    ...(first === undefined
      ? []
      : [
          finding(
            'untried-objects',
            { kind: 'environment', name: environment },
            { count: untried.length, reason: first.reason },
          ),
        ]),
  ];
}

/** Tries an object as it will be applied: in place, or anew where it cannot change. */
async function tryOut(object: Manifest, isLive: boolean, server: ApiServer): Promise<string | undefined> {
  const refusal = await server.tryOut(objectPath(object), object);
  if (refusal === undefined || !isLive || !FOR_LIFE.test(refusal)) return refusal;
  const another = named(object, `${object.metadata.name}${ANEW}`);
  const asNew = await server.tryOut(objectPath(another), another);
  return asNew === undefined || OWN_PORT.test(asNew) ? undefined : asNew;
}

/** End of a name that no object has. */
const ANEW = '-00000000';

/** A Job is deployed by a name of its own each time. */
function renamed(object: Manifest, namespace: string | undefined): Manifest {
  const { kind, metadata } = object;
  const placed = namespace === undefined ? object : { ...object, metadata: { ...metadata, namespace } };
  return kind === 'Job' ? named(placed, `${metadata.name}${ANEW}`) : placed;
}

function named(object: Manifest, name: string): Manifest {
  return { ...object, metadata: { ...object.metadata, name } };
}

/** `value` with its secrets in clear; undefined where one is not known. */
function opened(value: Json, secretOf: SecretOf): Json | undefined {
  if (typeof value === 'string') return revealed(value, secretOf);
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => opened(item, secretOf));
    return items.includes(undefined) ? undefined : (items as readonly Json[]);
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]): [string, Json | undefined][] =>
    item === undefined ? [] : [[key, opened(item, secretOf)]],
  );
  return entries.some(([, item]) => item === undefined) ? undefined : Object.fromEntries(entries);
}
