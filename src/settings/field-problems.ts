import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { howToRemove, howToSet, howToSetSecret, type Problem, shown } from './problems';
import { fieldAt, holdsSecrets, keyOf, metaOf, type Path, unwrapped, valueAt } from './shape';

/** What an operator has to know of something that the schema found wrong with `settings`. */
export function fieldProblems(issue: z.core.$ZodIssue, settings: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => unknownKey([...issue.path, name]));
  const key = keyOf(issue.path);
  if (issue.code === 'invalid_key') return [{ key, message: 'is no name: only letters, digits, -, _ and . are allowed', remedy: howToRemove(key) }];
  const field = fieldAt(issue.path);
  const given = valueAt(settings, issue.path);
  const hidden = field === undefined || holdsSecrets(field);
  const allowed = issue.code === 'invalid_value' ? `is not one of ${issue.values.map(String).join(', ')}` : issue.message;
  const message = given === undefined ? 'is missing' : hidden ? allowed : `${shown(given)} ${allowed}`;
  return [{ key, message, remedy: remedyFor(key, field, issue) }];
}

function unknownKey(path: Path): Problem {
  const name = String(path.at(-1));
  const group = fieldAt(path.slice(0, -1));
  const known = Object.keys((group && (unwrapped(group) as Partial<z.ZodObject>).shape) ?? {});
  const nearest = closest(name, known);
  const meant = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, name.length / 3) ? `Did you mean ${nearest}? ` : '';
  const others = path.length > 1 ? `Known here: ${known.join(', ')}. ` : 'The README lists all settings. ';
  return { key: keyOf(path), message: 'is no setting', remedy: `${meant}${others}${howToRemove(keyOf(path))}` };
}

function remedyFor(key: string, field: z.ZodType | undefined, issue: z.core.$ZodIssue): string {
  const { secret = false, example } = field ? metaOf(field) : {};
  if (secret) return howToSetSecret(key);
  return howToSet(key, example ?? (issue.code === 'invalid_value' ? issue.values[0] : `<${key.split('.').at(-1) ?? 'value'}>`));
}
