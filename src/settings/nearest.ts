import { distance } from 'fastest-levenshtein';

/** How many known names are told to somebody who wrote an unknown one. */
const NEAREST = 3;

/** The known name that was meant instead of `name`; or the nearest ones, where that is not clear. */
export function didYouMean(name: string, known: readonly string[]): string {
  const far = (other: string): number => distance(name.toLowerCase(), other.toLowerCase());
  const near = [...known].sort((a, b) => far(a) - far(b)).slice(0, NEAREST);
  const [best = ''] = near;
  const isClear = far(best) <= Math.max(2, name.length / 3);
  return isClear ? `Did you mean ${best}?` : `The nearest are ${near.join(', ')}.`;
}
