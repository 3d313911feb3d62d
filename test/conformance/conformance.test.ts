import { join } from 'node:path';
import { CASES, type ConformanceCase } from './charts';
import { compareWithReference, describeChart, readWaivers, type Report, type WaiverFile } from './comparer';
import { renderObjects } from './render';

const MINIMUM = 99;
const waivers = readWaivers(join(__dirname, 'waivers.json'));

/** The waivers of a case: those of all, and its renames. */
function waiversOf({ renames }: ConformanceCase): WaiverFile {
  if (renames === undefined) return waivers;
  return { ...waivers, renames: [...waivers.renames, ...readWaivers(join(__dirname, renames)).renames] };
}

const reports = new Map<ConformanceCase, Report>();

describe.each(CASES)('$settings against $release/$set, secrets shown: $showSecrets', (given) => {
  const { settings, release, set, registry, showSecrets, charts } = given;

  beforeAll(() => {
    const rendered = renderObjects(settings, showSecrets);
    reports.set(given, compareWithReference({ rendered, release, set, registry, charts, waivers: waiversOf(given) }));
  });

  test.each(charts)(`%s has at least ${MINIMUM} %% of the facts`, (name) => {
    const chart = reports.get(given)?.charts[name];
    if (chart === undefined) throw new Error(`no report for ${name}`);
    if (chart.percent < MINIMUM) throw new Error(describeChart(name, chart));
  });
});

describe('deliberate differences', () => {
  const entries = [...waivers.renames, ...waivers.waivers];

  test('each has a reason', () => {
    expect(entries.filter(({ reason }) => !reason?.trim())).toEqual([]);
  });

  test('each is used by a set; those of extensions are in test/extensions', () => {
    const used = new Set([...reports.values()].flatMap(({ entriesUsed }) => [...entriesUsed]));
    expect(reports.size).toBe(CASES.length);
    expect(entries.filter((entry) => !entry.extensions && !used.has(entry))).toEqual([]);
  });
});
