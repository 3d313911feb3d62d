import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Entries are bundled once, and what V8 compiled of them is kept; neither is ever stale. */

const BUILD = join('.cache', 'build');

let folder: string;
let entry: string;

beforeEach(() => {
  mkdirSync(BUILD, { recursive: true });
  folder = mkdtempSync(join('.cache', 'load-'));
  entry = join(folder, 'entry.ts');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const file of built()) rmSync(join(BUILD, file));
});

function built(kind = ''): string[] {
  return readdirSync(BUILD).filter((file) => file.includes(basename(folder)) && file.endsWith(kind));
}

/** Writes the entry; its time is later each time, as when somebody saves it. */
function write(text: string, seconds: number): void {
  writeFileSync(entry, `export const said: string = '${text}';\n`);
  const time = Date.now() / 1000 + seconds;
  utimesSync(entry, time, time);
}

function said(use?: string): string {
  const script = `process.stdout.write(require('./bin/load.cjs')(${JSON.stringify(entry)}, ${JSON.stringify({ use })}).said)`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
}

test('a change is seen, though it has the same length', () => {
  write('one', -20);
  expect([said(), said()]).toEqual(['one', 'one']);
  write('two', 20);
  expect(said()).toBe('two');
});

test('each use keeps what it compiled, until the entry changes', () => {
  write('one', -20);
  expect([said('a'), said('b'), said('b')]).toEqual(['one', 'one', 'one']);
  expect(
    built('.cache')
      .map((file) => file.split('.').at(-2))
      .sort(),
  ).toEqual(['a', 'b']);
  write('two', -10);
  utimesSync(join(BUILD, built('.js')[0] ?? ''), 1, 1);
  expect(said('a')).toBe('two');
  expect(built('.cache')).toHaveLength(1);
});

test('a broken cache is no harm', () => {
  write('one', -20);
  said();
  for (const cache of built('.cache')) writeFileSync(join(BUILD, cache), 'broken');
  expect([said(), said()]).toEqual(['one', 'one']);
});
