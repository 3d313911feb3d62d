import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as semver from 'semver';
import { complete } from './complete';
import { PROJECT, toolCache } from './paths';
import { Problem } from './problem';
import { Progress, type Report } from './progress';
import { run, type RunResult, tail } from './run';
import { VERSIONS } from './versions';

const REQUIREMENTS = path.join(PROJECT, 'tools', 'checkov', 'requirements.txt');
const PYTHON = 'python3';

/** The oldest Python that its pinned libraries are made for. */
const NEEDED = '3.10';
const ERROR_LINES = 5;

/** checkov, which judges Kubernetes objects; only tests need it. */
export class Checkov {
  private constructor(private readonly libraries: string) {}

  /**
   * Finds it in the cache of tools, or installs it there with its pinned libraries; nothing of the machine's own
   * Python is changed.
   *
   * @throws Problem when there is no fitting Python with pip, or the libraries cannot be had
   */
  public static async ensure(progress: Progress = new Progress(process.stderr)): Promise<Checkov> {
    const dir = path.join(toolCache(), `checkov-${key(await requirePython())}`);
    if (!fs.existsSync(dir)) {
      await progress.step(`Installing checkov ${VERSIONS.checkov}`, (report) =>
        complete(dir, (libraries) => install(libraries, report)),
      );
    }
    return new Checkov(dir);
  }

  /** Runs it. */
  public run(args: readonly string[]): Promise<RunResult> {
    const env = { ...process.env, PYTHONPATH: this.libraries, PYTHONNOUSERSITE: '1' };
    return run(PYTHON, ['-m', 'checkov.main', ...args], { env });
  }
}

/** What is wrong with a Python that says this about itself and its pip, if anything. */
export function pythonProblem(found: string | undefined, hasPip: boolean): string | undefined {
  const remedy = `install Python ${NEEDED} or newer with pip, put it on PATH as ${PYTHON} and run the same command again.`;
  if (found === undefined) return `Python was not found, and checkov, which tests use, runs on it: ${remedy}`;
  const version = semver.coerce(found);
  if (!version || semver.lt(version, semver.coerce(NEEDED) ?? NEEDED))
    return `Python ${found} is too old for checkov, which tests use: ${remedy}`;
  return hasPip ? undefined : `Python ${found} has no pip, and checkov, which tests use, is installed by it: ${remedy}`;
}

async function requirePython(): Promise<string> {
  const version = await run(PYTHON, ['-c', 'import platform; print(platform.python_version())']);
  const pip = await run(PYTHON, ['-m', 'pip', '--version']);
  const found = version.code === 0 ? version.stdout.trim() : undefined;
  const problem = pythonProblem(found, pip.code === 0);
  if (found === undefined || problem !== undefined) throw new Problem(problem);
  return found;
}

/** Twelve characters that change whenever the installed libraries would. */
function key(python: string): string {
  const platform = [python, os.platform(), os.arch()];
  return createHash('sha256')
    .update(JSON.stringify(platform))
    .update(fs.readFileSync(REQUIREMENTS))
    .digest('hex')
    .slice(0, 12);
}

async function install(libraries: string, report: Report): Promise<void> {
  // A folder instead of a virtual environment, which needs a package of its own on some systems.
  const options = ['--target', libraries, '--no-deps', '--require-hashes', '--disable-pip-version-check', '--no-input'];
  const env = { ...process.env, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0' };
  const onLine = (line: string): void => {
    const [, library] = /^Collecting (\S+?)==/.exec(line) ?? [];
    if (library !== undefined) report(library);
  };
  const { code, output } = await run(PYTHON, ['-m', 'pip', 'install', ...options, '--requirement', REQUIREMENTS], {
    env,
    onLine,
  });
  if (code === 0) return;
  throw new Problem(
    'checkov could not be installed: check the network, or set PIP_INDEX_URL to a mirror you can reach, and run the same command again.\n' +
      tail(output, ERROR_LINES),
  );
}
