import type { ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../objects/manifest';
import { readYaml } from './yaml';

/** The objects in what helm rendered. */
export interface ReadManifests {
  readonly objects: readonly ThirdPartyObject[];

  /** The templates that they come from, by `Kind/namespace/name`, as helm tells them. */
  readonly templates: Readonly<Record<string, string>>;
  readonly problems: readonly string[];

  /** What is worth a look. */
  readonly notes: readonly string[];
}

/** Reads YAML as Kubernetes does. Objects without a namespace go to `namespace`. */
export function readManifests(yaml: string, namespace: string): ReadManifests {
  const problems: string[] = [];
  const notes: string[] = [];
  const documents = readYaml(yaml);
  for (const document of documents) {
    const what = `what it renders to${document.source === undefined ? '' : ` (${document.source})`}`;
    if (document.problem !== undefined) problems.push(`${what} is not YAML: ${document.problem}`);
    for (const { key, values } of document.doubles) {
      const [first, last] = values;
      if (first === last) notes.push(`${what} has the key ${key} twice, with the same value`);
      // Helm takes the last one, other programs the first or neither.
      else problems.push(`${what} has the key ${key} twice, with ${first} and with ${last}`);
    }
  }
  const templates: Record<string, string> = {};
  const objects = documents
    .filter(({ doubles }) => doubles.every(({ values: [first, last] }) => first === last))
    .flatMap(({ value = null, source }) => itemsOf(value).map((item) => ({ item, source })))
    .flatMap(({ item, source }): ThirdPartyObject[] => {
      const problem = shapeProblem(item);
      if (problem !== undefined) {
        problems.push(problem);
        return [];
      }
      const object = complete(item, namespace);
      const { kind, metadata } = object;
      if (source !== undefined) templates[`${kind}/${metadata.namespace}/${metadata.name}`] = source;
      return [object];
    });
  if (problems.length === 0 && objects.length === 0) problems.push('it renders to nothing');
  return { objects, templates, problems, notes };
}

/** A document is an object, nothing, or a list of objects. */
function itemsOf(value: Json): JsonObject[] {
  if (value === null) return [];
  if (isObject(value) && value.kind === 'List' && Array.isArray(value.items))
    return value.items.flatMap((item: Json) => itemsOf(item));
  return isObject(value) ? [value] : [{ kind: 'a text or list' }];
}

function shapeProblem({ apiVersion, kind, metadata }: JsonObject): string | undefined {
  if (typeof kind !== 'string' || typeof apiVersion !== 'string')
    return `it renders to something that is not an object: ${JSON.stringify(kind ?? null)}`;
  const { name, namespace } = objectAt(metadata);
  if (typeof name !== 'string' || name === '') return `a ${kind} has no name`;
  return namespace === undefined || namespace === null || typeof namespace === 'string'
    ? undefined
    : `${kind} ${name}: its namespace must be a string`;
}

function complete({ status: _, ...object }: JsonObject, namespace: string): ThirdPartyObject {
  // Empty tables, as templates leave them, are none.
  const metadata = Object.fromEntries(Object.entries(objectAt(object.metadata)).filter(([, value]) => value !== null));
  const own = textAt(metadata.namespace);
  return {
    ...object,
    metadata: { ...metadata, namespace: own === undefined || own === '' ? namespace : own },
  } as unknown as ThirdPartyObject;
}
