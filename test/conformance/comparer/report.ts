import { type State } from './compare';
import { canonical, type Json } from './json';
import { type Rename, type Waiver } from './waivers';

/** Points of a chart, or of all of them. */
export interface Score {
  objects: number;
  objectsMatched: number;
  facts: number;
  match: number;
  different: number;
  missing: number;

  /** Differences that a waiver allows; they are no facts. */
  waived: number;
  percent: number;
}

/** A fact that does not match, of an object that was found. */
export interface Difference {
  readonly object: string;
  readonly fact: string;
  readonly state: State;
  readonly reference: Json;
  readonly rendered: Json;
}

/** Score of a chart, and what it lacks. */
export interface ChartScore extends Score {
  differences: Difference[];
  missingObjects: string[];
}

/** Score of all charts. */
export interface TotalScore extends Score {
  /** What the set changes against the default set; absent for that one. */
  readonly delta?: { readonly facts: number; readonly match: number; readonly percent: number };
}

/** Result of a comparison. */
export interface Report {
  readonly total: TotalScore;
  readonly charts: Readonly<Record<string, ChartScore>>;
  readonly missingObjects: readonly string[];
  readonly extraObjects: readonly string[];

  /** Waived facts by reason. */
  readonly waivers: Readonly<Record<string, number>>;

  /** Entries of the waivers file that applied. */
  readonly entriesUsed: ReadonlySet<Rename | Waiver>;
}

/** A score without points. */
export function emptyScore(): Score {
  return { objects: 0, objectsMatched: 0, facts: 0, match: 0, different: 0, missing: 0, waived: 0, percent: 100 };
}

/** Percentage of matching facts, to two digits; a tie goes to the even digit. */
export function percent({ match, facts }: { readonly match: number; readonly facts: number }): number {
  if (facts === 0) return 100;
  const exact = (100 * match) / facts;
  const isTie = Number.isInteger(exact * 8) && !Number.isInteger(exact * 4);
  return isTie ? (2 * Math.round(exact * 50)) / 100 : Number(exact.toFixed(2));
}

/** What a chart lacks, for people. */
export function describeChart(name: string, chart: ChartScore): string {
  return [
    `${name}: ${chart.percent} % (${chart.match} of ${chart.facts} facts, ${chart.waived} waived)`,
    ...chart.missingObjects.map((object) => `  ${object}: not rendered`),
    ...chart.differences.map(
      ({ object, fact, reference, rendered }) =>
        `  ${object}: ${fact}: expected ${canonical(reference)}, rendered ${canonical(rendered)}`,
    ),
  ].join('\n');
}
