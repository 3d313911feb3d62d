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
import { modulesOf, type Tool } from './tools';

const ERROR_LINES = 15;

/** Settings of every compilation; nothing of the user's own Go set-up leaks in. */
const GO_ENVIRONMENT = {
  CGO_ENABLED: '0',
  GO111MODULE: 'on',
  GOARCH: undefined,
  GOFLAGS: '-mod=readonly',
  GOOS: undefined,
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
} as const;

/** The folder of a tool's Go module. */
export function moduleDir(tool: Tool): string {
  return path.join(PROJECT, 'tools', tool.name);
}

/** Twelve characters that change whenever the built programs would. */
export function cacheKey(tool: Tool, goVersion: string, platform: string, dirOf = moduleDir): string {
  const hash = createHash('sha256').update(JSON.stringify([goVersion, platform]));
  for (const module of modulesOf(tool)) addModule(hash, module, dirOf(module));
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
    for (const module of modulesOf(tool)) {
      const source = module.embeds ? await stage(module, scratch) : moduleDir(module);
      await go(module, buildArgs(module, bin), source, counting(report));
    }
  });
}

function buildArgs(tool: Tool, out: string): string[] {
  const variables = Object.entries(tool.variables).map(([name, value]) => `-X ${name}=${value}`);
  const [first = '', ...others] = Object.keys(tool.programs);
  const output = others.length > 0 ? `${out}/` : path.join(out, first);
  const flags = ['-v', '-trimpath', '-buildvcs=false', '-ldflags', ['-s', '-w', ...variables].join(' ')];
  return ['build', ...flags, '-o', output, ...Object.values(tool.programs)];
}

/** A copy of the module beside the files it embeds, so that a build writes nothing into the checkout. */
async function stage(tool: Tool, dir: string): Promise<string> {
  const { module = '', dir: folder = '', files = [] } = tool.embeds ?? {};
  fs.cpSync(moduleDir(tool), dir, { recursive: true });
  const { Dir: source } = JSON.parse(await go(tool, ['mod', 'download', '-json', module], dir)) as { Dir: string };
  for (const file of files) {
    const content = JSON.parse(fs.readFileSync(path.join(source, folder, file), 'utf8')) as object;
    // The module's copy is indented and has no version; the provider reads it at every start.
    const stamped = file === 'schema.json' ? { ...content, version: tool.version } : content;
    fs.writeFileSync(path.join(dir, file), JSON.stringify(stamped));
  }
  return dir;
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
