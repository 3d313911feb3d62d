import { readFileSync } from 'node:fs';
import { matchesGlob } from './glob';
import { canonical } from './json';

/** An object that bears another kind, namespace or name on purpose. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  readonly reason: string;

  /** Whether an object of an extension. @default false */
  readonly extensions?: boolean;
}

/** Facts that differ on purpose. */
export interface Waiver {
  /**
   * Glob of the object's label.
   *
   * @default any object
   */
  readonly object?: string;

  /**
   * Glob of the fact's name.
   *
   * @default any fact
   */
  readonly fact?: string;

  /**
   * Regular expression over the rendered value, which is empty when it is missing.
   *
   * @default any value
   */
  readonly accept?: string;

  /**
   * Values sets it holds for.
   *
   * @default every set
   */
  readonly sets?: readonly string[];

  readonly reason: string;

  /** Whether it is for objects of extensions. @default false */
  readonly extensions?: boolean;
}

/** The deliberate differences of the project. */
export interface WaiverFile {
  readonly renames: readonly Rename[];
  readonly waivers: readonly Waiver[];
}

/** No deliberate difference. */
export const NO_WAIVERS: WaiverFile = { renames: [], waivers: [] };

/** Reads a waivers file. */
export function readWaivers(path: string): WaiverFile {
  return { ...NO_WAIVERS, ...(JSON.parse(readFileSync(path, 'utf8')) as Partial<WaiverFile>) };
}

/** Applies deliberate differences to one values set, and remembers which were used. */
export class Waivers {
  /** Waived facts by reason. */
  public readonly counts: Record<string, number> = {};

  /** Entries that applied. */
  public readonly used = new Set<Rename | Waiver>();

  private readonly rules: readonly Waiver[];

  constructor(
    private readonly file: WaiverFile,
    set: string,
  ) {
    const unexplained = [...file.renames, ...file.waivers].find(({ reason }) => !reason?.trim());
    if (unexplained !== undefined) throw new Error(`waiver without a reason: ${canonical({ ...unexplained })}`);
    this.rules = file.waivers.filter(({ sets }) => !sets?.length || sets.includes(set));
  }

  /** The label to look for in place of `label`. */
  public target(label: string): string {
    // The last entry for an object wins.
    const rename = this.file.renames.findLast(({ from }) => from === label);
    if (rename === undefined) return label;
    this.used.add(rename);
    return rename.to;
  }

  /** Whether a difference is deliberate. */
  public allows(label: string, fact: string, shown: string): boolean {
    const rule = this.rules.find(
      (waiver) =>
        matchesGlob(waiver.object ?? '*', label) &&
        matchesGlob(waiver.fact ?? '*', fact) &&
        (waiver.accept === undefined || new RegExp(waiver.accept).test(shown)),
    );
    if (rule === undefined) return false;
    this.used.add(rule);
    this.counts[rule.reason] = (this.counts[rule.reason] ?? 0) + 1;
    return true;
  }
}
