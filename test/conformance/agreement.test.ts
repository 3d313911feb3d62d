import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { compareWithReference, NO_WAIVERS, type Report, type WaiverFile } from './comparer';
import { reduceAll } from './comparer/reduce';
import { percent } from './comparer/report';

const FIXTURES = join(__dirname, 'fixtures');
const NAMES = ['server-layer', 'production', 'instance', 'pod-template', 'random-names', 'older-release', 'equivalents'];

/** Release, set, charts and waivers of a recorded comparison. */
interface Case {
  readonly release: string;
  readonly set: string;
  readonly charts: readonly string[];
  readonly waivers: WaiverFile;
}

/** What check.py reports. */
type Recorded = Pick<Report, 'total' | 'charts' | 'missingObjects' | 'extraObjects' | 'waivers'>;

describe.each(NAMES)('%s', (name) => {
  const setup = readJson<Case>(join(FIXTURES, name, 'case.json'));
  const recorded = readJson<Recorded>(join(FIXTURES, name, 'result.json'));
  const report = compareWithReference({ ...setup, rendered: readInput(join(FIXTURES, name)) });

  test('totals agree with check.py', () => {
    expect(report.total).toEqual(recorded.total);
    expect(report.waivers).toEqual(recorded.waivers);
  });

  test('charts and their differences agree', () => {
    const charts = Object.entries(report.charts).map(([chart, { missingObjects: _, ...score }]) => [chart, score]);
    expect(Object.fromEntries(charts)).toEqual(recorded.charts);
  });

  test('missing and extra objects agree', () => {
    expect(report.missingObjects).toEqual(recorded.missingObjects);
    expect(report.extraObjects).toEqual(recorded.extraObjects);
  });
});

test('every kind of object is reduced as check.py does', () => {
  const directory = join(FIXTURES, 'reduction');
  const facts = reduceAll(readYaml(join(directory, 'manifests.yaml')), 'registry.example.org/kaapana', 'default');
  expect(facts).toEqual(readJson(join(directory, 'facts.json')));
});

test.each([
  [29, 32, 90.62],
  [31, 32, 96.88],
  [1, 3, 33.33],
  [0, 0, 100],
])('%i of %i facts are rounded as Python does', (match, facts, expected) => {
  expect(percent({ match, facts })).toBe(expected);
});

describe('waivers', () => {
  const comparison = { rendered: [], release: 'kaapana-0.6.0', set: 'default', charts: ['squid-proxy'] };

  test('one without a reason is refused', () => {
    const waivers = { ...NO_WAIVERS, waivers: [{ object: '*', reason: ' ' }] };
    const compare = () => compareWithReference({ ...comparison, waivers });
    expect(compare).toThrow('waiver without a reason: {"object":"*","reason":" "}');
  });

  test('the entries that applied are reported', () => {
    const [used, unused] = [{ object: '*/squid*', reason: 'a' }, { object: '*/none', reason: 'a' }];
    const report = compareWithReference({ ...comparison, waivers: { renames: [], waivers: [unused, used] } });
    expect([...report.entriesUsed]).toEqual([used]);
    expect(report.total).toMatchObject({ facts: 0, percent: 100, waived: 31 });
  });
});

test('a set without facts is refused', () => {
  const comparison = { rendered: [], release: 'kaapana-0.3.5', set: 'prod', waivers: NO_WAIVERS };
  expect(() => compareWithReference(comparison)).toThrow('no reference for the set prod in kaapana-0.3.5');
});

function readInput(directory: string): readonly unknown[] {
  const json = join(directory, 'input.json');
  return existsSync(json) ? readJson<readonly unknown[]>(json) : readYaml(join(directory, 'input.yaml'));
}

function readYaml(path: string): readonly unknown[] {
  return [...parseAllDocuments(readFileSync(path, 'utf8'))].map((document): unknown => document.toJS());
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
