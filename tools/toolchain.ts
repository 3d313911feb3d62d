import * as fs from 'node:fs';
import * as path from 'node:path';
import { build, moduleDir, toolDir } from './build';
import { besides, findInstalled } from './installed';
import { toolCache } from './paths';
import { Progress } from './progress';
import { requireDisk, requireGo } from './requirements';
import { builtTogether, programsOf, type Tool, TOOLS } from './tools';
import { REPLACEABLE, type Replaceable } from './versions';

const LANGUAGE_HOST = 'pulumi-language-nodejs';

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

/** All programs of the toolchain. */
export const ALL_PROGRAMS: readonly string[] = TOOLS.flatMap(programsOf);

/** Programs that deploying takes. */
export const DEPLOYING_PROGRAMS: readonly string[] = TOOLS.filter(({ testsOnly }) => !testsOnly).flatMap(programsOf);

/** Finds or builds the programs asked for: the machine's own where they fit, else the pinned ones. */
export async function ensureToolchain(
  names: readonly string[] = ALL_PROGRAMS,
  progress: Progress = new Progress(process.stderr),
): Promise<Toolchain> {
  const { programs, installed } = await findFitting(names);
  const tools = TOOLS.filter((tool) => programsOf(tool).some((name) => names.includes(name) && !programs.has(name)));
  if (tools.length > 0) {
    const dirs = await locate(tools);
    await buildMissing(dirs, progress);
    for (const [tool, dir] of dirs) {
      for (const name of programsOf(tool)) if (!programs.has(name)) programs.set(name, path.join(dir, name));
    }
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

async function locate(tools: readonly Tool[]): Promise<Map<Tool, string>> {
  const goVersion = await requireGo(TOOLS.flatMap(builtTogether).map(moduleDir));
  return new Map(tools.map((tool) => [tool, toolDir(toolCache(), tool, goVersion)]));
}

async function buildMissing(dirs: ReadonlyMap<Tool, string>, progress: Progress): Promise<void> {
  const missing = [...dirs].filter(([, dir]) => !fs.existsSync(dir));
  if (missing.length === 0) return;
  await requireDisk(toolCache());
  for (const [index, [tool, dir]] of missing.entries()) {
    const title = `Building ${tool.name} ${tool.version} (${index + 1} of ${missing.length})`;
    await progress.step(title, (report) => build(tool, dir, report));
  }
}
