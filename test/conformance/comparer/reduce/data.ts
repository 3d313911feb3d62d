import { type CollectionTag, parseAllDocuments, type ScalarTag } from 'yaml';
import { firstGiven, isObject, type Json, type JsonObject, mapValues, type Maybe, scalar } from '../json';
import { isOmitted, omit } from '../model';
import { metadata } from './metadata';
import { type Texts } from './texts';
import { workload } from './workload';

/** Values of a ConfigMap; a pod template inside of one is reduced as a pod. */
export function configMap(manifest: JsonObject, texts: Texts): JsonObject {
  return { data: { ...mapValues(manifest.data, (value, key) => config(key, scalar(value), texts)), ...extras(manifest, texts) } };
}

/** Decoded values of a Secret. */
export function secret(manifest: JsonObject, texts: Texts): JsonObject {
  return {
    type: firstGiven(manifest.type) ?? 'Opaque',
    data: { ...mapValues(manifest.data, (value) => decoded(value, texts)), ...extras(manifest, texts) },
  };
}

function extras(manifest: JsonObject, texts: Texts): JsonObject {
  return { ...texts.strings(manifest.stringData), ...mapValues(manifest.binaryData, (value) => omit(scalar(value))) };
}

function config(key: string, value: string, texts: Texts): Json {
  const text = texts.text(value);
  if (!isOmitted(text) || !/\.ya?ml$/.test(key) || !value.includes('containers:')) return text;
  const template = podIn(value);
  if (template === undefined) return text;
  return { ...text, podTemplate: { ...metadata(template, texts), ...workload(template, texts) } };
}

/** The last Pod of a YAML text, read as Kubernetes does: no timestamps, no sexagesimal numbers. */
function podIn(text: string): JsonObject | undefined {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    uniqueKeys: false,
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !isTime(tag)),
  });
  const values = [...documents].map((document): Maybe => (document.errors.length > 0 ? null : (document.toJS() as Json)));
  return values.filter(isObject).findLast((value) => value.kind === 'Pod');
}

function isTime(tag: CollectionTag | ScalarTag): boolean {
  return tag.tag === 'tag:yaml.org,2002:timestamp' || ('format' in tag && tag.format === 'TIME');
}

function decoded(value: Maybe, texts: Texts): Json {
  if (value === undefined || value === null) return '';
  const encoded = scalar(value);
  const text = utf8(encoded);
  return text === undefined ? omit(encoded) : texts.text(text);
}

/** Text behind base64, or nothing when it is not base64 or not text. */
function utf8(encoded: string): string | undefined {
  if (/\P{ASCII}/u.test(encoded)) return undefined;
  const symbols = encoded.replace(/[^A-Za-z0-9+/=]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(symbols)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(symbols, 'base64'));
  } catch {
    return undefined;
  }
}
