import { gunzipSync } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';

/** The files of a chart, by their paths below its folder. */
export type ChartFiles = ReadonlyMap<string, Buffer>;

/** What was found in an archive. */
export interface Archive {
  readonly files: ChartFiles;

  /** Files that neither Helm nor a template reads, such as those that file managers leave behind. */
  readonly ignored: readonly string[];

  /** Why it is refused, one sentence each; then its files are not to be used. */
  readonly problems: readonly string[];
}

/** Bytes and numbers that no chart of an extension comes near; a file may have what Helm lets it have. */
export const LIMITS = {
  packed: 10 * 2 ** 20,
  unpacked: 50 * 2 ** 20,
  file: 5 * 2 ** 20,
  entries: 5000,
  depth: 12,
  nested: 3,
} as const;

/** Charts that are still packed, where Helm looks for the charts in a chart. */
const PACKED_CHART = /^((?:charts\/[^/]+\/)*charts\/)[^/_.][^/]*\.tgz$/;
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const TAR_MAGIC = { offset: 257, text: 'ustar' } as const;

/** Reads the .tgz of a chart, and the packed charts in it, without writing anything. */
export function readArchive(packed: Buffer): Archive {
  return readWithin(packed, LIMITS.unpacked, 0);
}

/** Reads an archive that may unpack to `room` bytes, at that depth of archives in archives. */
function readWithin(packed: Buffer, room: number, depth: number): Archive {
  const refused = (problem: string): Archive => ({ files: new Map(), ignored: [], problems: [problem] });
  if (packed.length > LIMITS.packed) return refused(`it has ${packed.length} bytes, ${LIMITS.packed} are allowed`);
  if (!packed.subarray(0, 2).equals(GZIP_MAGIC)) return refused('it is not compressed by gzip');
  let unpacked: Buffer;
  try {
    unpacked = gunzipSync(packed, { maxOutputLength: Math.max(room, 1) });
  } catch (problem) {
    return refused(
      (problem as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
        ? `it unpacks to more than ${LIMITS.unpacked} bytes`
        : 'it is not a whole gzip file',
    );
  }
  // The parser would unpack a compressed archive within this one, without a bound.
  const { offset, text } = TAR_MAGIC;
  if (unpacked.subarray(offset, offset + text.length).toString('latin1') !== text)
    return refused('there is no tar archive in it');
  return withPackedCharts(new Reader().read(unpacked), room - unpacked.length, depth);
}

/** Has the files of packed charts in the place of their archives. */
function withPackedCharts(archive: Archive, room: number, depth: number): Archive {
  const files = new Map(archive.files);
  const problems = [...archive.problems];
  const ignored = [...archive.ignored];
  let left = room;
  for (const [path, content] of archive.files) {
    const parent = PACKED_CHART.exec(path)?.[1];
    if (parent === undefined || archive.problems.length > 0) continue;
    const inner: Archive =
      depth < LIMITS.nested
        ? readWithin(content, left, depth + 1)
        : { files: new Map(), ignored: [], problems: [`it is packed more than ${LIMITS.nested} times`] };
    files.delete(path);
    problems.push(...inner.problems.map((problem) => `${shownPath(path)}: ${problem}`));
    const folder = path.slice(0, -'.tgz'.length);
    for (const [own, bytes] of inner.files) {
      left -= bytes.length;
      files.set(`${folder}/${own}`, bytes);
    }
    ignored.push(...inner.ignored.map((own) => `${folder}/${own}`));
    if (files.size > LIMITS.entries) problems.push(`it has more than ${LIMITS.entries} entries`);
  }
  return { files, ignored, problems: [...new Set(problems)] };
}

/** Goes through an archive once. */
class Reader {
  private readonly files = new Map<string, Buffer>();
  private readonly ignored: string[] = [];
  private readonly problems = new Set<string>();
  private readonly folders = new Set<string>();
  private entries = 0;

  public read(unpacked: Buffer): Archive {
    const parser = new Parser({
      maxMetaEntrySize: 2 ** 16,
      onwarn: (_, message) => this.problems.add(`it is damaged: ${String(message)}`),
      onReadEntry: (entry) => {
        this.take(entry);
      },
    });
    parser.on('ignoredEntry', (entry: ReadEntry) =>
      this.problems.add(`${shownPath(entry.path)} is not a file, but of the type ${entry.type}`),
    );
    parser.end(unpacked);
    for (const path of this.files.keys())
      if (this.isBelowFile(path)) this.problems.add(`${shownPath(path)} lies below a file`);
    if (this.problems.size === 0 && !this.files.has('Chart.yaml'))
      this.problems.add('it holds no chart: there is no Chart.yaml in a folder at its top');
    return { files: this.files, ignored: this.ignored, problems: [...this.problems] };
  }

  private isBelowFile(path: string): boolean {
    return path.split('/').some((_, index, parts) => index > 0 && this.files.has(parts.slice(0, index).join('/')));
  }

  private take(entry: ReadEntry): void {
    const chunks: Buffer[] = [];
    const parts = partsOf(entry.path);
    const path = parts.slice(1).join('/');
    const isFile = entry.type === 'File' || entry.type === 'OldFile';
    const problem = this.problemOf(entry, parts);
    const isJunk = problem === undefined && isLeftBehind(parts);
    if (problem !== undefined) this.problems.add(problem);
    else if (isJunk && isFile) this.ignored.push(parts.join('/'));
    else if (isFile) this.addFile(entry, parts, path);
    if (problem !== undefined || !isFile || isJunk) {
      entry.resume();
      return;
    }
    entry.on('data', (chunk: Buffer) => chunks.push(chunk));
    entry.on('end', () => this.files.set(path, Buffer.concat(chunks)));
  }

  /** Notes a file before its content is read, so that a second one of that path is seen. */
  private addFile({ path: given }: ReadEntry, [folder = '']: readonly string[], path: string): void {
    const shown = shownPath(given);
    if (path === '') this.problems.add(`${shown} lies at the top, and not in the folder of a chart`);
    else if (this.folders.size > 0 && !this.folders.has(folder)) this.problems.add(`${shown} lies in a second folder`);
    else if (this.files.has(path)) this.problems.add(`${shown} is there twice`);
    this.folders.add(folder);
    this.files.set(path, Buffer.alloc(0));
  }

  private problemOf({ type, path, size, linkpath }: ReadEntry, parts: readonly string[]): string | undefined {
    const shown = shownPath(path);
    this.entries += 1;
    if (this.entries > LIMITS.entries) return `it has more than ${LIMITS.entries} entries`;
    if (type === 'SymbolicLink' || type === 'Link')
      return `${shown} is a link to ${shownPath(linkpath ?? '')}; pack the chart by helm package, which takes the file itself`;
    if (!['File', 'OldFile', 'Directory'].includes(type)) return `${shown} is not a file, but of the type ${type}`;
    if (/^[\\/]/.test(path) || /^[A-Za-z]:/.test(path)) return `${shown} is an absolute path`;
    if (parts.includes('..')) return `${shown} leads out of the archive`;
    // Letters of all languages and blanks are fine; control characters, and bytes that are no text, are not.
    if (/[\p{C}\p{Zl}\p{Zp}\ufffd]/u.test(path)) return `${shown} is not a plain path`;
    if (parts.length > LIMITS.depth) return `${shown} lies more than ${LIMITS.depth} folders deep`;
    return type !== 'Directory' && size > LIMITS.file
      ? `${shown} has ${size} bytes, ${LIMITS.file} are allowed`
      : undefined;
  }
}

/** The parts of a path; Helm reads those of Windows, and a dot for the same folder, too. */
function partsOf(path: string): string[] {
  return path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
}

/** What the file managers of macOS and Windows put beside files; in `templates` it would be rendered. */
function isLeftBehind(parts: readonly string[]): boolean {
  const name = parts.at(-1) ?? '';
  return parts[0] === '__MACOSX' || name.startsWith('._') || name === '.DS_Store' || name === 'Thumbs.db';
}

function shownPath(path: string): string {
  const text = JSON.stringify(path).slice(1, -1);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
