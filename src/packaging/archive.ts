import { gzipSync } from 'node:zlib';
import { Header } from 'tar';

/** Bytes of a block of an archive. */
const BLOCK = 512;

/** Where a gzip header says on which system it was made, and that nobody cares. */
const SYSTEM = { offset: 9, unknown: 255 } as const;

/** 1980, the oldest time that all programs take. */
const TIME = new Date('1980-01-01T00:00:00Z');

/** A .tgz of `files`, by their paths: the same bytes for the same content. */
export function archive(files: ReadonlyMap<string, string>): Buffer {
  const entries = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]) => entry(path, Buffer.from(text)));
  const packed = gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]), { level: 9 });
  packed[SYSTEM.offset] = SYSTEM.unknown;
  return packed;
}

function entry(path: string, content: Buffer): Buffer[] {
  const header = new Header({ path, size: content.length, type: 'File', mode: 0o644, uid: 0, gid: 0, mtime: TIME });
  if (header.encode() || !header.block) throw new Error(`the path ${path} is too long for an archive`);
  return [header.block, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)];
}
