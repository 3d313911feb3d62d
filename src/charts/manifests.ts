import { type Document, parseAllDocuments, type Tags } from 'yaml';
import type { ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../objects/manifest';

/** The objects in what helm rendered. */
export interface ReadManifests {
  readonly objects: readonly ThirdPartyObject[];

  /** The templates that they come from, by `Kind/namespace/name`, as helm tells them. */
  readonly templates: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/** What Kubernetes' own YAML 1.1 does not know, and would be another value than a text. */
const UNKNOWN_TAGS = /:(timestamp|binary|omap|pairs|set)$/;

/** Reads YAML as Kubernetes does. Objects without a namespace go to `namespace`. */
export function readManifests(yaml: string, namespace: string): ReadManifests {
  const problems: string[] = [];
  const documents = parseAllDocuments(yaml, { version: '1.1', customTags: (tags: Tags) => tags.filter(isKnownTag) });
  if (!Array.isArray(documents)) return { objects: [], templates: {}, problems: ['it renders to nothing'] };
  const templates: Record<string, string> = {};
  const objects = documents.flatMap((document): ThirdPartyObject[] => {
    const template = SOURCE.exec(yaml.slice(document.range[0], document.range[2]))?.[1];
    const named = (problem: string): string => (template === undefined ? problem : `${template}: ${problem}`);
    return contentOf(document, yaml, (problem) => problems.push(named(problem))).flatMap((value) => {
      const problem = shapeProblem(value);
      if (problem !== undefined) problems.push(named(problem));
      const object = problem === undefined ? [complete(value, namespace)] : [];
      for (const { kind, metadata } of object)
        if (template !== undefined) templates[`${kind}/${metadata.namespace}/${metadata.name}`] = template;
      return object;
    });
  });
  if (problems.length === 0 && objects.length === 0) problems.push('it renders to nothing');
  return { objects, templates, problems };
}

/** The comment that helm puts above what a template renders to. */
const SOURCE = /^# Source: (.+)$/m;

function contentOf(document: Document.Parsed, yaml: string, tell: (problem: string) => void): JsonObject[] {
  const [error] = document.errors;
  try {
    if (error) throw error;
    return itemsOf(document.toJS() as Json);
  } catch (problem) {
    tell(
      error?.code === 'DUPLICATE_KEY'
        ? `a mapping has the key ${JSON.stringify(/^[^:\n]*/.exec(yaml.slice(error.pos[0]))?.[0] ?? '')} twice, and which of both holds nobody says`
        : `what it renders to is not YAML: ${(problem as Error).message.split('\n')[0] ?? ''}`,
    );
    return [];
  }
}

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
