import { coerce, compare } from 'semver';
import { release035 } from './0.3.5';
import { release060 } from './0.6.0';
import type { Release } from './release';

export type { Release } from './release';

/** All releases whose facts are known, oldest first. */
export const RELEASES: readonly Release[] = [release035, release060];

/**
 * The newest release that is not newer than `platformVersion`, which may be a `git describe`; for what is older
 * than all, or no version at all, the oldest or newest respectively.
 */
export function nearestRelease(platformVersion: string): Release {
  const wanted = coerce(platformVersion)?.version;
  const older = RELEASES.filter(({ version }) => wanted === undefined || compare(version, wanted) <= 0);
  return older.at(-1) ?? RELEASES[0] ?? release060;
}
