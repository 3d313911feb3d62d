import * as os from 'node:os';
import { releaseOf } from './releases';
import { TOOLS } from './tools';

/** `npm run releases`: the addresses of all published programs for this kind of machine, and of their checksums. */
export function main(): void {
  const releases = TOOLS.flatMap(({ name }) => releaseOf(name, os.platform(), os.arch()) ?? []);
  for (const address of new Set(releases.flatMap(({ url, checksums }) => [url, checksums]))) console.log(address);
}
