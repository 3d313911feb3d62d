import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { REQUIRED } from '../settings/support';

/** The command, as a process runs it. */
export const KAAPANA = resolve('bin/kaapana.cjs');

/** What a process gave. */
export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `kaapana` with these arguments. */
export function kaapana(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Result {
  return spawnSync(process.execPath, [KAAPANA, ...args], { encoding: 'utf8', maxBuffer: 2 ** 26, ...options });
}

/** A directory of its own for the tests of a file, removed at their end. */
export function workDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kaapana-cli-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** Writes an environment with the required settings and `given` ones; gives its path. */
export function environmentFile(
  directory: string,
  name: string,
  given: Readonly<Record<string, unknown>> = {},
): string {
  const path = join(directory, name);
  const keys = Object.entries({ ...REQUIRED, ...given })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [`kaapana:${key}`, value] as const);
  writeFileSync(path, stringify({ config: Object.fromEntries(keys) }));
  return path;
}
