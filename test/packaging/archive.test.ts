import { gunzipSync } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { archive } from '../../src/packaging/archive';

async function entries(content: Buffer): Promise<ReadEntry[]> {
  const found: ReadEntry[] = [];
  const parser = new Parser({
    onReadEntry: (entry) => {
      found.push(entry);
      entry.resume();
    },
  });
  await new Promise<void>((resolve, reject) => {
    parser.on('end', resolve);
    parser.on('error', reject);
    parser.end(content);
  });
  return found;
}

test('the order of the files and the time of the day make no difference', () => {
  const [a, b] = [
    archive(
      new Map([
        ['x/a', '1'],
        ['x/b', '2'],
      ]),
    ),
    archive(
      new Map([
        ['x/b', '2'],
        ['x/a', '1'],
      ]),
    ),
  ];
  expect(a.equals(b)).toBe(true);
  expect([...a.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
  expect(
    archive(
      new Map([
        ['x/a', '2'],
        ['x/b', '2'],
      ]),
    ).equals(a),
  ).toBe(false);
});

test('files have neither owner nor time of their own', async () => {
  const found = await entries(
    archive(
      new Map([
        ['chart/Chart.yaml', 'größe'],
        ['chart/empty', ''],
      ]),
    ),
  );
  expect(found.map(({ path, size, mode, uid, gid, type }) => ({ path, size, mode, uid, gid, type }))).toEqual([
    { path: 'chart/Chart.yaml', size: 7, mode: 0o644, uid: 0, gid: 0, type: 'File' },
    { path: 'chart/empty', size: 0, mode: 0o644, uid: 0, gid: 0, type: 'File' },
  ]);
  expect(new Set(found.map(({ mtime }) => mtime?.toISOString()))).toEqual(new Set(['1980-01-01T00:00:00.000Z']));
});

test('it ends with two empty blocks', () => {
  const tar = gunzipSync(archive(new Map([['a', 'x'.repeat(513)]])));
  expect(tar).toHaveLength(512 + 1024 + 1024);
  expect(tar.subarray(-1024).every((byte) => byte === 0)).toBe(true);
});

test('a path that no archive takes is refused', () => {
  expect(() => archive(new Map([['x'.repeat(300), '']]))).toThrow('is too long for an archive');
});
