import { z } from 'zod';
import { editorSchema, pulumiConfig, settingsTable } from '../../src/settings/generate';
import { schema } from '../../src/settings/schema';
import { metaOf, unwrapped } from '../../src/settings/shape';
import { generatedFiles, main } from '../../tools/generate';

test('what is generated is up to date; correct it with npm run generate', () => {
  expect(main(['--check'])).toBe(0);
});

test('what is generated is the same each time', () => {
  expect(generatedFiles()).toEqual(generatedFiles());
});

test('Pulumi knows a type and a default of every key', () => {
  const config = pulumiConfig();
  expect(Object.keys(config)).toEqual(Object.keys(schema.shape).map((key) => `kaapana:${key}`));
  expect(config['kaapana:httpPort']).toMatchObject({ type: 'integer', default: 80 });
  expect(config['kaapana:devMode']).toMatchObject({ type: 'boolean', default: true });
  expect(config['kaapana:noHooks']).toMatchObject({ type: 'boolean', default: false });
  expect(config['kaapana:projects']).toMatchObject({
    type: 'array',
    items: { type: 'object' },
    default: [{ name: 'admin' }],
  });
  expect(config['kaapana:components']).toMatchObject({ type: 'array', items: { type: 'string' }, default: [] });
  expect(config['kaapana:credentials']).toMatchObject({ type: 'object', default: {} });
  expect(config['kaapana:totalMemory']).toMatchObject({ type: 'string', default: '' });
  expect(JSON.stringify(config)).not.toContain('"secret"');
});

test('editors accept an encrypted secret, and nothing else in place of a text', () => {
  const { properties } = editorSchema() as {
    properties: { config: { properties: Record<string, { type?: string; anyOf?: object[]; properties?: object }> } };
  };
  const {
    'kaapana:domain': domain,
    'kaapana:containerRegistryPassword': password,
    'kaapana:credentials': credentials,
  } = properties.config.properties;
  expect(domain).toMatchObject({ type: 'string', examples: ['kaapana.example.org'] });
  expect(password?.anyOf).toEqual([{ type: 'string', minLength: 1 }, { $ref: '#/$defs/secure' }]);
  expect(credentials?.properties).toMatchObject({ minioPassword: { anyOf: password?.anyOf } });
});

test('the table has every key, and those of groups', () => {
  const table = settingsTable();
  expect(table).toContain('| `httpsPort` | integer | `443` | HTTPS port |');
  expect(table).toContain('| `domain` | string | required |');
  expect(table).toContain('| `smtp.password` | secret |  | Password of the account |');
  expect(table).toContain('| `projects[].name` | string | required |');
});

test('every setting has a meaning, and an example where it has no default', () => {
  const bare = fields(schema, '').filter(
    ([, field]) =>
      !(field.description ?? unwrapped(field).description) ||
      (metaOf(field).example === undefined && !metaOf(field).secret && !(unwrapped(field) instanceof z.ZodObject)),
  );
  expect(bare.map(([key]) => key)).toEqual([]);
});

function fields(group: z.ZodObject, parent: string): [string, z.ZodType][] {
  return Object.entries(group.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
    const inner = unwrapped(field);
    const item = inner instanceof z.ZodArray ? (inner.element as z.ZodType) : inner;
    return [
      [`${parent}${name}`, field] as [string, z.ZodType],
      ...(item instanceof z.ZodObject ? fields(item, `${parent}${name}.`) : []),
    ];
  });
}
