import { buildPlatform } from '../../src/environment/tree';
import { parseSettings } from '../../src/settings/parse';
import { schema } from '../../src/settings/schema';
import fc from '../random';
import { anySettings, name } from './arbitrary';
import { problems, REQUIRED } from './support';

/** Random platforms that are built; `npm run test:long` has 100, KAAPANA_PLATFORMS=500 more. */
const PLATFORMS = Number(process.env['KAAPANA_PLATFORMS'] ?? 20);

/** Wrong values, each for a random setting: 2000 in `npm run test:long`. */
const WRONG_VALUES = 20 * PLATFORMS;

test('settings that are right give a platform', () => {
  fc.assert(
    fc.property(anySettings, (given) => {
      const { settings } = parseSettings(given, 'test');
      const host =
        settings.serverStack === undefined ? undefined : parseSettings(REQUIRED, settings.serverStack).settings;
      expect(buildPlatform(settings, 'test', host).graph.nodes.length).toBeGreaterThan(50);
    }),
    { numRuns: PLATFORMS },
  );
}, 120_000);

/** Values that no setting of the kind can have. */
const WRONG: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  text: fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.array(fc.integer(), { minLength: 1 }),
    fc.constant({ a: 1 }),
    fc.constant('a\u0000b'),
    fc.constant({ secure: 'v1:x' }),
  ),
  list: fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.constant({ a: 1 }),
    fc.constant('[broken'),
    fc.array(fc.integer(), { minLength: 1 }),
  ),
  group: fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.array(fc.integer(), { minLength: 1 }),
    name.map((text) => `x${text}`),
    name.map((text) => ({ [`x${text}`]: 1 })),
  ),
  flag: fc.oneof(
    fc.integer(),
    fc.constantFrom('yes', 'no', 'on', 'off', 'True', '1'),
    fc.array(fc.boolean(), { minLength: 1 }),
  ),
  number: fc.oneof(
    fc.double().filter((number) => !Number.isInteger(number)),
    fc.integer({ max: -1 }),
    fc.integer({ min: 65536 }),
    fc.boolean(),
    name.map((text) => `x${text}`),
  ),
};
const KINDS: Readonly<Record<string, keyof typeof WRONG>> = {
  devMode: 'flag',
  gpuSupport: 'flag',
  offlineMode: 'flag',
  prefetchExtensions: 'flag',
  noHooks: 'flag',
  enableNfs: 'flag',
  httpPort: 'number',
  httpsPort: 'number',
  dicomPort: 'number',
  replicaCount: 'number',
  credentials: 'group',
  smtp: 'group',
  nfs: 'group',
  imageTags: 'group',
  gpu: 'group',
  storageClasses: 'group',
  adopt: 'list',
  dataMoved: 'list',
  internalCidrs: 'list',
  projects: 'list',
  components: 'list',
  extensions: 'list',
};
const MEMORY = Object.keys(schema.shape).filter((key) => /memory/i.test(key));
// A number is one of Mi there.
const TEXTS = Object.keys(schema.shape).filter(
  (key) => !(key in KINDS) && key !== 'containerRegistryPassword' && !MEMORY.includes(key),
);

test('settings that are wrong are refused, each with its key and a remedy', () => {
  const wrong = fc
    .constantFrom(...Object.keys(KINDS), ...TEXTS)
    .chain((key) => fc.tuple(fc.constant(key), WRONG[KINDS[key] ?? 'text'] as fc.Arbitrary<unknown>));
  fc.assert(
    fc.property(wrong, ([key, value]) => {
      const found = problems({ [key]: value });
      const own = found.filter(
        (problem) => problem.key === key || problem.key.startsWith(`${key}.`) || problem.key.startsWith(`${key}[`),
      );
      expect(own.length).toBeGreaterThan(0);
      for (const { message, remedy } of found) {
        expect(message).not.toMatch(/Invalid input|\[object|undefined/);
        expect(remedy).toMatch(/^(Set it|Remove it|Did you mean|The nearest are|Write it|Encrypt only|It was set)/);
        expect(remedy).not.toMatch(/<\w+>|undefined|\[object/);
      }
    }),
    { numRuns: WRONG_VALUES },
  );
});
