import * as fs from 'node:fs';
import { Problem } from '../problem';

/** Who may watch files at a time: each kubelet, runtime and many a program in a pod takes one; a whole platform 130. */
export const WATCHERS = 1024;

const LIMIT = '/proc/sys/fs/inotify/max_user_instances';

/**
 * Lets enough programs watch files at a time, until the machine starts again. Where they are too many, containerd
 * serves no kubelet, and logs are not collected, without a word.
 *
 * @param limit file of the kernel's limit
 * @throws Problem where the kernel allows fewer, and cannot be told otherwise
 */
export function requireWatches(limit = LIMIT): void {
  const allowed = Number(fs.readFileSync(limit, 'utf8'));
  if (allowed >= WATCHERS) return;
  try {
    fs.writeFileSync(limit, String(WATCHERS));
  } catch (error) {
    throw new Problem(
      `A real node takes ${WATCHERS} programs that watch files, and this machine allows ${allowed} ` +
        `(fs.inotify.max_user_instances), and refuses more (${(error as Error).message}): ` +
        `run sysctl -w fs.inotify.max_user_instances=${WATCHERS} on the host.`,
    );
  }
}
