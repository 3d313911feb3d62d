import { grouped, holderText } from '../findings/texts/objects';
import type { Conflict } from './conflict';

/** Things that are named of many alike. */
const NAMED = 3;

/**
 * One sentence for each conflict: who they are, what both want, and the remedy. Objects of the same components are one, and so is
 * what one stranger has on the server, where one remedy helps all.
 */
export function conflictTexts(conflicts: readonly Conflict[]): string[] {
  const known = new Map(conflicts.map((conflict, index) => [conflict, index]));
  return grouped(conflicts, (conflict) => groupOf(conflict) ?? String(known.get(conflict))).flatMap(
    ([first, ...more]) => (first === undefined ? [] : [sentence(first, more)]),
  );
}

/** What conflicts have in common that are told as one; undefined for those that stand alone. */
function groupOf({ kind, owners, remedy }: Conflict): string | undefined {
  const holder = owners.find((owner) => owner.holder !== undefined)?.holder;
  if (holder !== undefined)
    return JSON.stringify([kind, holder, owners.filter((owner) => owner.holder === undefined), remedy]);
  return kind === 'object'
    ? JSON.stringify([owners.map(({ environment, by }) => [environment, by.split(' of ')[1]]), remedy])
    : undefined;
}

function sentence({ what, owners, remedy }: Conflict, more: readonly Conflict[]): string {
  const names = owners.map(({ environment, by }) => `${environment} (${by})`);
  const rivals = names.length === 1 ? `${names[0]} wants` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} want`;
  return `${rivals} ${what}${further(owners, more)}. ${remedy}`;
}

function further([first]: Conflict['owners'], more: readonly Conflict[]): string {
  if (more.length === 0) return '';
  if (first?.holder === undefined) return ` and ${more.length} more of the same component`;
  const named = more.slice(0, NAMED).map(({ owners: [owner], what }) => `${owner?.environment}: ${what}`);
  return `; and the same with ${more.length} more of ${holderText(first.holder, false)}: ${named.join('; ')}${more.length > NAMED ? '; ...' : ''}`;
}
