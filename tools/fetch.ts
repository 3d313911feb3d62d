import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { extract } from 'tar';
import { fileChecksum } from '../src/base/checksum';
import { complete } from './complete';
import { messageOf } from './problem';
import type { Report } from './progress';
import { checksumOf, MIRROR_VARIABLE, type Release, releaseOf } from './releases';
import { run } from './run';
import { programsOf, type Tool } from './tools';

/** A firewall that drops what it does not like must not cost more than a moment. */
const CONNECT_SECONDS = '2';
const CHECKSUM_SECONDS = '5';

/** A download slower than this, for that long, is given up. */
const STALLED = ['--speed-limit', '10000', '--speed-time', '15'];

/** curl: the server, or the proxy before it, answered with an error. */
const REFUSED = 22;
const NO_CURL = 127;

/** A publisher, or a mirror, did not give what it was asked for. */
class NotGiven extends Error {
  constructor(
    what: string,
    public readonly host: string,
  ) {
    super(what);
  }
}

/** What came of asking the publishers. */
export interface Fetched {
  /** Tools that lie in their folders now. */
  readonly fetched: readonly Tool[];

  /** Why others do not, each reason once. */
  readonly reasons: readonly string[];
}

/** Where a published program is kept. */
export function fetchedDir(cache: string, tool: Tool): string {
  return path.join(cache, `${tool.name}-${tool.version}-published-${os.platform()}-${os.arch()}`);
}

/** Whether a publisher offers a tool for this machine, and the user wants it from there. */
export function isPublished(tool: Tool): boolean {
  return offerOf(tool) !== undefined;
}

/** Downloads what publishers offer of `tools`, each checked by its checksum. */
export async function fetchPublished(cache: string, tools: readonly Tool[], report: Report): Promise<Fetched> {
  // All are asked at once, so that those who do not answer are waited for once.
  const asked = tools.flatMap((tool) => {
    const release = offerOf(tool);
    return release ? [{ tool, release, sha256: checksum(release) }] : [];
  });
  await Promise.allSettled(asked.map(({ sha256 }) => sha256));
  const fetched: Tool[] = [];
  const reasons = new Map<string, Set<string>>();
  for (const { tool, release, sha256 } of asked) {
    try {
      const sum = await sha256;
      report(`downloading ${path.basename(release.url)}`);
      await complete(fetchedDir(cache, tool), (dir, scratch) => place(tool, release, sum, dir, scratch));
      fetched.push(tool);
    } catch (error) {
      const what = messageOf(error);
      reasons.set(what, (reasons.get(what) ?? new Set()).add(error instanceof NotGiven ? ` from ${error.host}` : ''));
    }
  }
  return { fetched, reasons: [...reasons].map(([what, hosts]) => what + [...hosts].join(' and')) };
}

/** What is offered of a tool, at the mirror where there is one. */
function offerOf(tool: Tool): Release | undefined {
  const mirror = process.env[MIRROR_VARIABLE];
  const release = mirror === 'none' ? undefined : releaseOf(tool.name, os.platform(), os.arch());
  if (release === undefined || mirror === undefined) return release;
  const mirrored = (url: string): string => `${mirror.replace(/\/+$/, '')}/${url.slice('https://'.length)}`;
  return { ...release, url: mirrored(release.url), checksums: mirrored(release.checksums) };
}

/** The checksum that a download must have. */
async function checksum(release: Release): Promise<string> {
  const { code, stdout } = await curl(release.checksums, ['--max-time', CHECKSUM_SECONDS]);
  if (code !== 0) throw failure(code, release.checksums);
  const file = path.basename(release.url);
  const sha256 = release.sha256 ?? checksumOf(file, stdout);
  if (sha256 === undefined) throw new NotGiven(`no checksum of ${file}`, hostOf(release.checksums));
  return sha256;
}

async function place(tool: Tool, release: Release, sha256: string, dir: string, scratch: string): Promise<void> {
  fs.mkdirSync(scratch, { recursive: true });
  const file = path.join(scratch, 'download');
  const { code } = await curl(release.url, [...STALLED, '--output', file]);
  if (code !== 0) throw failure(code, release.url);
  if ((await fileChecksum(file)) !== sha256) {
    throw new NotGiven(`another checksum than the published one of ${path.basename(release.url)}`, hostOf(release.url));
  }
  if (release.archived === undefined) fs.renameSync(file, path.join(dir, tool.name));
  else await unpack(file, path.join(scratch, 'unpacked'), release.archived, programsOf(tool), dir);
  for (const name of programsOf(tool)) fs.chmodSync(path.join(dir, name), 0o755);
}

async function unpack(
  archive: string,
  to: string,
  folder: string,
  names: readonly string[],
  dir: string,
): Promise<void> {
  fs.mkdirSync(to, { recursive: true });
  const wanted = new Set(names.map((name) => path.join(folder, name)));
  await extract({ file: archive, cwd: to, filter: (entry) => wanted.has(path.normalize(entry)) });
  for (const name of names) fs.renameSync(path.join(to, folder, name), path.join(dir, name));
}

/** curl, because it knows the machine's proxies and certificate authorities. */
function curl(url: string, args: readonly string[]): ReturnType<typeof run> {
  const secure = url.startsWith('https:') ? ['--proto-redir', '=https'] : [];
  const always = ['--silent', '--fail', '--location', '--connect-timeout', CONNECT_SECONDS];
  return run('curl', [...always, ...secure, ...args, url], { env: process.env });
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function failure(code: number, url: string): Error {
  if (code === NO_CURL) return new Error('curl was not found');
  return new NotGiven(code === REFUSED ? `no ${path.basename(url)}` : 'no answer', hostOf(url));
}
