import * as fs from 'node:fs';
import * as path from 'node:path';
import * as semver from 'semver';
import { Problem } from './problem';
import { run } from './run';

const GIB = 1024 ** 3;

/** What compiling everything from empty caches leaves on the disk, with some room. */
const DISK_GIB = 8;

const NETWORK_FAILURE =
  /dial tcp|no such host|i\/o timeout|connection re(?:fused|set)|proxyconnect|TLS handshake|network is unreachable|lookup disabled/;

/** The Go version that the go.mod files of `dirs` ask for: the newest of them. */
export function neededGo(dirs: readonly string[]): string {
  const asked = dirs.map((dir) => /^go (\S+)$/m.exec(fs.readFileSync(path.join(dir, 'go.mod'), 'utf8'))?.[1] ?? '0');
  return asked.map((version) => semver.coerce(version)?.version ?? '0.0.0').reduce((a, b) => (semver.gt(b, a) ? b : a));
}

/** What is wrong with the Go that was found, if anything. */
export function goProblem(found: string | undefined, needed: string): string | undefined {
  const remedy = `install Go ${needed} or newer, put it on PATH and run the same command again.`;
  if (found === undefined) return `Go was not found, and the pinned tools are built with it: ${remedy}`;
  const version = semver.coerce(found);
  return version && semver.gte(version, needed)
    ? undefined
    : `Go ${found} is too old to build the pinned tools: ${remedy}`;
}

/** What is wrong with the free space of a folder, if anything. */
export function diskProblem(freeBytes: number, dir: string): string | undefined {
  if (freeBytes >= DISK_GIB * GIB) return undefined;
  const free = (freeBytes / GIB).toFixed(1);
  return (
    `Only ${free} GB are free where ${dir} lies, and building the tools takes up to ${DISK_GIB} GB: ` +
    'make room, or set KAAPANA_CACHE, GOCACHE and GOMODCACHE to a larger disk.'
  );
}

/** Why a build failed, for the user. */
export function buildProblem(name: string, lastLines: string): string {
  return NETWORK_FAILURE.test(lastLines)
    ? `The Go modules of ${name} could not be downloaded: check the network, or set GOPROXY to a mirror you can reach, and run the same command again (what is built is kept).\n${lastLines}`
    : `Building ${name} failed: what the compiler said follows. Run the same command again once it is mended (what is built is kept).\n${lastLines}`;
}

/** The version of the Go on PATH. */
export async function foundGo(): Promise<string | undefined> {
  const said = await run('go', ['env', 'GOVERSION'], { env: { ...process.env, GOTOOLCHAIN: 'local' } });
  return said.code === 0 ? said.stdout.trim().replace(/^go/, '') : undefined;
}

/** The version of the Go on PATH, after checking it. */
export async function requireGo(dirs: readonly string[]): Promise<string> {
  const found = await foundGo();
  const problem = goProblem(found, neededGo(dirs));
  if (found === undefined || problem !== undefined) throw new Problem(problem);
  return found;
}

/** Checks that there is room for a build in `cache` and in Go's own folders. */
export async function requireDisk(cache: string): Promise<void> {
  const { stdout } = await run('go', ['env', 'GOCACHE', 'GOMODCACHE']);
  for (const dir of [cache, ...stdout.split('\n')]) {
    const { bavail, bsize } = fs.statfsSync(existing(dir));
    const problem = diskProblem(bavail * bsize, dir);
    if (problem !== undefined) throw new Problem(problem);
  }
}

function existing(dir: string): string {
  return fs.existsSync(dir) ? dir : existing(path.dirname(dir));
}
