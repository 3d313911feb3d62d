import { compareObject, type Resolvers, type Row } from './compare';
import { Delta } from './delta';
import { scalar } from './json';
import { factName } from './leaves';
import { Matcher } from './matching';
import { type FactObject, label, RANDOM, type ReferenceObject } from './model';
import { reduceAll } from './reduce';
import { distinct, loadReference } from './reference';
import { type ChartScore, emptyScore, percent, type Report, type Score, type TotalScore } from './report';
import { Resolver } from './resolver';
import { type WaiverFile, Waivers } from './waivers';

export { ChartScore, describeChart, Difference, Report, Score } from './report';
export { NO_WAIVERS, readWaivers, Rename, Waiver, WaiverFile } from './waivers';

/** Registry of the reference inputs. */
const REGISTRY = 'registry.example.org/kaapana';

/** What to compare with what. */
export interface Comparison {
  /** Parsed manifests. */
  readonly rendered: readonly unknown[];

  /** Directory of the release, such as `kaapana-0.6.0`. */
  readonly release: string;

  /** Values set, such as `prod`. */
  readonly set: string;

  /**
   * Globs of the charts to look at.
   *
   * @default every chart
   */
  readonly charts?: readonly string[];

  /** Deliberate differences. */
  readonly waivers: WaiverFile;

  /**
   * Registry of the rendering.
   *
   * @default the one of the reference inputs
   */
  readonly registry?: string;

  /**
   * Namespace of objects that name none.
   *
   * @default 'default'
   */
  readonly namespace?: string;
}

/** Compares rendered manifests with the facts of Kaapana's own charts. */
export function compareWithReference(comparison: Comparison): Report {
  const { release, set, charts = ['*'], registry = REGISTRY, namespace = 'default' } = comparison;
  const all = loadReference(release, set, charts);
  const rendered = reduceAll(comparison.rendered, registry, namespace);
  const reference = distinct(all);
  const resolvers = { reference: new Resolver(reference), rendered: new Resolver(rendered) };
  const waivers = new Waivers(comparison.waivers, set);
  const matcher = new Matcher(rendered, waivers, resolvers);
  const delta = set === 'default' ? undefined : new Delta(loadReference(release, 'default', charts), all);

  const scores = scoreCharts(reference, { matcher, resolvers, waivers, delta });
  delta?.countGone(rendered);
  return {
    total: total(Object.values(scores), delta),
    charts: scores,
    missingObjects: Object.values(scores).flatMap(({ missingObjects }) => missingObjects).sort(),
    extraObjects: matcher.extra(),
    waivers: waivers.counts,
    entriesUsed: waivers.used,
  };
}

interface Tools {
  readonly matcher: Matcher;
  readonly resolvers: Resolvers;
  readonly waivers: Waivers;
  readonly delta: Delta | undefined;
}

function scoreCharts(reference: readonly ReferenceObject[], tools: Tools): Readonly<Record<string, ChartScore>> {
  const charts: Record<string, ChartScore> = {};
  // Exact names choose first; what is left may be a random one.
  const exact = reference.filter(({ name }) => !name.includes(RANDOM));
  const random = reference.filter(({ name }) => name.includes(RANDOM));
  for (const object of [...exact, ...random]) {
    const chart = (charts[object.chart] ??= { ...emptyScore(), differences: [], missingObjects: [] });
    scoreObject(chart, object, tools);
  }
  for (const chart of Object.values(charts)) chart.percent = percent(chart);
  return charts;
}

function scoreObject(chart: ChartScore, reference: ReferenceObject, { matcher, resolvers, waivers, delta }: Tools): void {
  const rendered = matcher.take(reference);
  chart.objects += 1;
  if (rendered === undefined) chart.missingObjects.push(label(reference));
  else chart.objectsMatched += 1;
  const rows = compareObject(reference, rendered, resolvers);
  delta?.countObject(reference, rendered, rows);
  for (const row of rows) scoreFact(chart, reference, row, { isFound: rendered !== undefined, waivers });
}

function scoreFact(
  chart: ChartScore,
  object: FactObject,
  { path, reference, rendered, state }: Row,
  { isFound, waivers }: { readonly isFound: boolean; readonly waivers: Waivers },
): void {
  const fact = factName(path);
  if (state !== 'match' && waivers.allows(label(object), fact, scalar(rendered))) {
    chart.waived += 1;
    return;
  }
  chart.facts += 1;
  chart[state] += 1;
  if (state !== 'match' && isFound) chart.differences.push({ object: label(object), fact, state, reference, rendered });
}

function total(charts: readonly ChartScore[], delta: Delta | undefined): TotalScore {
  const keys = ['objects', 'objectsMatched', 'facts', 'match', 'different', 'missing', 'waived'] as const;
  const sum: Score = emptyScore();
  for (const key of keys) sum[key] = charts.reduce((points, chart) => points + chart[key], 0);
  sum.percent = percent(sum);
  return delta === undefined ? sum : { ...sum, delta: { facts: delta.facts, match: delta.match, percent: percent(delta) } };
}
