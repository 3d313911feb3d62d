import { z } from 'zod';
import { PREFIX } from '../base/keys';
import type { Expected } from '../findings/facts/settings';
import type { Remedy } from '../findings/remedy';
import { isReadable } from './keys';
import { nearest } from './nearest';
import { type Mistake, mistake, remove, set, setSecret, shown } from './problems';
import { schema } from './schema';
import { fieldAt, holdsSecrets, keyOf, metaOf, type Path, pathOf, unwrapped, valueAt } from './shape';

const NAMESPACE = PREFIX.slice(0, -1);

/** What an operator has to know of something that the schema found wrong with `settings`. */
export function fieldProblems(issue: z.core.$ZodIssue, settings: unknown): Mistake[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => unknownKey([...issue.path, name]));
  const key = keyOf(issue.path);
  if (issue.code === 'invalid_key') return [mistake('wrong-key', key, {}, remove(key))];
  const field = fieldAt(issue.path);
  const given = valueAt(settings, issue.path);
  const hidden = field === undefined || holdsSecrets(field);
  const expected: Expected =
    issue.code === 'invalid_value'
      ? { kind: 'choice', choices: issue.values.map(String) }
      : { kind: 'schema', message: issue.message };
  const remedy =
    remedyFor(issue.path) ??
    (issue.code === 'invalid_value' ? set(key, issue.values[0]) : ({ kind: 'edit', key } as const));
  return [
    given === undefined
      ? mistake('missing-setting', key, {}, remedy)
      : mistake('wrong-value', key, { ...(hidden ? {} : { shown: shown(given) }), expected }, remedy),
  ];
}

function unknownKey(path: Path): Mistake {
  const name = String(path.at(-1));
  const key = keyOf(path);
  if (path.length === 1 && name.includes(':')) return misplacedKey(name);
  if (key === NAMESPACE) return mistake('settings-as-group', key, {}, remove(key));
  const inner = pathOf(name);
  if (path.length === 1 && inner.length > 1 && keyOf(inner) === name && fieldAt(inner) !== undefined) {
    const remedy = remedyFor(inner);
    return mistake('path-as-key', key, {}, remove(name, false), ...(remedy === undefined ? [] : [remedy]));
  }
  const meant = nearest(name, knownKeys(fieldAt(path.slice(0, -1))));
  return mistake('unknown-setting', key, { nearest: meant }, remove(key, path.length > 1));
}

/** A key that was meant to be one of ours. */
function misplacedKey(key: string): Mistake {
  const meant = nearest(
    `${PREFIX}${key.slice(key.lastIndexOf(':') + 1)}`,
    Object.keys(schema.shape).map((name) => `${PREFIX}${name}`),
  );
  return isReadable(key)
    ? mistake('misplaced-key', key, { nearest: meant, isReadable: true }, remove(key, false))
    : mistake('misplaced-key', key, { nearest: meant, isReadable: false }, { kind: 'edit', key });
}

/** The keys that a group may have. */
function knownKeys(field: z.ZodType | undefined): string[] {
  const group = field && unwrapped(field);
  if (group instanceof z.ZodObject) return Object.keys(group.shape as object);
  return group instanceof z.ZodRecord && group.keyType instanceof z.ZodEnum ? group.keyType.options.map(String) : [];
}

/** How to set what stands at `path`: a secret, a value like its example, or the first key of a group. */
function remedyFor(path: Path): Remedy | undefined {
  const field = fieldAt(path);
  if (field === undefined) return undefined;
  const { secret, example } = metaOf(field);
  if (secret) return setSecret(keyOf(path));
  if (example !== undefined) return set(keyOf(path), example);
  const group = unwrapped(field);
  if (group instanceof z.ZodObject) {
    const [required = ''] = Object.entries(group.shape as Record<string, z.ZodType>).flatMap(([name, inner]) =>
      inner.safeParse(undefined).success ? [] : [name],
    );
    return remedyFor([...path, required]);
  }
  // An entry of a list or mapping is like the first one of its example.
  const parent = fieldAt(path.slice(0, -1));
  const [entry] = Object.values((parent && metaOf(parent).example) ?? {}) as unknown[];
  return entry === undefined ? undefined : set(keyOf(path), entry);
}
