import { type Mistake, mistake, remove } from './problems';
import { schema } from './schema';
import { isPartOf, noteOf } from './shape';

/** Names of settings by the ones that they had before, which are read as well. */
export const FORMER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(schema.shape).flatMap(([name, field]) => {
    const former = noteOf(field, 'formerly');
    return former === undefined ? [] : [[former, name] as const];
  }),
);

/** `raw` with each setting under the name that it has now, and what is set by two names. */
export function withPresentNames(raw: Readonly<Record<string, unknown>>): {
  readonly value: Readonly<Record<string, unknown>>;
  readonly mistakes: readonly Mistake[];
} {
  const renamed = Object.entries(raw).map(([key, value]) => [FORMER_NAMES.get(key) ?? key, value] as const);
  const mistakes = [...FORMER_NAMES]
    .filter(([former, name]) => isSet(raw[former]) && isSet(raw[name]))
    .map(([former, name]) => mistake('setting-twice', former, { name }, remove(former)));
  // Pulumi gives a default for a key of today that the file does not have.
  const setLast = [...renamed].sort(([, a], [, b]) => Number(isSet(a)) - Number(isSet(b)));
  return { value: Object.fromEntries(setLast), mistakes };
}

/** The name that `raw` has for `key`, a setting or a path into it. */
export function nameIn(raw: Readonly<Record<string, unknown>>, key: string): string {
  const written = [...FORMER_NAMES].find(
    ([former, name]) => isPartOf(key, name) && isSet(raw[former]) && !isSet(raw[name]),
  );
  return written === undefined ? key : `${written[0]}${key.slice(written[1].length)}`;
}

function isSet(value: unknown): boolean {
  return !['', '[]', '{}', 'null', undefined].includes(typeof value === 'string' ? value : JSON.stringify(value));
}
