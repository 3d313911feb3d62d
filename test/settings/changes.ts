import { z } from 'zod';
import { schema } from '../../src/settings/schema';
import { keyOf, metaOf, noteOf, type Path, unwrapped, valueAt } from '../../src/settings/shape';

/** A setting, or a key of a group or of the first entry of a list of groups. */
export interface Leaf {
  readonly key: string;
  readonly path: Path;
  readonly field: z.ZodType;

  /** Why no object follows from it. @default - one has to */
  readonly nowhere?: string;
}

/** Another value of a setting. */
export interface Change {
  readonly value: unknown;

  /** What objects have of it, and nothing else; undefined where only a comparison tells. */
  readonly trace?: string;
}

/** Every setting of the schema, those of groups and lists one by one. */
export function leaves(field: z.ZodType = schema, path: Path = [], inherited?: string): Leaf[] {
  const nowhere = (path.length === 0 ? undefined : noteOf(field, 'nowhere')) ?? inherited;
  const inner = unwrapped(field);
  if (inner instanceof z.ZodObject)
    return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([key, each]) =>
      leaves(each, [...path, key], nowhere),
    );
  if (inner instanceof z.ZodArray && unwrapped(inner.element as z.ZodType) instanceof z.ZodObject)
    return leaves(inner.element as z.ZodType, [...path, 0], nowhere);
  return [{ key: keyOf(path), path, field, nowhere }];
}

/** Other values of settings whose schema does not tell them: they name something that there is. */
const KNOWN: Readonly<Record<string, unknown>> = {
  'extensions[0].name': 'slicer-workbench-chart',
  'extensions[0].project': 'second',
  serverStack: undefined,
};

/** Values that a setting may have, of all forms that there are; the `index` makes them its own. */
export function changes({ key, field }: Leaf, index: number, present: unknown): Change[] {
  const own = String(index).padStart(3, '0');
  const trace = `arrive${own}`;
  const texts: Change[] = [
    ...[
      trace,
      `/${trace}`,
      `/opt/${trace}.tgz`,
      `${trace}/chart.tgz`,
      `${trace}=true`,
      `${trace}.example.org/kaapana`,
    ].map((value) => ({
      value,
      trace,
    })),
    { value: `http://${trace}.example.org:3128`, trace },
    { value: `${trace}@example.org`, trace },
    ...[`10.77.0.${index}`, `10.77.${index}.0/24`, `48${own}Mi`, `00000000-0000-4000-8000-000000000${own}`].map(
      (value) => ({ value, trace: value }),
    ),
    {
      value: Buffer.from(trace.padEnd(32)).toString('base64url'),
      trace: Buffer.from(trace.padEnd(32)).toString('base64url'),
    },
    { value: 48_000 + index, trace: String(48_000 + index) },
    { value: `30${own}-32767` },
    { value: '198.51.100.99' },
    ...[true, false, 2, 3].map((value) => ({ value })),
    ...optionsOf(field).map((value) => ({ value })),
  ];
  const { example } = metaOf(field);
  const all: Change[] = [
    ...(Object.hasOwn(KNOWN, key) ? [{ value: KNOWN[key] }] : []),
    ...texts,
    ...texts.map(({ value, ...rest }) => ({ value: [value], ...rest })),
    ...entriesLike(example, trace),
    ...optionsOf(field).map((value) => ({ value: [value] })),
    { value: example },
    // To take it away is a change too.
    { value: undefined },
  ];
  const before = JSON.stringify(present ?? (field instanceof z.ZodDefault ? field.def.defaultValue : undefined));
  return all.filter(({ value }) => JSON.stringify(value) !== before && field.safeParse(value).success);
}

/** `settings` with another value at `path`. */
export function changed(settings: unknown, [part, ...rest]: Path, value: unknown): unknown {
  if (part === undefined) return value;
  const inner = changed(valueAt(settings, [part]), rest, value);
  if (typeof part !== 'number') return { ...(settings as object | undefined), [part]: inner };
  return Object.assign([...((settings as readonly unknown[] | undefined) ?? [])], { [part]: inner });
}

function optionsOf(field: z.ZodType): readonly unknown[] {
  const inner = unwrapped(field);
  if (inner instanceof z.ZodEnum) return inner.options;
  return inner instanceof z.ZodArray ? optionsOf(inner.element as z.ZodType) : [];
}

/** A mapping like the example, with a value of its own. */
function entriesLike(example: unknown, trace: string): Change[] {
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return [];
  return [{ value: Object.fromEntries(Object.keys(example).map((key) => [key, trace])), trace }];
}
