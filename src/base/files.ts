import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { OperatorError } from './operator-error';

/**
 * Makes `directory`, and those that it lies in, one by one: Node's own way never ends below /proc, where nobody can
 * make any.
 *
 * @returns those that were not there, the outermost first
 */
export function makeDirectory(directory: string): string[] {
  const path = resolve(directory);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  const outer = makeDirectory(dirname(path));
  mkdirSync(path);
  return [...outer, path];
}

/**
 * Writes files that belong together, by their paths, and the directories that they need.
 *
 * @throws OperatorError when one of them cannot be written; then all is as it was before
 */
export function writeTogether(contents: ReadonlyMap<string, string | Buffer>): void {
  const before = new Map<string, Buffer | undefined>();
  const made: string[] = [];
  for (const [file, content] of contents) {
    try {
      before.set(file, existsSync(file) ? readFileSync(file) : undefined);
      made.push(...makeDirectory(dirname(file)));
      writeFileSync(file, content);
    } catch (problem) {
      for (const [other, old] of before) putBack(other, old);
      for (const directory of made.reverse()) rmdirSync(directory);
      throw new OperatorError(`${file} cannot be written, and nothing is changed: ${(problem as Error).message}`);
    }
  }
}

function putBack(file: string, old: Buffer | undefined): void {
  try {
    if (old === undefined) rmSync(file, { force: true });
    else if (!readFileSync(file).equals(old)) writeFileSync(file, old);
  } catch {
    // What could not be written is as it was.
  }
}
