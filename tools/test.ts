import * as fs from 'node:fs';
import * as path from 'node:path';
import { CACHE } from './paths';
import { messageOf } from './problem';
import { Progress } from './progress';
import { run, runHere, tail } from './run';
import { ensureToolchain } from './toolchain';

/** How many tests passed and failed. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** What jest writes with `--json`, as far as it is read here. */
export interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

const ONE_FAILED: Tally = { passed: 0, failed: 1 };
const NOTHING: Tally = { passed: 0, failed: 0 };

/** `npm test`: types, lint, unit tests, toolchain, integration tests; goes on after a failure, then counts. */
export async function main(args: readonly string[]): Promise<number> {
  const progress = new Progress();
  const tallies = [
    await check(progress, 'Types', 'build'),
    await check(progress, 'Lint', 'lint'),
    await jest('unit', 'jest.config.cjs', args),
    await integration(progress, args),
  ];
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** A check that is no test counts only when it fails. */
async function check(progress: Progress, title: string, script: string): Promise<Tally> {
  try {
    await progress.step(title, async () => {
      const { code, output } = await run('npm', ['run', '--silent', script]);
      if (code !== 0) throw new Error(tail(output, 60));
    });
    return NOTHING;
  } catch (error) {
    console.log(messageOf(error));
    return ONE_FAILED;
  }
}

async function integration(progress: Progress, args: readonly string[]): Promise<Tally> {
  try {
    await ensureToolchain(undefined, progress);
  } catch (error) {
    console.log(messageOf(error));
    return ONE_FAILED;
  }
  return jest('integration', 'test/integration/jest.config.cjs', ['--runInBand', ...args]);
}

async function jest(name: string, config: string, args: readonly string[]): Promise<Tally> {
  const report = path.join(CACHE, `jest-${name}-${process.pid}.json`);
  const options = ['--config', config, '--ci', '--json', `--outputFile=${report}`, ...args];
  const code = await runHere('npx', ['--no-install', 'jest', ...options]);
  try {
    return tallyOf(JSON.parse(fs.readFileSync(report, 'utf8')) as JestResult, code);
  } catch {
    return ONE_FAILED;
  } finally {
    fs.rmSync(report, { force: true });
  }
}

/** The count of one jest run: a suite that could not run counts as a failure, as does jest itself. */
export function tallyOf(result: JestResult, code: number): Tally {
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
