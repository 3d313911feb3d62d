import { type Document, isMap, isScalar, type Node, parseAllDocuments, type Tags, visit } from 'yaml';
import type { Json } from '../objects/manifest';

/** A key that stands in one mapping more than once; the last one holds, as for Helm and kubectl. */
export interface DoubleKey {
  readonly key: string;

  /** The first and the last value, as JSON; both of them or one of them may be the same. */
  readonly values: readonly [string, string];
}

/** One document of YAML. */
export interface ReadDocument {
  /** @default - it is not YAML: `problem` says why */
  readonly value?: Json;
  readonly problem?: string;
  readonly doubles: readonly DoubleKey[];

  /** The chart's file that Helm has rendered it from, e.g. `viewer/templates/service.yaml`. */
  readonly source?: string;
}

/** What the YAML 1.1 of Kubernetes and Helm does not know, and would be another value than a text. */
const UNKNOWN_TAGS = /:(timestamp|binary|omap|pairs|set)$/;

/** Reads YAML as Kubernetes and Helm do: `yes` is true, 0644 is octal, and a date is a text. */
export function readYaml(text: string): ReadDocument[] {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    uniqueKeys: false,
    customTags: (tags: Tags) => tags.filter(isKnownTag),
  });
  return Array.isArray(documents) ? documents.map(readDocument) : [];
}

function readDocument(document: Document): ReadDocument {
  const source = /^ *Source: (.+)$/m.exec(`${document.commentBefore ?? ''}\n${document.contents?.commentBefore ?? ''}`);
  const common = source?.[1] === undefined ? {} : { source: source[1] };
  try {
    if (document.errors[0]) throw document.errors[0];
    return { ...common, value: document.toJS() as Json, doubles: doublesIn(document) };
  } catch (problem) {
    return { ...common, problem: (problem as Error).message.split('\n')[0] ?? '', doubles: [] };
  }
}

function doublesIn(document: Document): DoubleKey[] {
  const found: DoubleKey[] = [];
  const shown = (node: unknown): string => JSON.stringify((node as Node | null)?.toJS(document) ?? null);
  visit(document, {
    Map(_, map) {
      const first = new Map<string, unknown>();
      for (const { key, value } of isMap(map) ? map.items : []) {
        if (!isScalar(key) || key.value === '<<') continue;
        const name = String(key.value);
        if (first.has(name)) found.push({ key: name, values: [shown(first.get(name)), shown(value)] });
        else first.set(name, value);
      }
    },
  });
  return found;
}

function isKnownTag(tag: Tags[number]): boolean {
  return typeof tag === 'string' || !(UNKNOWN_TAGS.test(tag.tag) || ('format' in tag && tag.format === 'TIME'));
}
