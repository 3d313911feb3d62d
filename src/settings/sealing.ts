import { z } from 'zod';
import { type Mistake, mistake, remove, set, setSecret, shown } from './problems';
import { schema } from './schema';
import type { Secrets } from './secrets';
import { holdsSecrets, innerField, keyOf, metaOf, type Path, unwrapped } from './shape';

/** The signs that tokens are made of. */
const TOKEN_SIGNS = /[\uE000-\uE005]/;
const CONTROL_SIGNS = /[\u0000-\u001f\u007f-\u009f\uE000-\uE005]/;

const FORBIDDEN_IN_KEYS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\uE000-\uE005]/;

/** Paths of all settings that are secrets, e.g. `smtp.password`; those of extensions are not known before. */
export const SECRET_PATHS: ReadonlySet<string> = new Set(secretPaths(schema, []));

/**
 * Makes settings ready for the schema, whether they were parsed from a file or come from Pulumi, which hands over
 * lists and groups as JSON and an empty value for each key without one (see generate.ts). A token takes the place of
 * every secret: nothing after this sees its value, so no message can show it.
 */
export function extractSecrets(
  raw: Readonly<Record<string, unknown>>,
  secrets: Secrets,
): { value: Record<string, unknown>; problems: readonly Mistake[] } {
  const opened = Object.entries(raw).map(([key, value]) => [key, parsed(value, innerField(schema, key))] as const);
  const walk = new Walk(secrets);
  const value = walk.group(Object.fromEntries(opened), [], schema);
  // A group that is required is there, so that each key is named that is missing in it.
  for (const [key, field] of Object.entries(schema.shape)) if (field instanceof z.ZodObject) value[key] ??= {};
  return { value, problems: walk.problems };
}

/** The way through all settings. */
class Walk {
  /** What no setting may be, found on the way. */
  public readonly problems: Mistake[] = [];

  constructor(private readonly secrets: Secrets) {}

  /** What the schema gets for a group: the values that are there. */
  public group(group: Readonly<Record<string, unknown>>, path: Path, field: z.ZodType): Record<string, unknown> {
    const entries = Object.entries(group).map(
      ([key, value]) => [key, this.value(value, [...path, key], innerField(field, key))] as const,
    );
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  /** What the schema gets for `value`; undefined when that stands for a missing one. */
  private value(value: unknown, path: Path, field: z.ZodType | undefined): unknown {
    if (field === undefined) return value;
    if (metaOf(field).secret) return this.secret(value, path, field);
    if (isSealed(value)) return this.sealed(path, field);
    // A parameter of an extension may be a text of several lines.
    const forbidden = path[2] === 'parameters' ? TOKEN_SIGNS : CONTROL_SIGNS;
    if (typeof value === 'string' && forbidden.test(value)) {
      const key = keyOf(path);
      const facts = { ...(holdsSecrets(field) ? {} : { shown: shown(value) }), isSecret: false };
      this.problems.push(mistake('control-characters', key, facts, { kind: 'edit', key }));
    }
    if (Array.isArray(value))
      return emptied(
        value.map((item, index) => this.value(item, [...path, index], innerField(field, index))),
        field,
      );
    if (isGroup(value)) return emptied(this.group(value, path, field), field);
    // The deploy script's default for a port without a mail server.
    return keyOf(path) === 'smtp.port' && Number(value) === 0 ? undefined : emptied(value, field);
  }

  private secret(value: unknown, path: Path, field: z.ZodType): unknown {
    const key = keyOf(path);
    if (isSealed(value)) return this.secrets.seal(key);
    if (typeof value === 'number')
      this.problems.push(mistake('number-for-secret', key, {}, setSecret(key), { kind: 'edit', key }));
    else if (typeof value !== 'string' || value === '') return emptied(value, field);
    // A private key has several lines.
    else if ((path[0] === 'thirdPartyExtensions' ? FORBIDDEN_IN_KEYS : CONTROL_SIGNS).test(value))
      this.problems.push(mistake('control-characters', key, { isSecret: true }, setSecret(key)));
    return this.secrets.add(key, String(value));
  }

  private sealed(path: Path, field: z.ZodType): undefined {
    const key = keyOf(path);
    if (holdsSecrets(field)) {
      const [first] = secretPaths(field, path);
      const inner = first === undefined ? [] : [setSecret(first)];
      this.problems.push(mistake('encrypted-group', key, {}, remove(key), ...inner));
    } else {
      this.problems.push(mistake('encrypted-setting', key, {}, set(key, metaOf(field).example ?? '<value>')));
    }
  }
}

/** Pulumi hands over lists and groups as JSON. A text in place of a list of texts is its only entry. */
function parsed(value: unknown, field: z.ZodType | undefined): unknown {
  const wanted = field && unwrapped(field);
  if (typeof value !== 'string' || ![z.ZodArray, z.ZodObject, z.ZodRecord].some((kind) => wanted instanceof kind))
    return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return wanted instanceof z.ZodArray && value !== '' && !/^\s*[[{]/.test(value) ? [value] : value;
  }
}

/** An empty value stands for a missing one where there is no default that it could differ from. */
function emptied(value: unknown, field: z.ZodType): unknown {
  const empty = value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return value === null || (empty && !(field instanceof z.ZodDefault)) ? undefined : value;
}

function isSealed(value: unknown): boolean {
  return isGroup(value) && typeof value['secure'] === 'string' && Object.keys(value).length === 1;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function secretPaths(field: z.ZodType, path: Path): string[] {
  const group = unwrapped(field);
  if (!(group instanceof z.ZodObject)) return metaOf(field).secret ? [keyOf(path)] : [];
  return Object.entries(group.shape as Record<string, z.ZodType>).flatMap(([key, inner]) =>
    secretPaths(inner, [...path, key]),
  );
}
