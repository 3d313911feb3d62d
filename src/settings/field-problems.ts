import { z } from 'zod';
import type { HowTo } from '../findings/how-to';
import { isReadable } from './keys';
import { didYouMean } from './nearest';
import { type Problem, shown } from './problems';
import { PREFIX } from '../base/keys';
import { schema } from './schema';
import { fieldAt, holdsSecrets, keyOf, metaOf, type Path, pathOf, unwrapped, valueAt } from './shape';

const NAMESPACE = PREFIX.slice(0, -1);

/** What an operator has to know of something that the schema found wrong with `settings`. */
export function fieldProblems(issue: z.core.$ZodIssue, settings: unknown, howTo: HowTo): Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => unknownKey([...issue.path, name], howTo));
  const key = keyOf(issue.path);
  if (issue.code === 'invalid_key')
    return [{ key, message: 'is no name: only letters, digits, -, _ and . are allowed', remedy: howTo.remove(key) }];
  const field = fieldAt(issue.path);
  const given = valueAt(settings, issue.path);
  const hidden = field === undefined || holdsSecrets(field);
  const allowed =
    issue.code === 'invalid_value' ? `is not one of ${issue.values.map(String).join(', ')}` : issue.message;
  const message = given === undefined ? 'is missing' : hidden ? allowed : `${shown(given)} ${allowed}`;
  return [
    {
      key,
      message,
      remedy:
        remedyFor(issue.path, howTo) ??
        (issue.code === 'invalid_value' ? howTo.set(key, issue.values[0]) : `Correct ${key} in the file`),
    },
  ];
}

function unknownKey(path: Path, howTo: HowTo): Problem {
  const name = String(path.at(-1));
  const key = keyOf(path);
  if (path.length === 1 && name.includes(':')) return misplacedKey(name, howTo);
  if (key === NAMESPACE) {
    return {
      key,
      message: 'is no setting, and no group of settings either',
      remedy: `Each of them is a key of its own, e.g. ${PREFIX}domain, on the level of this one. ${howTo.remove(key)}`,
    };
  }
  if (
    path.length === 1 &&
    pathOf(name).length > 1 &&
    keyOf(pathOf(name)) === name &&
    fieldAt(pathOf(name)) !== undefined
  ) {
    const remedy = `It was set without --path. ${howTo.remove(name, false)}. ${remedyFor(pathOf(name), howTo) ?? ''}`;
    return { key, message: 'is no setting, but the path of one', remedy };
  }
  const meant = didYouMean(name, knownKeys(fieldAt(path.slice(0, -1))));
  return {
    key,
    message: 'is no setting',
    remedy: `${meant} The README lists all settings. ${howTo.remove(key, path.length > 1)}`,
  };
}

/** A key that was meant to be one of ours. */
function misplacedKey(key: string, howTo: HowTo): Problem {
  const meant = didYouMean(
    `${PREFIX}${key.slice(key.lastIndexOf(':') + 1)}`,
    Object.keys(schema.shape).map((name) => `${PREFIX}${name}`),
  );
  return isReadable(key)
    ? {
        key,
        message: `is no setting: all of them begin with ${PREFIX}`,
        remedy: `${meant} ${howTo.remove(key, false)}`,
      }
    : { key, message: 'is no setting, and no key that Pulumi could read', remedy: `${meant} Correct it in the file` };
}

/** The keys that a group may have. */
function knownKeys(field: z.ZodType | undefined): string[] {
  const group = field && unwrapped(field);
  if (group instanceof z.ZodObject) return Object.keys(group.shape as object);
  return group instanceof z.ZodRecord && group.keyType instanceof z.ZodEnum ? group.keyType.options.map(String) : [];
}

/** How to set what stands at `path`: a secret, a value like its example, or the first key of a group. */
function remedyFor(path: Path, howTo: HowTo): string | undefined {
  const field = fieldAt(path);
  if (field === undefined) return undefined;
  const { secret, example } = metaOf(field);
  if (secret) return howTo.setSecret(keyOf(path));
  if (example !== undefined) return howTo.set(keyOf(path), example);
  const group = unwrapped(field);
  if (group instanceof z.ZodObject) {
    const [required = ''] = Object.entries(group.shape as Record<string, z.ZodType>).flatMap(([name, inner]) =>
      inner.safeParse(undefined).success ? [] : [name],
    );
    return remedyFor([...path, required], howTo);
  }
  // An entry of a list or mapping is like the first one of its example.
  const parent = fieldAt(path.slice(0, -1));
  const [entry] = Object.values((parent && metaOf(parent).example) ?? {}) as unknown[];
  return entry === undefined ? undefined : howTo.set(keyOf(path), entry);
}
