import type { Clash } from './claim';

/** One sentence for each clash: who they are, what both want, and the remedy. Objects of the same components are one, where one remedy helps all. */
export function sentences(clashes: readonly Clash[]): string[] {
  const groups = new Map<string, Clash[]>();
  for (const [index, clash] of clashes.entries()) {
    const owners = clash.owners.map(({ environment, by }) => `${environment} ${by.split(' of ')[1] ?? ''}`);
    const key = clash.kind === 'object' ? [...owners, clash.remedy].join() : String(index);
    groups.set(key, [...groups.get(key) ?? [], clash]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => (first === undefined ? [] : [sentence(first, more.length)]));
}

function sentence({ what, owners, remedy }: Clash, more: number): string {
  const names = owners.map(({ environment, by }) => `${environment} (${by})`);
  const further = more === 0 ? '' : ` and ${more} more of the same component`;
  const rivals = names.length === 1 ? `${names[0]} wants` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} want`;
  return `${rivals} ${what}${further}. ${remedy}`;
}
