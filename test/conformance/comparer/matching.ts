import { compareObject, type Resolvers } from './compare';
import { same } from './equality';
import { cut } from './json';
import { type FactObject, label, RANDOM } from './model';
import { type Waivers } from './waivers';

/** Finds the rendered object for each object of the reference; each rendered object is taken once. */
export class Matcher {
  private readonly free: Set<FactObject>;
  private readonly byLabel = new Map<string, FactObject[]>();

  constructor(
    rendered: readonly FactObject[],
    private readonly waivers: Waivers,
    private readonly resolvers: Resolvers,
  ) {
    this.free = new Set(rendered);
    for (const object of rendered) this.byLabel.set(label(object), [...(this.byLabel.get(label(object)) ?? []), object]);
  }

  /** Takes the partner of an object, if there is one; of several, the one with the most matching facts. */
  public take(reference: FactObject): FactObject | undefined {
    const candidates = this.candidates(this.waivers.target(label(reference)));
    const best = candidates.length > 1 ? this.mostAlike(reference, candidates) : candidates[0];
    if (best !== undefined) this.free.delete(best);
    return best;
  }

  /** Labels of the objects that nothing took. */
  public extra(): readonly string[] {
    return [...this.free].map(label).sort();
  }

  private candidates(wanted: string): readonly FactObject[] {
    const exact = (this.byLabel.get(wanted) ?? []).filter((object) => this.free.has(object));
    if (exact.length > 0 || !wanted.includes(RANDOM)) return exact;
    const [kind, rest] = cut(wanted, ' ');
    const [namespace, name] = cut(rest, '/');
    return [...this.free].filter(
      (object) => object.kind === kind && object.namespace === namespace && same(name, object.name),
    );
  }

  private mostAlike(reference: FactObject, candidates: readonly FactObject[]): FactObject | undefined {
    const scored = candidates.map((candidate) => {
      const rows = compareObject(reference, candidate, this.resolvers);
      return { candidate, points: rows.filter(({ state }) => state === 'match').length };
    });
    return scored.sort((a, b) => b.points - a.points)[0]?.candidate;
  }
}
