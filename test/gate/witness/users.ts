import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { PROJECT } from '../../../tools/paths';

/** The table of what images need; its first columns are an image and the numbers of the users that it runs as. */
const FILE = path.join(PROJECT, 'test/rights/images.csv');

/**
 * The user of each image, by its name without registry and tag: a witness of another user would write where its program
 * cannot. Images of unknown users have none. A pod's `runAsUser` replaces it.
 */
export function usersOfImages(): ReadonlyMap<string, string> {
  const rows = readFileSync(FILE, 'utf8').trimEnd().split('\n').slice(1);
  return new Map(
    rows.flatMap((row) => {
      const [image = '', users = ''] = row.split(',');
      const [first = ''] = users.split(' ');
      return /^\d+$/.test(first) ? [[image, first] as const] : [];
    }),
  );
}
