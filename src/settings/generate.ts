import { z } from 'zod';
import { schema } from './schema';
import { SECRET_PATHS } from './sealing';

/** One key, as documents describe it. */
interface Key {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean' | 'array' | 'object';
  readonly secret: boolean;
  readonly description: string;

  /** Undefined for what has no default. */
  readonly fallback: unknown;

  /** Whether there is no platform without it. */
  readonly required: boolean;
}

/** Item type of the lists of objects; other lists are of texts. */
const OBJECT_LISTS = new Set(['projects', 'extensions']);

/** An empty value of each type stands for a missing one: Pulumi wants a default for every key that it knows. */
const EMPTY = { string: '', integer: 0, boolean: false, array: [], object: {} } as const;

/** The `config:` section of Pulumi.yaml. */
export function pulumiConfig(): Record<string, unknown> {
  return Object.fromEntries(keys().map(({ name, type, description, secret, fallback }) => [`kaapana:${name}`, {
    type,
    ...(type === 'array' ? { items: { type: OBJECT_LISTS.has(name) ? 'object' : 'string' } } : {}),
    description: secret ? `${description} (set it with --secret)` : description,
    default: fallback ?? EMPTY[type],
  }]));
}

/** JSON schema of environment files, for editors. */
export function editorSchema(): object {
  const { $schema, properties, required, $defs } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (z.globalRegistry.get(zodSchema as unknown as z.ZodType)?.['secret'] !== true) return;
      delete jsonSchema['secret'];
      delete jsonSchema.minLength;
      delete jsonSchema.type;
      Object.assign(jsonSchema, { anyOf: [{ type: 'string', minLength: 1 }, { $ref: '#/$defs/secure' }] });
    },
  }) as { $schema: string; properties: object; required: string[]; $defs?: object };
  const prefixed = Object.fromEntries(Object.entries(properties).map(([key, value]) => [`kaapana:${key}`, value as unknown]));
  const config = {
    type: 'object',
    properties: prefixed,
    required: required.map((key) => `kaapana:${key}`),
    patternProperties: { '^(?!kaapana:)': {} },
    additionalProperties: false,
  };
  const secure = { type: 'object', properties: { secure: { type: 'string' } }, required: ['secure'], additionalProperties: false };
  return { $schema, title: 'Environment of Kaapana', type: 'object', properties: { config }, $defs: { ...$defs, secure } };
}

/** The table of the README. */
export function settingsTable(): string {
  const rows = keys().flatMap((key) => [row(key.name, key), ...nested(key.name)]);
  return ['| key | type | default | meaning |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function row(name: string, { type, secret, description, fallback, required }: Key): string {
  const shown = required ? 'required' : fallback === undefined || fallback === '' ? '' : `\`${JSON.stringify(fallback).replace(/^"|"$/g, '')}\``;
  return `| \`${name}\` | ${secret ? 'secret' : type} | ${shown} | ${description.replaceAll('|', '\\|')} |`;
}

function nested(parent: string): string[] {
  const field = unwrapped((schema.shape as Record<string, z.ZodType>)[parent] ?? z.any());
  const [inner, suffix] = field instanceof z.ZodArray ? [field.element as z.ZodType, '[]'] : [field, ''];
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape as Record<string, z.ZodType>).map(([name, child]) => row(`${parent}${suffix}.${name}`, describe(name, child, `${parent}.${name}`)));
}

function keys(): Key[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => describe(name, field, name));
}

function describe(name: string, field: z.ZodType, path: string): Key {
  const fallback = field instanceof z.ZodDefault ? (field.def as { defaultValue: unknown }).defaultValue : undefined;
  return {
    name,
    type: typeOf(unwrapped(field)),
    secret: SECRET_PATHS.has(path),
    description: field.description ?? unwrapped(field).description ?? '',
    fallback,
    required: !field.safeParse(undefined).success,
  };
}

function typeOf(field: z.ZodType): Key['type'] {
  if (field instanceof z.ZodArray) return 'array';
  if (field instanceof z.ZodObject || field instanceof z.ZodRecord) return 'object';
  if (field.safeParse(1).success) return 'integer';
  return field.safeParse(443).success ? 'integer' : field.safeParse(true).success ? 'boolean' : 'string';
}

function unwrapped(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodOptional || field instanceof z.ZodDefault ? unwrapped(field.unwrap() as z.ZodType) : field;
}
