import * as os from 'node:os';
import * as path from 'node:path';

/** The project: npm runs scripts, and jest tests, in its folder. */
export const PROJECT = process.cwd();

/** What the project's own environments keep; git ignores it. */
export const CACHE = path.join(PROJECT, '.cache');

/** Where built tools are kept: one place per user, so that several clones share them. */
export function toolCache(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['KAAPANA_CACHE'] ?? path.join(env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'kaapana');
  return path.resolve(base, 'tools');
}

/** A path as the user would type it from the project's folder. */
export function shown(file: string): string {
  const relative = path.relative(PROJECT, file);
  return relative.startsWith('..') ? file : relative;
}
