import type { InvalidPlace } from '../findings/facts/validation';
import { isObject, type Json, type JsonObject } from '../objects/manifest';

/**
 * What Kubernetes demands of a value beside its type. A value of the wrong type is no concern of a rule, as the schema
 * tells of that; nor is one that is absent, unless the rule says so.
 */
export type Rule = (value: Json | undefined, path: string) => readonly InvalidPlace[];

/** Demands nothing. */
export const anything: Rule = () => [];

/** All of them. */
export function all(...rules: readonly Rule[]): Rule {
  return (value, path) => rules.flatMap((rule) => rule(value, path));
}

/** The rules of the fields of an object. */
export function fields(rules: Readonly<Record<string, Rule>>): Rule {
  const entries = Object.entries(rules);
  return objects((value, path) => entries.flatMap(([key, rule]) => rule(value[key], at(path, key))));
}

/** A rule of objects alone. */
export function objects(rule: (value: JsonObject, path: string) => readonly InvalidPlace[]): Rule {
  return (value, path) => (isObject(value) ? rule(value, path) : []);
}

/** A rule of lists alone. */
export function lists(rule: (value: readonly Json[], path: string) => readonly InvalidPlace[]): Rule {
  return (value, path) => (Array.isArray(value) ? rule(value as readonly Json[], path) : []);
}

/** The rule of each item of a list. */
export function each(rule: Rule): Rule {
  return lists((items, path) => items.flatMap((item, index) => rule(item, `${path}[${index}]`)));
}

/** Rules of the keys and the values of a table. */
export function table(key: Rule, value: Rule = anything): Rule {
  return objects((given, path) =>
    Object.entries(given).flatMap(([name, item]) => [...key(name, at(path, name)), ...value(item, at(path, name))]),
  );
}

/** A rule of texts: what is empty counts as absent. */
export function text(must: InvalidPlace['must'], holds: (value: string) => boolean, than?: string): Rule {
  return (value, path) =>
    typeof value !== 'string' || value === '' || holds(value) ? [] : [wrong(path, must, than, value)];
}

/** One of these texts; what is empty counts as absent. */
export function choice(...values: readonly string[]): Rule {
  return text('choice', (value) => values.includes(value), values.join(', '));
}

/**
 * A number of 32 bits between these, both included. Of a larger one the server keeps the lowest 32 bits without a word,
 * and judges these.
 */
export function range32(first: number, last = 2 ** 31 - 1): Rule {
  const rule = range(first, last);
  return (value, path) => (typeof value === 'number' && rule(value | 0, path).length > 0 ? rule(value, path) : []);
}

/** A whole number between these, both included. */
export function range(first: number, last = Number.MAX_SAFE_INTEGER): Rule {
  const than = last === Number.MAX_SAFE_INTEGER ? `${first} or more` : `${first} to ${last}`;
  return (value, path) =>
    typeof value !== 'number' || (value >= first && value <= last) ? [] : [wrong(path, 'range', than, value)];
}

/** Present and not empty; then the rule. */
export function required(rule: Rule = anything): Rule {
  return (value, path) => (isEmpty(value) ? [wrong(path, 'present')] : rule(value, path));
}

/** A list or table that has something in it. */
export const notEmpty: Rule = (value, path) =>
  (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0)
    ? [wrong(path, 'not-empty')]
    : [];

/** The field is not there. */
export function absent(than?: string): Rule {
  return (value, path) => (value === undefined ? [] : [wrong(path, 'absent', than)]);
}

/** Of these fields one is there, and no more. */
export function oneOf(...names: readonly string[]): Rule {
  return objects((value, path) =>
    names.some((name) => value[name] !== undefined)
      ? atMostOneOf(...names)(value, path)
      : [wrong(path, 'one-field', names.join(', '))],
  );
}

/** Of these fields no two are there. */
export function atMostOneOf(...names: readonly string[]): Rule {
  return objects((value, path) => {
    const given = names.filter((name) => value[name] !== undefined);
    return given.length > 1 ? [wrong(path, 'at-most-one-field', given.join(', '))] : [];
  });
}

/** No two items of a list have the same key; items without one do not count. */
export function unique(keyOf: (item: JsonObject) => string | undefined, field: string): Rule {
  return lists((items, path) => {
    const seen = new Set<string>();
    return items.flatMap((item, index) => {
      const key = isObject(item) ? keyOf(item) : undefined;
      if (key === undefined || key === '' || !seen.has(key)) {
        if (key !== undefined) seen.add(key);
        return [];
      }
      return [wrong(`${path}[${index}].${field}`, 'unique', undefined, key)];
    });
  });
}

/** Where a field is; a key that is no plain name is put in brackets. */
export function at(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** A place that breaks a rule. */
export function wrong(path: string, must: InvalidPlace['must'], than?: string, value?: Json): InvalidPlace {
  const shown = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { path, must, ...(than === undefined ? {} : { than }), ...(shown ? { value: String(value) } : {}) };
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
