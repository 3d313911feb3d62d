import { createHash, type Hash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { complete } from './complete';
import { PROJECT } from './paths';
import { Problem } from './problem';
import type { Report } from './progress';
import { buildProblem } from './requirements';
import { run, tail } from './run';
import { stage } from './stage';
import { builtTogether, type Tool } from './tools';

const ERROR_LINES = 15;

/** Settings of every compilation; nothing of the user's own Go set-up leaks in. */
const GO_ENVIRONMENT = {
  CGO_ENABLED: '0',
  GO111MODULE: 'on',
  GOARCH: undefined,
  GOFLAGS: '-mod=readonly',
  // A compiler lives for seconds: collecting its garbage late saves a tenth of the work, and costs memory up to the
  // limit.
  GOGC: '400',
  GOMEMLIMIT: '2GiB',
  GOOS: undefined,
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
} as const;

/**
 * No debugging information, which the linker drops anyway, and one thread for each of the compilers that run at once.
 */
const COMPILER_FLAGS = '-gcflags=all=-dwarf=false -c=1';

/** The folder of a tool's Go module. */
export function moduleDir(tool: Tool): string {
  return path.join(PROJECT, tool.modules ?? 'tools', tool.module);
}

/** Twelve characters that change whenever the built programs would. */
export function cacheKey(tool: Tool, goVersion: string, platform: string, dirOf = moduleDir): string {
  const hash = createHash('sha256').update(JSON.stringify([goVersion, platform]));
  for (const part of builtTogether(tool)) addModule(hash, part, dirOf(part));
  return hash.digest('hex').slice(0, 12);
}

function addModule(hash: Hash, tool: Tool, dir: string): void {
  const sources = fs
    .readdirSync(dir)
    .filter((file) => /^go\.(mod|sum)$|\.go$/.test(file))
    .sort();
  hash.update(JSON.stringify([tool, buildArgs(tool, '')]));
  for (const file of sources) hash.update(`\0${file}\0`).update(fs.readFileSync(path.join(dir, file)));
}

/** Where the built programs of a tool are kept; shared by all clones of one user. */
export function toolDir(cache: string, tool: Tool, goVersion: string): string {
  const key = cacheKey(tool, goVersion, `${os.platform()}-${os.arch()}`);
  return path.join(cache, `${tool.name}-${key}`);
}

/** Builds a tool into `target`, which appears only when it is complete. */
export async function build(tool: Tool, target: string, report: Report): Promise<void> {
  await complete(target, async (bin, scratch) => {
    for (const part of builtTogether(tool)) {
      const source = part.staged ? scratch : moduleDir(part);
      if (part.staged)
        await stage(part.staged, part.version, moduleDir(part), scratch, (args) => go(part, args, scratch));
      await go(part, buildArgs(part, bin), source, counting(report));
    }
  });
}

function buildArgs(tool: Tool, out: string): string[] {
  const variables = Object.entries(tool.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const flags = [
    '-v',
    '-trimpath',
    '-buildvcs=false',
    COMPILER_FLAGS,
    '-ldflags',
    ['-s', '-w', ...variables].join(' '),
  ];
  return ['build', ...flags, '-o', path.join(out, tool.name), tool.package];
}

async function go(tool: Tool, args: string[], cwd: string, onLine?: (line: string) => void): Promise<string> {
  const { code, stdout, output } = await run('go', args, { cwd, env: { ...process.env, ...GO_ENVIRONMENT }, onLine });
  // Go names every package it compiles on a line of its own; what is left is what went wrong.
  const said = output.split('\n').filter((line) => !/^[\w.~/-]+$/.test(line));
  if (code !== 0) throw new Problem(buildProblem(tool.name, tail(said.join('\n'), ERROR_LINES)));
  return stdout;
}

function counting(report: Report): (line: string) => void {
  let compiled = 0;
  return (line) => {
    const download = /^go: downloading (\S+)/.exec(line)?.[1];
    report(download ? `downloading ${download}` : `${++compiled} packages compiled`);
  };
}
