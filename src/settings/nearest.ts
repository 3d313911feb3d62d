import { distance } from 'fastest-levenshtein';
import type { Nearest } from '../findings/facts/settings';
import { nearestText } from '../findings/texts/settings';

/** How many known names are told to somebody who wrote an unknown one. */
const NEAREST = 3;

/** The known names that are nearest to `name`. */
export function nearest(name: string, known: readonly string[]): Nearest {
  const far = (other: string): number => distance(name.toLowerCase(), other.toLowerCase());
  const near = [...known].sort((a, b) => far(a) - far(b)).slice(0, NEAREST);
  const [best = ''] = near;
  return { names: near, isClear: far(best) <= Math.max(2, name.length / 3) };
}

/** The same in a sentence. */
export function didYouMean(name: string, known: readonly string[]): string {
  return nearestText(nearest(name, known));
}
