import { thirdPartySecret } from '../../constructs/extensions/third-party/third-party-secret';
import { holdsSecret } from '../../constructs/kube';
import type { Project } from '../../constructs/platform/project';
import { isObject, type Json, type JsonObject, objectAt } from '../objects/manifest';
import { didYouMean } from '../settings/nearest';
import type { Settings } from '../settings/parse';
import type { ChartFiles } from './archive';
import type { ThirdPartyDescription, ThirdPartyParameter } from './chart';
import { helmValues } from './platform-values';

/** A value that somebody chose. */
export type ChosenValue = string | boolean | readonly string[];

/** Credentials of the platform that extensions get; what needs another one is refused. */
export const GRANTED = ['credentials_minio_password'] as const;

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

/** Those that are named anywhere in a chart: only these can change what it is rendered to. */
export function usedGlobals(globals: JsonObject, files: ChartFiles): JsonObject {
  const words = new Set([...files.values()].flatMap((content) => content.toString('latin1').match(/\w+/g) ?? []));
  return Object.fromEntries(Object.entries(globals).filter(([key]) => words.has(key)));
}

/** Values to render with; as Kaapana's installer, the platform's yield to those that the chart sets itself. */
export function chartValues(
  chart: ThirdPartyDescription,
  globals: JsonObject,
  chosen: Readonly<Record<string, ChosenValue>>,
  secrets: readonly string[],
): JsonObject {
  const own = Object.entries(objectAt(chart.values.global)).filter(
    ([, value]) => (typeof value === 'string' || Array.isArray(value)) && value.length > 0,
  );
  const defaults = Object.entries(chart.parameters).map(([name, { default: fallback }]) => [name, fallback]);
  const values: JsonObject = { global: { ...globals, ...Object.fromEntries(defaults), ...Object.fromEntries(own) } };
  const all: [string, Json][] = [
    ...Object.entries(chosen),
    ...secrets.map((name): [string, Json] => [name, thirdPartySecret(name)]),
  ];
  return all.reduce((result, [key, value]) => withValue(result, pathOf(chart, key), value), values);
}

/** The value that `--set` gives to a parameter or a path of values.yaml, and what is wrong with it. */
export function readValue(
  chart: ThirdPartyDescription,
  key: string,
  text: string,
): { readonly value: ChosenValue; readonly problems: readonly string[] } {
  const parameter = Object.hasOwn(chart.parameters, key) ? chart.parameters[key] : undefined;
  if (parameter) return readParameter(parameter, key, text);
  const unknown = unknownKey(chart, key);
  if (unknown !== undefined) return { value: text, problems: [unknown] };
  const isSwitch = typeof valueAt(chart.values, key.split('.')) === 'boolean';
  if (!isSwitch) return { value: text, problems: [] };
  return {
    value: text === 'true',
    problems: text === 'true' || text === 'false' ? [] : [`${key}: ${JSON.stringify(text)} is neither true nor false`],
  };
}

/** Why `key` is neither a parameter nor a value of the chart. */
export function unknownKey(chart: ThirdPartyDescription, key: string): string | undefined {
  if (Object.hasOwn(chart.parameters, key) || isPlain(valueAt(chart.values, key.split('.')))) return undefined;
  const known = [...Object.keys(chart.parameters), ...leaves(chart.values)];
  return `${JSON.stringify(key)} is neither a parameter nor a value of the chart. ${known.length === 0 ? 'It has none.' : didYouMean(key, known)}`;
}

function readParameter(
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

function pathOf({ parameters }: ThirdPartyDescription, key: string): string[] {
  return Object.hasOwn(parameters, key) ? ['global', key] : key.split('.');
}

function withValue(values: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  return { ...values, [key]: rest.length === 0 ? value : withValue(objectAt(values[key]), rest, value) };
}

function valueAt(values: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (group, part) => (isObject(group) && Object.hasOwn(group, part) ? group[part] : undefined),
    values,
  );
}

function isPlain(value: Json | undefined): boolean {
  return value === null || (value !== undefined && typeof value !== 'object');
}

function leaves(value: JsonObject, parent = ''): string[] {
  return Object.entries(value).flatMap(([key, item]) =>
    isObject(item) ? leaves(item, `${parent}${key}.`) : isPlain(item) ? [`${parent}${key}`] : [],
  );
}
