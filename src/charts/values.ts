import type { ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import { thirdPartySecret, thirdPartySecretsIn } from '../../constructs/extensions/third-party/third-party-secret';
import { holdsSecret } from '../../constructs/kube';
import type { Project } from '../../constructs/platform/project';
import { isObject, type Json, type JsonObject, objectAt } from '../objects/manifest';
import { didYouMean } from '../settings/nearest';
import type { Settings } from '../settings/parse';
import type { ChartFiles } from './archive';
import type { ThirdPartyDescription, ThirdPartyParameter } from './chart';
import { helmValues } from './platform-values';
import { manifestsOf } from './safety/bounds';
import { formatPath, leavesOf, parsePath, type ValuePath } from './value-path';
import { schemaAt } from './values-schema';

/** A value that somebody chose; null takes the chart's own away. */
export type ChosenValue = Json;

/** Credentials of the platform that extensions get; what needs another one is refused. */
export const GRANTED = ['credentials_minio_password'] as const;

/** Credentials of the platform for which a chart gets a value of its own, for a program of its own. */
const OWN = ['credentials_grafana_password'] as const;

/** Those of them that stand in the objects of a chart. */
export function ownCredentials(objects: readonly ThirdPartyObject[]): string[] {
  const texts = manifestsOf(objects).flatMap((object) => [
    JSON.stringify(object),
    ...(object.kind === 'Secret' ? Object.values(objectAt(object.data)) : []).map((value) =>
      Buffer.from(String(value), 'base64').toString('utf8'),
    ),
  ]);
  const found = new Set(texts.flatMap((text) => thirdPartySecretsIn(text)));
  return OWN.filter((name) => found.has(name));
}

/** Whether that is a credential of the platform. */
export function isPlatformCredential(globals: JsonObject, name: string): boolean {
  return Object.hasOwn(globals, name) && globals[name] === thirdPartySecret(name);
}

/** What Kaapana's own installer gives to charts, with marks in place of credentials. */
export function platformGlobals(settings: Settings, project: Project): JsonObject {
  const entries = Object.entries(helmValues(settings).global).map(([key, value]): [string, Json] => [
    key,
    typeof value === 'string' && holdsSecret(value) ? thirdPartySecret(key) : (value as Json),
  ]);
  return {
    ...Object.fromEntries(entries),
    project_id: project.id,
    project_name: project.name,
    project_namespace: project.namespace,
  };
}

/**
 * Those that are named anywhere in a chart which reads globals: only these can change what it is rendered to. A schema
 * may forbid others.
 */
export function usedGlobals(globals: JsonObject, files: ChartFiles): JsonObject {
  const words = new Set([...files.values()].flatMap((content) => content.toString('latin1').match(/\w+/g) ?? []));
  return words.has('global') ? Object.fromEntries(Object.entries(globals).filter(([key]) => words.has(key))) : {};
}

/** Values to render with; as Kaapana's installer, the platform's yield to those that the chart sets itself. */
export function chartValues(
  chart: ThirdPartyDescription,
  globals: JsonObject,
  chosen: Readonly<Record<string, ChosenValue>>,
  secrets: readonly string[],
): JsonObject {
  const own = Object.entries(chart.globals).filter(
    ([, value]) => (typeof value === 'string' || Array.isArray(value)) && value.length > 0,
  );
  const defaults = Object.entries(chart.parameters).map(([name, { default: fallback }]) => [name, fallback]);
  const global = { ...globals, ...Object.fromEntries(defaults), ...Object.fromEntries(own) } as JsonObject;
  const all: [string, Json][] = [
    ...Object.entries(chosen),
    ...secrets.map((name): [string, Json] => [name, thirdPartySecret(name)]),
  ];
  return all.reduce(
    (result, [key, value]) => withValue(result, pathOf(chart, key), value),
    Object.keys(global).length === 0 ? {} : { global },
  );
}

/** Why `key` is neither a parameter nor a value of the chart. */
export function unknownKey(chart: ThirdPartyDescription, key: string): string | undefined {
  const path = parsePath(key);
  if (Object.hasOwn(chart.parameters, key) || (path !== undefined && isKnown(chart, path))) return undefined;
  const known = [...Object.keys(chart.parameters), ...leavesOf(chart.values).map(([path]) => formatPath(path))];
  return `${JSON.stringify(key)} is neither a parameter nor a value of the chart. ${known.length === 0 ? 'It has none.' : didYouMean(key, known)}`;
}

/**
 * Whether a chart can read a value there: it has one; or a group or list in which anything may stand, as it is empty or
 * templates take it as a whole; or its schema or its templates name it.
 */
export function isKnown({ values, schema, words }: ThirdPartyDescription, path: ValuePath): boolean {
  const last = path.findIndex((_, index) => valueAt(values, path.slice(0, index + 1)) === undefined);
  if (last < 0) return true;
  const group = valueAt(values, path.slice(0, last));
  if (group === null || Array.isArray(group) || (last > 0 && isObject(group) && Object.keys(group).length === 0))
    return true;
  if (last > 0 && words.whole.has(String(path.slice(0, last).findLast((part) => typeof part === 'string'))))
    return true;
  const rest = path.slice(last);
  return (
    rest.every((part) => typeof part === 'number' || words.read.has(part)) ||
    rest.every((_, index) => schemaAt(schema, path.slice(0, last + index + 1)) !== undefined)
  );
}

/** The value that a text gives to a parameter, and what is wrong with it. */
export function readParameter(
  { type, choices }: ThirdPartyParameter,
  key: string,
  text: string,
): { value: ChosenValue; problems: string[] } {
  switch (type) {
    case 'string':
      return { value: text, problems: [] };
    case 'bool':
      return {
        value: text === 'true',
        problems:
          text === 'true' || text === 'false' ? [] : [`${key}: ${JSON.stringify(text)} is neither true nor false`],
      };
    case 'list_single':
      return { value: text, problems: notAmong(choices, key, [text]) };
    case 'list_multi': {
      const value = text === '' ? [] : text.split(',').map((item) => item.trim());
      return { value, problems: notAmong(choices, key, value) };
    }
  }
}

function notAmong(choices: readonly string[], key: string, chosen: readonly string[]): string[] {
  return chosen
    .filter((choice) => !choices.includes(choice))
    .map((choice) => `${key}: ${JSON.stringify(choice)} is not one of ${choices.join(', ')}`);
}

/** Where the value of that name stands: parameters are globals. */
export function pathOf({ parameters }: ThirdPartyDescription, key: string): ValuePath {
  return Object.hasOwn(parameters, key) ? ['global', key] : (parsePath(key) ?? [key]);
}

/** `values` with `value` at `path`. */
export function withValue(values: JsonObject, path: ValuePath, value: Json): JsonObject {
  return objectAt(placed(values, path, value));
}

function placed(group: Json | undefined, [part, ...rest]: ValuePath, value: Json): Json {
  if (part === undefined) return value;
  if (typeof part === 'string') {
    const own = objectAt(group);
    const below = Object.hasOwn(own, part) ? own[part] : undefined;
    return { ...own, [part]: placed(below, rest, value) };
  }
  const list: Json[] = Array.isArray(group) ? [...(group as readonly Json[])] : [];
  while (list.length <= part) list.push(null);
  return list.with(part, placed(list[part], rest, value));
}

/** The value at `path`; of an item that a list does not have yet, what its first one has there. */
export function valueAt(values: Json | undefined, path: ValuePath): Json | undefined {
  return path.reduce<Json | undefined>((group, part) => {
    if (typeof part === 'number') return Array.isArray(group) ? ((group[part] ?? group[0]) as Json) : undefined;
    return isObject(group) && Object.hasOwn(group, part) ? group[part] : undefined;
  }, values);
}
