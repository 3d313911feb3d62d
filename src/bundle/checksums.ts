import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileChecksum } from '../base/checksum';

/** File with the checksums, as `sha256sum -c` reads it. */
export const CHECKSUMS = 'SHA256SUMS';

/** Every file below `directory`, by its path in it, in order; none if there is no such directory. */
export function filesIn(directory: string): string[] {
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(directory, '/').length))
    .sort();
}

/** Writes the checksums of all that is in `directory`. */
export async function writeChecksums(directory: string): Promise<void> {
  const lines: string[] = [];
  for (const file of filesIn(directory).filter((name) => name !== CHECKSUMS))
    lines.push(`${await fileChecksum(join(directory, file))}  ${file}\n`);
  writeFileSync(join(directory, CHECKSUMS), lines.join(''));
}

/** What differs from the checksums in `directory`, one sentence each. */
export async function checksumProblems(directory: string): Promise<string[]> {
  const known = new Map(
    readFileSync(join(directory, CHECKSUMS), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  const present = new Set(filesIn(directory).filter((name) => name !== CHECKSUMS));
  const problems = [...known.keys()].filter((file) => !present.has(file)).map((file) => `${file} is missing`);
  for (const file of present) {
    const wanted = known.get(file);
    if (wanted === undefined)
      problems.push(
        `${file} has no checksum; where it was added on purpose, run kaapana bundle on this directory again`,
      );
    else if ((await fileChecksum(join(directory, file))) !== wanted) problems.push(`${file} has changed`);
  }
  return problems.sort();
}
