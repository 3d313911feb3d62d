import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDirectory, writeTogether } from '../../src/base/files';
import { asNobody } from '../nobody';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kaapana-files-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('a directory is made with those that it lies in', () => {
  mkdirSync(join(directory, 'a'));
  expect(makeDirectory(join(directory, 'a/b/c'))).toEqual([join(directory, 'a/b'), join(directory, 'a/b/c')]);
  expect(makeDirectory(join(directory, 'a/b/c'))).toEqual([]);
});

test('where none can be made, that is said at once', () => {
  writeFileSync(join(directory, 'file'), '');
  expect(() => makeDirectory('/proc/x/y')).toThrow(/ENOENT.*'\/proc\/x'/);
  expect(() => makeDirectory(join(directory, 'file'))).toThrow(/EEXIST/);
  expect(() => makeDirectory(join(directory, 'file/x'))).toThrow(/ENOTDIR/);
});

test('files that belong together are written, with their directories', () => {
  writeTogether(
    new Map<string, string | Buffer>([
      [join(directory, 'new/a'), 'a'],
      [join(directory, 'b'), Buffer.from('b')],
    ]),
  );
  expect(readFileSync(join(directory, 'new/a'), 'utf8')).toBe('a');
  expect(readFileSync(join(directory, 'b'), 'utf8')).toBe('b');
});

test('where one cannot be written, all is as it was', () => {
  writeFileSync(join(directory, 'old'), 'before');
  const contents = new Map([
    [join(directory, 'old'), 'after'],
    [join(directory, 'new/deep/file'), 'x'],
    ['/proc/x', 'x'],
  ]);
  expect(() => {
    writeTogether(contents);
  }).toThrow(/^\/proc\/x cannot be written, and nothing is changed: ENOENT/);
  expect(readdirSync(directory)).toEqual(['old']);
  expect(readFileSync(join(directory, 'old'), 'utf8')).toBe('before');
});

test('a directory in place of a file is left alone', () => {
  mkdirSync(join(directory, 'folder'));
  expect(() => {
    writeTogether(new Map([[join(directory, 'folder'), 'x']]));
  }).toThrow(/folder cannot be written, and nothing is changed: EISDIR/);
  expect(readdirSync(directory)).toEqual(['folder']);
});

test('a file that is write-protected stays as it is, too', () => {
  writeFileSync(join(directory, 'kept'), 'before');
  chmodSync(join(directory, 'kept'), 0o444);
  mkdirSync(join(directory, 'open'));
  chmodSync(join(directory, 'open'), 0o777);
  chmodSync(directory, 0o755);
  const contents = new Map([
    [join(directory, 'open/file'), 'x'],
    [join(directory, 'kept'), 'after'],
  ]);
  expect(() =>
    asNobody(() => {
      writeTogether(contents);
    }),
  ).toThrow(/kept cannot be written, and nothing is changed: EACCES/);
  expect(existsSync(join(directory, 'open/file'))).toBe(false);
  expect(readFileSync(join(directory, 'kept'), 'utf8')).toBe('before');
});
