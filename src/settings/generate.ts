import { z } from 'zod';
import { PREFIX } from '../base/keys';
import { FORMER_NAMES } from './aliases';
import { extensionSchema } from './extension-schema';
import { schema } from './schema';

/** JSON schema of one setting, as far as documents need it. */
interface Field {
  readonly type?: 'string' | 'integer' | 'boolean' | 'array' | 'object';

  /** A setting that may also be written as a text has its own type first. */
  readonly anyOf?: readonly Field[];
  readonly description?: string;
  readonly default?: unknown;
  readonly secret?: boolean;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  readonly items?: Field;
}

/** An empty value of each type stands for a missing one. */
const EMPTY = { string: '', integer: 0, boolean: false, array: [], object: {} } as const;

/**
 * The `config:` section of Pulumi.yaml. Each key has a default, because Pulumi calls a typed key without one missing
 * before our own list of mistakes is made; where there is none it is the empty value, which stands for a missing one
 * (sealing.ts). No key is `secret`, because Pulumi then refuses environments with plain values, such as dev.
 */
export function pulumiConfig(): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields().properties ?? {}).map(([name, field]) => [
      `${PREFIX}${name}`,
      {
        type: typeOf(field),
        ...(field.items ? { items: { type: typeOf(field.items) } } : {}),
        description: field.secret ? `${field.description} (set it with --secret)` : field.description,
        default: field.default ?? EMPTY[typeOf(field)],
      },
    ]),
  );
}

/** JSON schema of environment files, for editors. */
export function editorSchema(): object {
  const secure = {
    type: 'object',
    properties: { secure: { type: 'string' } },
    required: ['secure'],
    additionalProperties: false,
  };
  const secret = { anyOf: [{ type: 'string', minLength: 1 }, { $ref: '#/$defs/secure' }] };
  const { $schema, properties: { extensions, ...properties } = {}, required = [] } = fields(secret);
  const settings = {
    ...properties,
    extensions: { ...extensions, items: knownExtension(extensions?.items, secret) },
  };
  const former = [...FORMER_NAMES].map(([name, now]) => [
    name,
    { $ref: `#/properties/config/properties/${PREFIX}${now}`, description: `Former name of ${now}`, deprecated: true },
  ]);
  const config = {
    type: 'object',
    properties: Object.fromEntries(
      [...Object.entries(settings), ...former].map(([name, field]) => [`${PREFIX}${String(name)}`, field]),
    ),
    required: required.map((name) => `${PREFIX}${name}`),
    patternProperties: { [`^(?!${PREFIX})`]: {} },
    additionalProperties: false,
  };
  return {
    $schema,
    title: 'Environment of Kaapana',
    type: 'object',
    properties: { config },
    required: ['config'],
    $defs: { secure },
  };
}

/** An entry of `extensions`, with what the catalogue says of each. */
function knownExtension(item: Field | undefined, secret: object): object {
  const { names, conditions } = extensionSchema(secret);
  return {
    ...item,
    properties: { ...item?.properties, name: { ...item?.properties?.['name'], enum: names } },
    allOf: conditions,
  };
}

/** The table of the README. */
export function settingsTable(): string {
  return ['| key | type | default | meaning |', '|---|---|---|---|', ...rows('', fields()), ''].join('\n');
}

function rows(parent: string, { properties = {}, required = [] }: Field): string[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const isGroup = field.type === 'object' && field.properties !== undefined;
    const fallback = required.includes(name)
      ? 'required'
      : isGroup || field.default === undefined || field.default === ''
        ? ''
        : `\`${plain(field.default)}\``;
    const row = `| \`${parent}${name}\` | ${field.secret ? 'secret' : typeOf(field)} | ${fallback} | ${(field.description ?? '').replaceAll('|', '\\|')} |`;
    return [row, ...rows(`${parent}${name}.`, isGroup ? field : {}), ...rows(`${parent}${name}[].`, field.items ?? {})];
  });
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function typeOf({ type, anyOf }: Field): keyof typeof EMPTY {
  return type ?? (anyOf?.[0] ? typeOf(anyOf[0]) : 'string');
}

/**
 * The settings as JSON schema, with what zod leaves out of it: defaults and examples of what is written in several
 * ways.
 *
 * @param secret stands in place of each secret's schema; by default, its `secret` is true
 */
function fields(secret?: Readonly<Record<string, unknown>>): Field & { readonly $schema?: string } {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const meta = z.globalRegistry.get(zodSchema);
      if (zodSchema._zod.def.type === 'default') jsonSchema.default = zodSchema._zod.def.defaultValue;
      if (Array.isArray(meta?.['examples'])) jsonSchema.examples = meta['examples'];
      if (typeof jsonSchema['formerly'] === 'string') jsonSchema.description += `; formerly ${jsonSchema['formerly']}`;
      for (const note of ['formerly', 'nowhere']) Reflect.deleteProperty(jsonSchema, note);
      if (secret === undefined || meta?.['secret'] !== true) return;
      for (const key of ['type', 'minLength', 'secret']) Reflect.deleteProperty(jsonSchema, key);
      Object.assign(jsonSchema, secret);
    },
  }) as Field;
}
