import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { create } from 'tar';
import { releaseOf } from '../../tools/releases';
import { folder } from './support';

/** What a page answers: a text, or nothing at all. */
type Page = Buffer | 'hangs';

/** Pages at their publishers' addresses, each of a file with its checksum beside it. */
export class Mirror {
  public readonly asked: string[] = [];
  private readonly pages = new Map<string, Page>();
  private readonly assets: { name: string; digest: string }[] = [];
  private server?: http.Server;

  /** Answers, as a mirror or as a proxy. */
  public async serve(): Promise<string> {
    const server = http.createServer((request, response) => {
      this.asked.push(request.url ?? '');
      const page = this.pages.get(decodeURI(request.url ?? '').replace(/^(?:http:\/\/[^/]+)?\//, ''));
      if (page === undefined) response.writeHead(404).end();
      else if (page !== 'hangs') response.end(page);
    });
    server.on('connect', (request, socket) => {
      this.asked.push(`CONNECT ${request.url ?? ''}`);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  public close(): void {
    this.server?.close().closeAllConnections();
  }

  /** A tool's file; `sum` is the checksum that is told of it. */
  public has(
    tool: string,
    content: Page,
    sum = content === 'hangs' ? '' : createHash('sha256').update(content).digest('hex'),
  ): void {
    const { url, checksums } = offer(tool);
    const file = path.basename(url);
    this.pages.set(place(url), content);
    // GitHub lists the files of a release in one answer.
    if (checksums.includes('api.github.com')) this.assets.push({ name: file, digest: `sha256:${sum}` });
    const list = checksums.includes('api.github.com') ? JSON.stringify({ assets: this.assets }) : `${sum}  ${file}\n`;
    this.pages.set(place(checksums), content === 'hangs' ? 'hangs' : Buffer.from(list));
  }
}

function place(url: string): string {
  return url.replace('https://', '');
}

function offer(tool: string): { url: string; checksums: string } {
  const release = releaseOf(tool, os.platform(), os.arch());
  if (release === undefined) throw new Error(`nothing is offered of ${tool}`);
  return release;
}

/** An archive of these files in a folder of that name. */
export function archive(dir: string, files: readonly string[]): Buffer {
  const top = folder();
  fs.mkdirSync(path.join(top, dir), { recursive: true });
  for (const file of files) fs.copyFileSync(file, path.join(top, dir, path.basename(file)));
  const entries = dir === '.' ? files.map((file) => path.basename(file)) : [dir];
  create({ file: path.join(top, 'archive'), gzip: { level: 1 }, cwd: top, sync: true }, entries);
  return fs.readFileSync(path.join(top, 'archive'));
}
