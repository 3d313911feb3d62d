import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { jestOptions } from '../../tools/test';
import { folder } from './support';

const CONFIGS = ['jest.config.cjs', 'test/integration/jest.config.cjs'];

/** The files that jest would run. */
function listed(options: readonly string[]): string[] {
  const args = ['node_modules/jest/bin/jest.js', '--listTests', ...options];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return stdout.trim().split('\n').sort();
}

test.each(CONFIGS)('npm test and npm run test:long have every suite of %s between them', (config) => {
  const all = listed(['--config', config]);
  const [short, long] = [false, true].map((which) => listed(jestOptions(config, which, []))) as [string[], string[]];
  expect(short.length).toBeGreaterThan(10);
  expect(long).toEqual(expect.arrayContaining(all.filter((file) => file.endsWith('.long.test.ts'))));
  expect(short.filter((file) => file.endsWith('.long.test.ts'))).toEqual([]);
  expect([...new Set([...short, ...long])].sort()).toEqual(all);
});

test('npm test takes a path, and runs no other suites', () => {
  const { sep } = path;
  const found = listed(jestOptions('jest.config.cjs', false, ['--maxWorkers=100%', 'test/store']));
  expect(found.length).toBeGreaterThan(5);
  expect(found.filter((file) => !file.includes(`${sep}test${sep}store${sep}`))).toEqual([]);
});

/** Runs `.ci/run` with an npm that says these last lines, in the order of its calls, and fails where a test does. */
function ciRun(...lastLines: readonly string[]): { readonly status: number | null; readonly said: string[] } {
  const dir = folder(Object.fromEntries(lastLines.map((line, index) => [`${index}.txt`, `${line}\n`])));
  const npm = `#!/bin/sh\ncd '${dir}'\nn=$(cat calls 2>/dev/null | wc -l)\necho "$*" >> calls\ncat "$n.txt"\necho noise of npm\ngrep -q ' 0 failed' "$n.txt"\n`;
  fs.writeFileSync(path.join(dir, 'npm'), npm, { mode: 0o755 });
  const env = { ...process.env, PATH: `${dir}${path.delimiter}${process.env['PATH'] ?? ''}` };
  const { status, stdout } = spawnSync('bash', ['.ci/run'], { encoding: 'utf8', env });
  expect(fs.readFileSync(path.join(dir, 'calls'), 'utf8')).toBe('test\nrun test:long\n');
  return { status, said: stdout.trimEnd().split('\n') };
}

test('.ci/run ends with one count of both', () => {
  const { status, said } = ciRun('1200 passed, 0 failed', '34 passed, 0 failed');
  expect(said.at(-1)).toBe('1234 passed, 0 failed');
  expect(status).toBe(0);
});

test('.ci/run goes on after a failure, and fails with either', () => {
  for (const lines of [
    ['9 passed, 2 failed', '5 passed, 0 failed'],
    ['9 passed, 0 failed', '5 passed, 2 failed'],
  ]) {
    const { status, said } = ciRun(...lines);
    expect(said.at(-1)).toBe('14 passed, 2 failed');
    expect(status).not.toBe(0);
  }
});

test('.ci/run counts a run that said no count as a failure', () => {
  const { status, said } = ciRun('9 passed, 0 failed', 'killed');
  expect(said.at(-1)).toBe('9 passed, 1 failed');
  expect(status).not.toBe(0);
});
