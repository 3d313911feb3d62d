import { parseAllDocuments, type Tags } from 'yaml';
import type { ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../objects/manifest';

/** The objects in what helm rendered. */
export interface ReadManifests {
  readonly objects: readonly ThirdPartyObject[];

  /** The chart's file that each of them was rendered from, e.g. `viewer/templates/service.yaml`. */
  readonly sources: ReadonlyMap<ThirdPartyObject, string>;
  readonly problems: readonly string[];
}

/** What Kubernetes' own YAML 1.1 does not know, and would be another value than a text. */
const UNKNOWN_TAGS = /:(timestamp|binary|omap|pairs|set)$/;

/** Reads YAML as Kubernetes does. Objects without a namespace go to `namespace`. */
export function readManifests(yaml: string, namespace: string): ReadManifests {
  const problems: string[] = [];
  const documents = parseAllDocuments(yaml, { version: '1.1', customTags: (tags: Tags) => tags.filter(isKnownTag) });
  if (!Array.isArray(documents)) return { objects: [], sources: new Map(), problems: ['it renders to nothing'] };
  const sources = new Map<ThirdPartyObject, string>();
  const found = documents.flatMap((document): { value: JsonObject; source: string | undefined }[] => {
    const source = SOURCE.exec(yaml.slice(document.range[0], document.range[2]))?.[1];
    try {
      if (document.errors[0]) throw document.errors[0];
      return itemsOf(document.toJS() as Json).map((value) => ({ value, source }));
    } catch (problem) {
      problems.push(`what it renders to is not YAML: ${(problem as Error).message.split('\n')[0] ?? ''}`);
      return [];
    }
  });
  const objects = found.flatMap(({ value, source }): ThirdPartyObject[] => {
    const problem = shapeProblem(value);
    if (problem !== undefined) problems.push(problem);
    const read = problem === undefined ? [complete(value, namespace)] : [];
    for (const object of read) if (source !== undefined) sources.set(object, source);
    return read;
  });
  if (problems.length === 0 && objects.length === 0) problems.push('it renders to nothing');
  return { objects, sources, problems };
}

/** The comment that helm puts above what a template renders to. */
const SOURCE = /^# Source: (.+)$/m;

function isKnownTag(tag: Tags[number]): boolean {
  return typeof tag === 'string' || !(UNKNOWN_TAGS.test(tag.tag) || ('format' in tag && tag.format === 'TIME'));
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
  const metadata = objectAt(object.metadata);
  const own = textAt(metadata.namespace);
  return {
    ...object,
    metadata: { ...metadata, namespace: own === undefined || own === '' ? namespace : own },
  } as unknown as ThirdPartyObject;
}
