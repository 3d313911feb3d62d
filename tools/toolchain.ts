import * as fs from 'node:fs';
import * as path from 'node:path';
import { build, moduleDir, toolDir } from './build';
import { type Fetched, fetchedDir, fetchPublished, isPublished } from './fetch';
import { besides, findInstalled, findPlugin } from './installed';
import { toolCache } from './paths';
import { Progress } from './progress';
import { foundGo, requireDisk, requireGo } from './requirements';
import { builtTogether, programsOf, type Tool, TOOLS } from './tools';
import { REPLACEABLE, type Replaceable, VERSIONS } from './versions';

const LANGUAGE_HOST = 'pulumi-language-nodejs';
const PROVIDER = 'pulumi-resource-kubernetes';

/** The programs of the toolchain, ready to run. */
export class Toolchain {
  constructor(
    private readonly programs: ReadonlyMap<string, string>,
    /** Programs of the machine that are used as they are, with their versions. */
    public readonly installed: readonly string[],
  ) {}

  /** The path of a program. */
  public path(name: string): string {
    const found = this.programs.get(name);
    if (found === undefined) throw new Error(`${name} was not asked for: it is missing in the call of ensureToolchain`);
    return found;
  }

  /** What it consists of, in a few words. */
  public describe(): string {
    const own = this.installed.length > 0 ? `; of this machine: ${this.installed.join(', ')}` : '';
    return `${this.programs.size} programs${own}`;
  }

  /** Whether a program was asked for. */
  public has(name: string): boolean {
    return this.programs.has(name);
  }
}

/** Programs of the toolchain, but for those that only the real node takes. */
export const ALL_PROGRAMS: readonly string[] = TOOLS.filter(({ nodeOnly }) => !nodeOnly).flatMap(programsOf);

/** Programs that deploying takes. */
export const DEPLOYING_PROGRAMS: readonly string[] = TOOLS.filter(
  ({ testsOnly, nodeOnly }) => !testsOnly && !nodeOnly,
).flatMap(programsOf);

/** Finds, downloads or builds the programs asked for: the machine's own where they fit, else the pinned ones. */
export async function ensureToolchain(
  names: readonly string[] = ALL_PROGRAMS,
  progress: Progress = new Progress(process.stderr),
): Promise<Toolchain> {
  const { programs, installed } = await findFitting(names);
  const tools = TOOLS.filter((tool) => programsOf(tool).some((name) => names.includes(name) && !programs.has(name)));
  for (const [tool, dir] of await provide(tools, progress)) {
    for (const name of programsOf(tool)) if (!programs.has(name)) programs.set(name, path.join(dir, name));
  }
  return new Toolchain(programs, installed);
}

async function findFitting(names: readonly string[]): Promise<{ programs: Map<string, string>; installed: string[] }> {
  const programs = new Map<string, string>();
  const wanted = REPLACEABLE.filter((name) => names.includes(name));
  const found = await Promise.all(wanted.map(async (name) => ({ name, program: await findInstalled(name) })));
  const installed = found.flatMap(({ name, program }) => {
    if (program === undefined || !adopt(name, program.path, programs)) return [];
    return [`${name} ${program.version}`];
  });
  const plugin = names.includes(PROVIDER) ? findPlugin(PROVIDER, VERSIONS.provider) : undefined;
  if (plugin !== undefined) {
    programs.set(PROVIDER, plugin);
    installed.push(`the plugin kubernetes ${VERSIONS.provider}`);
  }
  return { programs, installed };
}

/** Takes a program of the machine; Pulumi only together with the language host of its own version. */
function adopt(name: Replaceable, program: string, programs: Map<string, string>): boolean {
  if (name === 'pulumi') {
    const host = besides(program, LANGUAGE_HOST);
    if (host === undefined) return false;
    programs.set(LANGUAGE_HOST, host);
  }
  programs.set(name, program);
  return true;
}

/** The folder of each tool, of the toolchain or of others: downloaded or built before, else now. */
export async function provide(tools: readonly Tool[], progress: Progress): Promise<ReadonlyMap<Tool, string>> {
  const cache = toolCache();
  const found = kept(cache, tools, tools.length > 0 ? await foundGo() : undefined);
  const missing = (): Tool[] => tools.filter((tool) => !found.has(tool));
  const offered = missing().filter(isPublished);
  if (offered.length > 0) {
    const { fetched } = await progress.step(
      'Published programs',
      (report) => fetchPublished(cache, offered, report),
      (outcome) => told(outcome, offered.length),
    );
    for (const tool of fetched) found.set(tool, fetchedDir(cache, tool));
  }
  for (const [tool, dir] of await buildAll(cache, missing(), progress)) found.set(tool, dir);
  return found;
}

/** The folders that are there already. Without Go nothing of what was built is known to be up to date. */
function kept(cache: string, tools: readonly Tool[], goVersion: string | undefined): Map<Tool, string> {
  const dirsOf = (tool: Tool): string[] => [
    fetchedDir(cache, tool),
    ...(goVersion === undefined ? [] : [toolDir(cache, tool, goVersion)]),
  ];
  return new Map(
    tools.flatMap((tool) => {
      const dir = dirsOf(tool).find((candidate) => fs.existsSync(candidate));
      return dir === undefined ? [] : [[tool, dir] as const];
    }),
  );
}

/** In one sentence, what publishers gave and why the rest is built. */
function told({ fetched, reasons }: Fetched, offered: number): string {
  const built = `built from sources: ${reasons.join(', ')}`;
  if (reasons.length === 0) return `${fetched.length} downloaded`;
  return fetched.length === 0
    ? `none; they are ${built}`
    : `${fetched.length} downloaded, ${offered - fetched.length} ${built}`;
}

async function buildAll(cache: string, tools: readonly Tool[], progress: Progress): Promise<ReadonlyMap<Tool, string>> {
  const dirs = new Map<Tool, string>();
  if (tools.length === 0) return dirs;
  const goVersion = await requireGo(tools.flatMap(builtTogether).map(moduleDir));
  await requireDisk(cache);
  for (const [index, tool] of tools.entries()) {
    const dir = toolDir(cache, tool, goVersion);
    const title = `Building ${tool.name} ${tool.version} (${index + 1} of ${tools.length})`;
    await progress.step(title, (report) => build(tool, dir, report));
    dirs.set(tool, dir);
  }
  return dirs;
}
