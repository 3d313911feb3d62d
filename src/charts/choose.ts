import { isObject, type Json, type JsonObject, objectAt } from '../objects/manifest';
import { type Assignment, readAssignments } from './assignments';
import type { ThirdPartyDescription } from './chart';
import { typedValue } from './typed-value';
import { formatPath, leavesOf, parsePath, type ValuePath } from './value-path';
import { type ChosenValue, isKnown, pathOf, readParameter, unknownKey, valueAt, withValue } from './values';
import { schemaAt, typesOf } from './values-schema';
import { readYaml } from './yaml';

/** Values that somebody gives to a chart, from the weakest to the strongest. */
export interface GivenValues {
  /** Those that it was rendered with before. @default - none */
  readonly before?: Readonly<Record<string, ChosenValue>>;

  /** Files of YAML. @default - none */
  readonly values?: readonly { readonly name: string; readonly text: string }[];

  /** Values as `key=value`, in Helm's way of writing. */
  readonly set: readonly string[];

  /** The same, but always texts. @default - none */
  readonly setString?: readonly string[];

  /** Names of those that are credentials. */
  readonly secret: readonly string[];
}

/** What came of them: values by their paths, as the settings have them. */
export interface Chosen {
  readonly values: Readonly<Record<string, ChosenValue>>;
  readonly problems: readonly string[];

  /** What is worth a look. */
  readonly notes: readonly string[];
}

/** Reads the values that somebody gives to a chart. */
export function chooseValues(chart: ThirdPartyDescription, given: GivenValues): Chosen {
  return new Choice(chart).read(given);
}

class Choice {
  /** Mappings by their keys; parameters stand among the globals. */
  private chosen: JsonObject = {};
  private readonly problems: string[] = [];
  private readonly notes = new Set<string>();

  constructor(private readonly chart: ThirdPartyDescription) {}

  public read({ before = {}, values = [], set, setString = [], secret }: GivenValues): Chosen {
    for (const [key, value] of Object.entries(before)) this.put(pathOf(this.chart, key), value);
    for (const { name, text } of values) this.takeFile(name, text);
    for (const text of set) this.takeAll(text, false);
    for (const text of setString) this.takeAll(text, true);
    const result = Object.fromEntries(leavesOf(this.chosen).map(([path, value]) => [this.keyOf(path), value]));
    for (const key of secret) {
      const unknown = unknownKey(this.chart, key);
      if (unknown !== undefined) this.problems.push(`--secret ${unknown}`);
      if (Object.hasOwn(result, key)) this.problems.push(`--secret ${key} is set by --set, too`);
    }
    return { values: result, problems: this.problems, notes: [...this.notes] };
  }

  private takeFile(name: string, text: string): void {
    const [document, ...more] = readYaml(text);
    if (document?.problem !== undefined) this.problems.push(`${name} is not YAML: ${document.problem}`);
    else if (more.length > 0) this.problems.push(`${name} has more than one document`);
    const { value = null, doubles = [] } = document ?? {};
    for (const { key } of doubles) this.notes.add(`${name}: ${key} stands twice in one group; the last one holds`);
    if (value !== null && !isObject(value)) this.problems.push(`${name} must be a mapping of keys to values`);
    if (isObject(value) && value.extension_params !== undefined)
      this.problems.push(`${name}: extension_params describes parameters; write <parameter>: <value> instead`);
    for (const [path, leaf] of leavesOf(objectAt(value))) {
      const key = formatPath(path);
      if (path.length === 1 && this.isParameter(key)) this.takeParameter(key, textOf(leaf));
      else {
        if (!isKnown(this.chart, path)) this.notes.add(`${name}: ${unknownKey(this.chart, key) ?? ''}`);
        this.put(path, leaf);
      }
    }
  }

  private takeAll(text: string, isText: boolean): void {
    const { assignments, problems } = readAssignments(text, (key) => this.isParameter(key));
    this.problems.push(...problems);
    for (const assignment of assignments) this.take(assignment, isText);
  }

  private take({ key, value }: Assignment, isText: boolean): void {
    if (this.isParameter(key)) {
      this.takeParameter(key, textOf(value));
    } else {
      const path = parsePath(key);
      const unknown =
        path === undefined ? `${JSON.stringify(key)} is not a path such as a.b[0].c` : unknownKey(this.chart, key);
      if (unknown !== undefined) this.problems.push(unknown);
      else this.takeTyped(key, path ?? [], value, isText);
    }
  }

  private takeTyped(key: string, path: ValuePath, value: Assignment['value'], isText: boolean): void {
    const typed = (at: ValuePath, text: string): Json =>
      isText
        ? text
        : typedValue(text, {
            fallback: valueAt(this.chart.values, at),
            types: typesOf(schemaAt(this.chart.schema, at)),
          });
    try {
      this.put(path, typeof value === 'string' ? typed(path, value) : value.map((item) => typed([...path, 0], item)));
    } catch (problem) {
      this.problems.push(`${key}: ${(problem as Error).message}`);
    }
  }

  private takeParameter(key: string, text: string): void {
    const parameter = this.chart.parameters[key];
    if (!parameter) return;
    const { value, problems } = readParameter(parameter, key, text);
    this.problems.push(...problems);
    this.put(pathOf(this.chart, key), value);
  }

  /** Helm puts a list in the place of the chart's, also where one item of it is given. */
  private put(path: ValuePath, value: ChosenValue): void {
    const list = path.findIndex((part) => typeof part === 'number');
    const place = list < 0 ? path : path.slice(0, list);
    const own = valueAt(this.chart.values, place);
    if (Array.isArray(own) && own.length > 0 && valueAt(this.chosen, place) === undefined)
      this.notes.add(`${formatPath(place)}: takes the place of the chart's whole list of ${own.length}, as with Helm`);
    this.chosen = withValue(this.chosen, path, value);
  }

  /** A parameter has its name alone. */
  private keyOf(path: ValuePath): string {
    const [group, name = ''] = path;
    return group === 'global' && path.length === 2 && this.isParameter(String(name)) ? String(name) : formatPath(path);
  }

  private isParameter(key: string): boolean {
    return Object.hasOwn(this.chart.parameters, key);
  }
}

function textOf(value: Json | readonly string[]): string {
  return Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : JSON.stringify(value);
}
