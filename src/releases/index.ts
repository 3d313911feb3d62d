import { coerce, compare } from 'semver';
import type { Release } from '../../constructs/platform/release';
import { release035 } from './0.3.5';
import { release060 } from './0.6.0';

/** All releases whose facts are known, oldest first. */
export const RELEASES = [release035, release060] as const satisfies readonly Release[];

/** The release that a platform has by default. */
export const NEWEST: Release = RELEASES.at(-1) ?? RELEASES[0];

/**
 * The newest release that is not newer than `platformVersion`, which may be a `git describe`; for what is older
 * than all, or no version at all, the oldest or newest respectively.
 */
export function nearestRelease(platformVersion: string): Release {
  const wanted = coerce(platformVersion)?.version;
  const older = RELEASES.filter(({ version }) => wanted === undefined || compare(version, wanted) <= 0);
  return older.at(-1) ?? RELEASES[0];
}
