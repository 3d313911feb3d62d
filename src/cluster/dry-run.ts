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
      const refusal = await server.tryOut(objectPath(tried), tried);
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

/** A Job is deployed by a name of its own each time. */
function renamed({ metadata, ...rest }: Manifest, namespace: string | undefined): Manifest {
  const name = rest.kind === 'Job' ? `${metadata.name}-00000000` : metadata.name;
  return { ...rest, metadata: { ...metadata, name, ...(namespace === undefined ? {} : { namespace }) } } as Manifest;
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
