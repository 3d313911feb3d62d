import { z } from 'zod';
import { isSecretParameter } from './extensions';
import { schema } from './schema';

/** Where a setting stands, e.g. `['projects', 0, 'name']`. */
export type Path = readonly PropertyKey[];

/** `path` as Pulumi's option `--path` wants it, e.g. `projects[0].name`. */
export function keyOf(path: Path): string {
  return path.reduce<string>(
    (key, part) =>
      typeof part === 'number' ? `${key}[${part}]` : key === '' ? String(part) : `${key}.${String(part)}`,
    '',
  );
}

/** The path that `key` says: the way back from {@link keyOf}. */
export function pathOf(key: string): Path {
  return key
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Whether `key` is the setting `outer`, or a path into it. */
export function isPartOf(key: string, outer: string): boolean {
  return key === outer || key.startsWith(`${outer}.`) || key.startsWith(`${outer}[`);
}

/** The value at `path` in `settings`; undefined where there is none. */
export function valueAt(settings: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (group, part) => (group as Record<PropertyKey, unknown> | null | undefined)?.[part],
    settings,
  );
}

/** What the schema says of the setting at `path`; undefined for what is no setting. */
export function fieldAt(path: Path): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((field, part) => field && innerField(field, part), schema);
}

/** What the schema says of `part` of a group or list. */
export function innerField(field: z.ZodType, part: PropertyKey): z.ZodType | undefined {
  const group = unwrapped(field);
  if (group instanceof z.ZodArray) return group.element as z.ZodType;
  if (group instanceof z.ZodObject)
    return Object.hasOwn(group.shape, part) ? (group.shape as Record<PropertyKey, z.ZodType>)[part] : undefined;
  if (!(group instanceof z.ZodRecord)) return undefined;
  const value = group.valueType as z.ZodType;
  return value instanceof z.ZodUnknown && isSecretParameter(String(part)) ? value.meta({ secret: true }) : value;
}

/** `field` without what says that it may be missing. */
export function unwrapped(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodOptional || field instanceof z.ZodDefault
    ? unwrapped(field.unwrap() as z.ZodType)
    : field;
}

/** What the schema notes on a field: whether it is a secret, and a value that it may have, where one is known. */
export function metaOf(field: z.ZodType): { readonly secret: boolean; readonly example: unknown } {
  const { secret, examples } = { ...unwrapped(field).meta(), ...field.meta() };
  const fallback = field instanceof z.ZodDefault ? field.def.defaultValue : undefined;
  return { secret: secret === true, example: Array.isArray(examples) ? (examples as unknown[])[0] : fallback };
}

/**
 * A note of the schema on a field: `formerly` is the name that it had before, and is read by as well; `nowhere` says
 * why no object of the platform follows from it.
 */
export function noteOf(field: z.ZodType, note: 'formerly' | 'nowhere'): string | undefined {
  const value = { ...unwrapped(field).meta(), ...field.meta() }[note];
  return typeof value === 'string' ? value : undefined;
}

/** Whether `field` is a secret, or a group or list that has some: then no message shows its value. */
export function holdsSecrets(field: z.ZodType): boolean {
  const group = unwrapped(field);
  if (group instanceof z.ZodArray) return holdsSecrets(group.element as z.ZodType);
  if (group instanceof z.ZodObject) return Object.values(group.shape as Record<string, z.ZodType>).some(holdsSecrets);
  return group instanceof z.ZodRecord
    ? group.valueType instanceof z.ZodUnknown || holdsSecrets(group.valueType as z.ZodType)
    : metaOf(field).secret;
}
