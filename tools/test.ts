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

const UNIT = 'jest.config.cjs';
const INTEGRATION = 'test/integration/jest.config.cjs';

/** Suites that `npm test` leaves to `npm run test:long`. */
const LONG = '\\.long\\.test\\.ts$';

/** Suites of properties; both run them, with few cases and with many. */
const PROPERTIES = 'properties\\.test\\.ts$';

/** How many cases properties are tried with in `npm run test:long`, unless the variables are set. */
const MANY_CASES = { KAAPANA_PLATFORMS: '100', KAAPANA_PAIRS: '20' };

/**
 * `npm test`: types, lint, unit tests, toolchain, integration tests; goes on after a failure, then counts.
 * `npm run test:long`: what takes long of the unit and the integration tests, and properties with many cases.
 */
export async function main(args: readonly string[]): Promise<number> {
  const progress = new Progress();
  const long = args[0] === '--long';
  const others = long ? args.slice(1) : args;
  if (long) Object.assign(process.env, { ...MANY_CASES, ...process.env });
  const tallies = [
    ...(long ? [] : [await checks(progress)]),
    await runJest('unit', jestOptions(UNIT, long, ['--maxWorkers=100%', ...others])),
    await integration(progress, jestOptions(INTEGRATION, long, others)),
  ];
  return told(tallies);
}

/** Prints the sum as the last line, and gives the exit code. */
export function told(tallies: readonly Tally[]): number {
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** Options that have jest run the suites of `npm test`, or those of `npm run test:long`. */
export function jestOptions(config: string, long: boolean, args: readonly string[]): string[] {
  // These take the place of what the configuration ignores.
  const ignored = ['/node_modules/', LONG, ...(config === UNIT ? ['/test/integration/'] : [])];
  const suites = long
    ? [LONG, PROPERTIES].map((pattern) => `--testPathPatterns=${pattern}`)
    : ignored.map((pattern) => `--testPathIgnorePatterns=${pattern}`);
  // Other options stand in between: jest would take a path for one more pattern.
  return [...suites, '--config', config, '--ci', ...args];
}

/** Types and lint side by side. What is no test counts only when it fails. */
async function checks(progress: Progress): Promise<Tally> {
  const results = await progress.step(
    'Types and lint',
    () => Promise.all(['build', 'lint'].map((script) => run('npm', ['run', '--silent', script]))),
    (done) => (done.every(({ code }) => code === 0) ? '' : 'failed'),
  );
  const failed = results.filter(({ code }) => code !== 0);
  for (const { output } of failed) console.log(tail(output, 60));
  return { passed: 0, failed: failed.length };
}

async function integration(progress: Progress, options: readonly string[]): Promise<Tally> {
  try {
    await ensureToolchain(undefined, progress);
  } catch (error) {
    console.log(messageOf(error));
    return ONE_FAILED;
  }
  return runJest('integration', options);
}

/** Runs jest on this terminal, and counts. */
export async function runJest(name: string, options: readonly string[]): Promise<Tally> {
  const report = path.join(CACHE, `jest-${name}-${process.pid}.json`);
  const code = await runHere('npx', ['--no-install', 'jest', ...options, '--json', `--outputFile=${report}`]);
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
