import { type Row } from './compare';
import { same } from './equality';
import { canonical, type Json, lookup, type Path } from './json';
import { isScored, ITEM, leaves } from './leaves';
import { type FactObject, isOmitted, label, type ReferenceObject } from './model';
import { identity } from './reference';

/** Counts only what a values set changes against the default set. */
export class Delta {
  /** Facts that the set changes. */
  public facts = 0;

  /** Those that the rendering changes too. */
  public match = 0;

  private readonly base = new Map<string, ReferenceObject[]>();
  private readonly gone: readonly ReferenceObject[];

  constructor(base: readonly ReferenceObject[], reference: readonly ReferenceObject[]) {
    for (const object of base) this.base.set(identity(object), [...(this.base.get(identity(object)) ?? []), object]);
    const kept = new Set(reference.map(identity));
    const labels = new Set(reference.map(label));
    this.gone = base.filter((object) => !kept.has(identity(object)) && !labels.has(label(object)));
  }

  /** Counts an object of the set, whose compared facts are `rows`. */
  public countObject(reference: ReferenceObject, rendered: FactObject | undefined, rows: readonly Row[]): void {
    const old = (this.base.get(identity(reference)) ?? []).flatMap(({ facts }) => leaves(facts));
    const before = new Set(old.map(({ path, value }) => mark(path, value)));
    rows
      .filter((row) => !before.has(mark(row.path, row.reference)))
      .forEach((row) => this.count(row.state === 'match'));
    if (rendered === undefined) return;
    const now = new Set(leaves(reference.facts).map(({ path }) => key(path)));
    const lost = new Map(old.filter(({ path }) => !now.has(key(path))).map(({ path }) => [key(path), path]));
    [...lost.values()]
      .filter((path) => isScored(path) && path.at(-1) !== ITEM)
      .forEach((path) => this.count((lookup(rendered.facts, path) ?? null) === null));
  }

  /** Counts the objects that must be gone. */
  public countGone(rendered: readonly FactObject[]): void {
    for (const object of this.gone) {
      const stays = rendered.some(
        ({ kind, namespace, name }) => kind === object.kind && namespace === object.namespace && same(object.name, name),
      );
      this.count(!stays);
    }
  }

  private count(good: boolean): void {
    this.facts += 1;
    this.match += Number(good);
  }
}

function key(path: Path): string {
  return path.join('\0');
}

/** The length of a text that is not part of the reference is no fact. */
function mark(path: Path, value: Json): string {
  return `${key(path)}\0${isOmitted(value) ? 'omitted' : canonical(value)}`;
}
