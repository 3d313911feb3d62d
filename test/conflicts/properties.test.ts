import { OperatorError } from '../../src/base/operator-error';
import { conflicts } from '../../src/conflicts/conflicts';
import fc from '../random';
import { inCommon, meet } from './brute-force';
import { GUEST, type Keys, tenants, told } from './support';

/** Pairs to compare; building both takes about half a second, so `npm run test:long` has 20, KAAPANA_PAIRS=100 more. */
const PAIRS = Number(process.env['KAAPANA_PAIRS'] ?? 6);

const name = fc.constantFrom('a', 'a-b', 'b', 'project', 'services');
const directory = fc.constantFrom('/data', '/data/x', '/data-a', '/mnt', '/home/kaapana');
const port = fc.constantFrom(443, 8443, 11112, 11113, 32000);
const label = fc.constantFrom('services', 'extensions', 'a-services', 'b', 'admin2');

/** Settings that collide often; most are right one by one. */
const placed: fc.Arbitrary<Keys> = fc.record<Keys>(
  {
    httpPort: fc.constantFrom(0, 80, 8443),
    httpsPort: port,
    dicomPort: port,
    fastDataDir: directory,
    slowDataDir: directory,
    servicesNamespace: label,
    extensionsNamespace: label,
    projects: fc.constantFrom([{ name: 'admin' }], [{ name: 'admin' }, { name: 'services' }]),
    extensions: fc.constantFrom([], [{ name: 'edk' }]),
    domain: fc.constantFrom('a.example.org', 'b.example.org'),
    totalMemory: fc.constant('512Gi'),
  },
  { requiredKeys: ['totalMemory'] },
);
const storage = fc.constantFrom<Keys>(
  {},
  {},
  { storageProvider: 'nfs', nfs: { server: 'nfs', path: '/export' } },
  { storageProvider: 'nfs', nfs: { server: 'nfs', path: '/export/a/fast' } },
);
const server: fc.Arbitrary<Keys[]> = fc.tuple(
  placed,
  storage,
  fc.constantFrom<Keys>({}, {}, { instanceUid: 'a' }, { adminNamespace: 'b-default' }),
);
const guest: fc.Arbitrary<Keys[]> = fc.tuple(
  placed,
  storage,
  name.map((instanceUid): Keys => ({ serverStack: 'prod', instanceUid })),
);
const second = fc.oneof({ weight: 4, arbitrary: guest }, { weight: 1, arbitrary: server });

const merged = (groups: readonly Keys[], base: Keys = {}): Keys => Object.assign({}, base, ...groups) as Keys;

/** Both outcomes are tried, however few the others are. */
const APART: [Keys[], Keys[]] = [
  [{ totalMemory: '512Gi' }],
  [{ totalMemory: '16Gi', serverStack: 'prod', instanceUid: 'b', domain: 'b.example.org' }],
];
const TOGETHER: [Keys[], Keys[]] = [
  [{ totalMemory: '512Gi', fastDataDir: '/data' }],
  [{ totalMemory: '16Gi', serverStack: 'prod', instanceUid: 'b', fastDataDir: '/data/x' }],
];

test(
  `the proof and a comparison of all objects agree for ${PAIRS} random pairs`,
  () => {
    const seen = { apart: 0, together: 0 };
    fc.assert(
      fc.property(server, second, (one, other) => {
        const pair = valid({
          prod: merged(one),
          other: merged(other, { httpPort: 0, httpsPort: GUEST['httpsPort'], dicomPort: GUEST['dicomPort'] }),
        });
        if (!pair) return fc.pre(false);
        const [a, b] = pair;
        if (!a || !b) throw new Error('there are two');
        const common = inCommon(a, b);
        const found = conflicts(pair);
        expect(found.length > 0).toBe(meet(common));
        const cause = found.find(({ rule }) => rule === 'second-server' || rule === 'shared-instance-name');
        if (cause) {
          expect(found).toEqual([cause]);
          expect(common.objects.length).toBeGreaterThan(0);
        } else {
          const values = (wanted: string): unknown[] =>
            found.flatMap(({ rule, facts }) => (rule === wanted && 'wanted' in facts ? [facts.wanted] : [])).sort();
          expect(values('shared-object')).toEqual(common.objects);
          expect(values('shared-port')).toEqual(common.ports);
          expect(found.some(({ rule }) => rule === 'shared-directory' || rule === 'shared-export')).toBe(
            common.directories,
          );
        }
        for (const { owners, remedy } of told(found)) {
          expect(owners.map(({ environment }) => environment).sort()).toEqual(['other', 'prod']);
          expect(remedy).toMatch(/^In (prod|other): .*\S/);
          const [, name, value = ''] = /e\.g\.: pulumi config set --stack \w+ kaapana:(\w+) (\S+)$/.exec(remedy) ?? [];
          if (name !== undefined) expect([...allOf(a.settings), ...allOf(b.settings)]).not.toContain(value);
        }
        seen[found.length === 0 ? 'apart' : 'together']++;
        return true;
      }),
      { numRuns: PAIRS, maxSkipsPerRun: 1000, examples: [APART, TOGETHER] },
    );
    expect(Math.min(seen.apart, seen.together)).toBeGreaterThan(0);
  },
  60_000 + PAIRS * 5_000,
);

/** Every value of some settings, as a text. */
function allOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((each) => allOf(each))
    : [String(value)];
}

/** Environments that are right one by one: their settings, and what these lead to. */
function valid(given: Readonly<Record<string, Keys>>): ReturnType<typeof tenants> | undefined {
  try {
    return tenants(given);
  } catch (problem) {
    if (problem instanceof OperatorError) return undefined;
    throw problem;
  }
}
