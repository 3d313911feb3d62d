import * as fs from 'node:fs';
import * as path from 'node:path';
import { complete } from '../../tools/complete';
import { folder } from './support';

test('a folder appears when it is complete, without what was scratched beside it', async () => {
  const cache = folder({});
  const target = path.join(cache, 'tool');
  await complete(target, async (dir, scratch) => {
    fs.writeFileSync(path.join(dir, 'program'), 'x');
    fs.mkdirSync(scratch);
    expect(fs.existsSync(target)).toBe(false);
  });
  expect(fs.readdirSync(target)).toEqual(['program']);
  expect(fs.readdirSync(cache)).toEqual(['tool']);
});

test('what fails leaves nothing', async () => {
  const cache = folder({});
  await expect(complete(path.join(cache, 'tool'), () => Promise.reject(new Error('no network')))).rejects.toThrow(
    'no network',
  );
  expect(fs.readdirSync(cache)).toEqual([]);
});

test('what another made meanwhile is as good, and what a killed process left is removed', async () => {
  const NO_PROCESS = 2 ** 22 + 1;
  const cache = folder({ [`old.tmp-${NO_PROCESS}`]: 'half', [`now.tmp-${process.ppid}`]: 'another at work' });
  const target = path.join(cache, 'tool');
  await complete(target, async (dir) => {
    fs.writeFileSync(path.join(dir, 'program'), 'ours');
    fs.mkdirSync(target);
    fs.writeFileSync(path.join(target, 'program'), 'theirs');
  });
  expect(fs.readFileSync(path.join(target, 'program'), 'utf8')).toBe('theirs');
  expect(fs.readdirSync(cache).sort()).toEqual([`now.tmp-${process.ppid}`, 'tool']);
});
