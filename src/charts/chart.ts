import { isObject, type Json, type JsonObject, objectAt, textAt } from '../objects/manifest';
import type { Archive, ChartFiles } from './archive';
import { defaultValues } from './chart-values';
import { readYaml } from './yaml';

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

  /** Its values, and below their names those of the charts in it, without the parameters. */
  readonly values: JsonObject;

  /** Globals that its own values.yaml has. */
  readonly globals: JsonObject;

  /** What its schemas say of its values. */
  readonly schema: JsonObject;

  /** Names in its templates: those that are read, and of these the ones that are taken as a whole. */
  readonly words: { readonly read: ReadonlySet<string>; readonly whole: ReadonlySet<string> };

  /** Whether it asks for the version of the server or the kinds of objects that it has. */
  readonly asksServer: boolean;
}

const TYPES: ReadonlySet<unknown> = new Set(['string', 'bool', 'list_single', 'list_multi']);
/** As Helm has them: a version may leave out parts, and have a v before it. */
const NAME = /^[a-zA-Z0-9._-]{1,250}$/;
const VERSION = /^v?(0|[1-9]\d*)(\.(0|[1-9]\d*)){0,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** Reads Chart.yaml and values.yaml. */
export function describeChart({ files }: Pick<Archive, 'files'>): {
  readonly chart: ThirdPartyDescription;
  readonly problems: readonly string[];

  /** What is worth a look. */
  readonly notes: readonly string[];
} {
  const problems: string[] = [];
  const notes: string[] = [];
  const read = (path: string): JsonObject => {
    const [{ value = null, problem, doubles } = { doubles: [] }] = readYaml(files.get(path)?.toString('utf8') ?? '');
    for (const { key } of doubles)
      notes.push(`${path}: ${key} stands twice in one group; the last one holds, as with Helm`);
    if (problem !== undefined) problems.push(`${path} is not YAML: ${problem}`);
    else if (value !== null && !isObject(value)) problems.push(`${path} must be a mapping of keys to values`);
    return objectAt(value);
  };
  const facts = read('Chart.yaml');
  const { extension_params: params, global } = read('values.yaml');
  const [name, version] = [textAt(facts.name) ?? '', textAt(facts.version) ?? ''];
  if (problems.length === 0) problems.push(...factProblems(facts));
  // Some entries of Kaapana's charts are headings in its form.
  const parameters = Object.entries(objectAt(params))
    .filter(([, given]) => objectAt(given).type !== 'doc')
    .map(([key, given]) => [key, parameter(key, objectAt(given), problems)] as const);
  const keywords = Array.isArray(facts.keywords)
    ? facts.keywords.filter((keyword): keyword is string => typeof keyword === 'string')
    : [];
  const title = textAt(objectAt(facts.annotations)['ui-visible-name']) ?? name;
  const chart = {
    ...{ name, version, title, keywords, parameters: Object.fromEntries(parameters) },
    ...(problems.length === 0 ? defaultValues(files) : { values: {}, schema: {} }),
    globals: objectAt(global),
    ...readBy(files),
  };
  return { chart, problems, notes };
}

/** What templates name. */
function readBy(files: ChartFiles): Pick<ThirdPartyDescription, 'words' | 'asksServer'> {
  const text = (pattern: RegExp): string =>
    [...files]
      .filter(([path]) => pattern.test(path))
      .map(([, content]) => content.toString('utf8'))
      .join('\n');
  const templates = text(/(^|\/)templates\//);
  const names = (pattern: RegExp): Set<string> =>
    new Set([...templates.matchAll(pattern)].map(([, name = '']) => name));
  return {
    words: { read: names(/(?:\.|")([A-Za-z_]\w*)/g), whole: names(/\.([A-Za-z_]\w*)(?![\w.])/g) },
    asksServer: /\bCapabilities\b/.test(templates) || /^kubeVersion:/m.test(text(/(^|\/)Chart\.yaml$/)),
  };
}

function factProblems({ apiVersion, name, version, type }: JsonObject): string[] {
  return [
    ...(apiVersion === 'v1' || apiVersion === 'v2' ? [] : ['Chart.yaml: its apiVersion is neither v1 nor v2']),
    ...(typeof name === 'string' && NAME.test(name)
      ? []
      : ['Chart.yaml: its name may have only letters, digits, dots, dashes and _']),
    ...(typeof version === 'string' && VERSION.test(version)
      ? []
      : ['Chart.yaml: its version is not valid; write three numbers in quotes, such as "1.0.0"']),
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
