/** How often each check failed, by its name. */
export type Counts = Readonly<Record<string, number>>;

/** How often each of `checks` occurs, in the order of their names. */
export function count(checks: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const check of [...checks].sort()) counts.set(check, (counts.get(check) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** The checks that failed more often, and those that failed less often, than was kept. */
export function compare(kept: Counts, counted: Counts): { readonly risen: readonly string[]; readonly fallen: readonly string[] } {
  const changes = [...new Set([...Object.keys(kept), ...Object.keys(counted)])].sort()
    .map((check) => ({ check, before: kept[check] ?? 0, now: counted[check] ?? 0 }));
  const lines = (found: typeof changes): string[] => found.map(({ check, before, now }) => `${check}: ${before}, now ${now}`);
  return {
    risen: lines(changes.filter(({ before, now }) => now > before)),
    fallen: lines(changes.filter(({ before, now }) => now < before)),
  };
}
