import * as fs from 'node:fs';
import * as path from 'node:path';
import { requireWatches, WATCHERS } from '../../../tools/node/watches';
import { Problem } from '../../../tools/problem';
import { folder } from '../support';

const limit = (allowed: number): string => path.join(folder({ limit: `${allowed}\n` }), 'limit');

test('more programs may watch files where they were too few', () => {
  const file = limit(128);
  requireWatches(file);
  expect(Number(fs.readFileSync(file, 'utf8'))).toBe(WATCHERS);
});

test('a limit that is high enough stays', () => {
  const file = limit(65536);
  requireWatches(file);
  expect(Number(fs.readFileSync(file, 'utf8'))).toBe(65536);
});

test('a kernel that refuses is told of, with the remedy', () => {
  // Not even root may change this one.
  const fixed = '/proc/sys/kernel/cap_last_cap';
  expect(() => requireWatches(fixed)).toThrow(Problem);
  expect(() => requireWatches(fixed)).toThrow(
    /refuses more \(E\w+: .*run sysctl -w fs\.inotify\.max_user_instances=1024/,
  );
});
