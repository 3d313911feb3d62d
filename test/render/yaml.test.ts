import { parse, parseAllDocuments } from 'yaml';
import type { Manifest } from '../../src/objects/manifest';
import { toYaml } from '../../src/render/yaml';
import fc from '../random';

const manifest = (data: Record<string, string>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'x' },
  data,
});

test.each([
  'yes',
  'no',
  'on',
  'off',
  'y',
  'true',
  'null',
  '~',
  '',
  '0777',
  '0o17',
  '0x1f',
  '1e3',
  '1_000',
  '0x1_f',
  '1_0.5',
  '12:30:45',
  '2025-01-01',
  '.5',
  '.',
  '=',
  '- a',
  'a: b',
  ' x',
  '#',
])('"%s" stays a text, for a parser of YAML 1.1 too', (text) => {
  expect(parse(toYaml([manifest({ key: text })]), { version: '1.1' }).data.key).toBe(text);
});

test('whatever texts there are, both versions of YAML read them back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (data) => {
      for (const version of ['1.1', '1.2'] as const) {
        expect(parse(toYaml([manifest({ ...data })]), { version, merge: false })).toEqual(manifest({ ...data }));
      }
    }),
  );
});

test('each object is a document, and nothing is folded or aliased', () => {
  const shared = { long: `${'word '.repeat(50)}\nend` };
  const text = toYaml([manifest(shared), { ...manifest(shared), more: shared }]);
  expect(parseAllDocuments(text)).toHaveLength(2);
  expect(text).not.toMatch(/&ref|\*ref/);
});
