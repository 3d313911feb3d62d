import * as semver from 'semver';
import { parse } from 'yaml';
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../objects/manifest';
import type { Archive } from './archive';

/** A parameter in a chart's `extension_params`. */
export interface ThirdPartyParameter {
  readonly type: 'string' | 'bool' | 'list_single' | 'list_multi';
  readonly definition: string;
  readonly default: Json;

  /** Of the two lists. @default - none */
  readonly choices: readonly string[];
}

/** What a chart says of itself. */
export interface ThirdPartyDescription {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly parameters: Readonly<Record<string, ThirdPartyParameter>>;

  /** Its values.yaml, without the parameters. */
  readonly values: JsonObject;
}

const TYPES: ReadonlySet<unknown> = new Set(['string', 'bool', 'list_single', 'list_multi']);
const NAME = /^[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?$/;

/** Reads Chart.yaml and values.yaml. */
export function describeChart({ folder, files }: Archive): {
  readonly chart: ThirdPartyDescription;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const read = (path: string): JsonObject => {
    const content = files.get(path);
    if (!content) return {};
    try {
      const value = parse(content.toString('utf8')) as Json;
      if (isObject(value) || value === null) return objectAt(value);
      problems.push(`${path} must be a mapping of keys to values`);
    } catch (problem) {
      problems.push(`${path} is not YAML: ${(problem as Error).message.split('\n')[0] ?? ''}`);
    }
    return {};
  };
  const facts = read('Chart.yaml');
  const { extension_params: params, ...values } = read('values.yaml');
  const [name, version] = [textAt(facts.name) ?? '', textAt(facts.version) ?? ''];
  if (problems.length === 0) problems.push(...factProblems(facts, folder));
  // Some entries of Kaapana's charts are headings in its form.
  const parameters = Object.entries(objectAt(params))
    .filter(([, given]) => objectAt(given).type !== 'doc')
    .map(([key, given]) => [key, parameter(key, objectAt(given), problems)] as const);
  const keywords = Array.isArray(facts.keywords)
    ? facts.keywords.filter((keyword): keyword is string => typeof keyword === 'string')
    : [];
  const title = textAt(objectAt(facts.annotations)['ui-visible-name']) ?? name;
  return { chart: { name, version, title, keywords, parameters: Object.fromEntries(parameters), values }, problems };
}

function factProblems({ apiVersion, name, version, type }: JsonObject, folder: string): string[] {
  return [
    ...(apiVersion === 'v1' || apiVersion === 'v2' ? [] : ['Chart.yaml: its apiVersion is neither v1 nor v2']),
    ...(typeof name === 'string' && NAME.test(name)
      ? []
      : ['Chart.yaml: its name may have only lower-case letters, digits and dashes']),
    ...(typeof name !== 'string' || name === folder
      ? []
      : [`Chart.yaml: its name is ${JSON.stringify(name)}, but the folder is called ${JSON.stringify(folder)}`]),
    ...(typeof version === 'string' && semver.valid(version) ? [] : ['Chart.yaml: its version is not valid']),
    ...(type === 'library' ? ['it is a library, and deploys nothing'] : []),
  ];
}

function parameter(
  key: string,
  { type: named, definition, default: fallback = null, value }: JsonObject,
  problems: string[],
): ThirdPartyParameter {
  // Kaapana's charts say both.
  const type = named === 'boolean' ? 'bool' : named;
  const where = `values.yaml: the parameter ${JSON.stringify(key)}`;
  if (!/^\w{1,63}$/.test(key) || key === '__proto__')
    problems.push(`${where} has a name with other signs than letters, digits and _`);
  if (!TYPES.has(type)) problems.push(`${where} has none of the types string, bool, list_single, list_multi`);
  const isList = type === 'list_single' || type === 'list_multi';
  const choices = isList && Array.isArray(value) ? value.map(String) : [];
  if (isList && choices.length === 0) problems.push(`${where} has no choices`);
  const chosen = fallback === null || fallback === '' ? [] : Array.isArray(fallback) ? fallback : [fallback];
  if (isList && chosen.some((choice) => !choices.includes(String(choice))))
    problems.push(`${where} has a default that is none of its choices`);
  return {
    type: type as ThirdPartyParameter['type'],
    definition: textAt(definition) ?? '',
    default: fallback,
    choices,
  };
}
