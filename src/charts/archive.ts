import { gunzipSync } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';

/** The files of a chart, by their paths below its folder. */
export type ChartFiles = ReadonlyMap<string, Buffer>;

/** What was found in an archive. */
export interface Archive {
  /** Name of the one folder that everything lies in. */
  readonly folder: string;

  readonly files: ChartFiles;

  /** Why it is refused, one sentence each; then its files are not to be used. */
  readonly problems: readonly string[];
}

/** Bytes and numbers that no chart of an extension comes near. */
export const LIMITS = { packed: 5 * 2 ** 20, unpacked: 20 * 2 ** 20, file: 2 ** 20, entries: 1000, depth: 12 } as const;

/** A chart's own files, and those of the charts in it. */
const EXPECTED: readonly RegExp[] = [
  /^(Chart|values|requirements)\.yaml$/,
  /^(Chart|requirements)\.lock$/,
  /^values\.schema\.json$/,
  /^\.helmignore$/,
  /^(README|LICENSE|NOTICE|CHANGELOG)(\.\w+)?$/i,
  /^templates\/([\w.-]+\/)*[\w.-]+\.(ya?ml|tpl|txt)$/,
  /^files\/([\w.-]+\/)*[\w.-]+$/,
];

const SUBCHARTS = /^(charts\/[\w.-]+\/)+/;
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const TAR_MAGIC = { offset: 257, text: 'ustar' } as const;

/** Reads the .tgz of a chart without writing anything. */
export function readArchive(packed: Buffer): Archive {
  const refused = (problem: string): Archive => ({ folder: '', files: new Map(), problems: [problem] });
  if (packed.length > LIMITS.packed) return refused(`it has ${packed.length} bytes, ${LIMITS.packed} are allowed`);
  if (!packed.subarray(0, 2).equals(GZIP_MAGIC)) return refused('it is not compressed by gzip');
  let unpacked: Buffer;
  try {
    unpacked = gunzipSync(packed, { maxOutputLength: LIMITS.unpacked });
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
  return new Reader().read(unpacked);
}

/** Goes through an archive once. */
class Reader {
  private readonly files = new Map<string, Buffer>();
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
    return { folder: [...this.folders][0] ?? '', files: this.files, problems: [...this.problems] };
  }

  private isBelowFile(path: string): boolean {
    return path.split('/').some((_, index, parts) => index > 0 && this.files.has(parts.slice(0, index).join('/')));
  }

  private take(entry: ReadEntry): void {
    const chunks: Buffer[] = [];
    const problem = this.problemOf(entry);
    if (problem !== undefined) this.problems.add(problem);
    const isFile = entry.type === 'File' || entry.type === 'OldFile';
    if (problem !== undefined || !isFile) {
      entry.resume();
      return;
    }
    const [folder = '', ...rest] = entry.path.split('/');
    const path = rest.join('/');
    this.folders.add(folder);
    entry.on('data', (chunk: Buffer) => chunks.push(chunk));
    entry.on('end', () => this.files.set(path, Buffer.concat(chunks)));
    // Taken at once, so that a second file of that path is seen.
    this.files.set(path, Buffer.alloc(0));
  }

  private problemOf({ type, path, size, linkpath }: ReadEntry): string | undefined {
    const shown = shownPath(path);
    this.entries += 1;
    if (this.entries > LIMITS.entries) return `it has more than ${LIMITS.entries} entries`;
    if (type === 'SymbolicLink' || type === 'Link') return `${shown} is a link to ${shownPath(linkpath ?? '')}`;
    if (!['File', 'OldFile', 'Directory'].includes(type)) return `${shown} is not a file, but of the type ${type}`;
    if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return `${shown} is an absolute path`;
    const parts = path.replace(/\/$/, '').split('/');
    if (parts.includes('..')) return `${shown} leads out of the archive`;
    if (parts.some((part) => part === '' || part === '.') || /[^\x20-\x7e]|\\/.test(path))
      return `${shown} is not a plain path`;
    if (parts.length > LIMITS.depth) return `${shown} lies more than ${LIMITS.depth} folders deep`;
    if (type === 'Directory') return undefined;
    if (size > LIMITS.file) return `${shown} has ${size} bytes, ${LIMITS.file} are allowed`;
    return this.fileProblem(parts.slice(1).join('/'), shown);
  }

  private fileProblem(path: string, shown: string): string | undefined {
    const own = path.replace(SUBCHARTS, '');
    if (path === '') return `${shown} lies at the top, and not in the folder of a chart`;
    if (this.folders.size > 0 && !this.folders.has(shown.split('/')[0] ?? ''))
      return `${shown} lies in a second folder`;
    if (this.files.has(path)) return `${shown} is there twice`;
    if (/\.(tgz|tar|gz|zip)$/.test(own))
      return `${shown} is another archive; pack the chart again with helm package, which unpacks the charts in it`;
    if (own.startsWith('crds/')) return `${shown} defines a cluster-wide kind of objects`;
    return EXPECTED.some((pattern) => pattern.test(own)) ? undefined : `${shown} is not a file of a chart`;
  }
}

function shownPath(path: string): string {
  const text = JSON.stringify(path).slice(1, -1);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
