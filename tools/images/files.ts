import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { complete } from '../complete';
import { toolCache } from '../paths';
import { packLayer } from './store';

/** The text of a file with mode 0644, or one of the others below. */
export type LayerFile = string | Script | Copy | Link | Folder;

/** A text that is run. */
export interface Script {
  readonly script: string;
}

/** A file of this machine; its mode is kept. */
export interface Copy {
  readonly from: string;
}

/** A symbolic link. */
export interface Link {
  readonly link: string;
}

/** An empty folder. */
export interface Folder {
  /** Permissions, e.g. 0o1777. */
  readonly mode: number;

  /** User and group. @default - root */
  readonly owner?: number;
}

/** A folder that any user may write to, as /tmp. */
export const WRITABLE: Folder = { mode: 0o1777 };

/** The certificate authorities of this machine, for programs that have no Debian below them. */
export const AUTHORITIES: Readonly<Record<string, LayerFile>> = {
  '/etc/ssl/certs/ca-certificates.crt': { from: '/etc/ssl/certs/ca-certificates.crt' },
};

/**
 * A layer of a few files, given by their absolute paths: made once for the same content, and kept with the built tools.
 *
 * @returns the path of its tar
 */
export async function filesLayer(name: string, files: Readonly<Record<string, LayerFile>>): Promise<string> {
  const dir = path.join(toolCache(), `image-${name}-${filesKey(files)}`);
  const layer = 'layer.tar';
  if (!fs.existsSync(dir)) {
    await complete(dir, async (result, scratch) => {
      for (const [file, content] of Object.entries(files)) place(path.join(scratch, file), content);
      await packLayer(scratch, path.join(result, layer));
    });
  }
  return path.join(dir, layer);
}

/** Changes whenever the layer would. A file of this machine is known by its path, size and time. */
export function filesKey(files: Readonly<Record<string, LayerFile>>): string {
  const hash = createHash('sha256');
  for (const [file, content] of Object.entries(files)) {
    hash.update(JSON.stringify([file, content]));
    if (typeof content === 'object' && 'from' in content) {
      const { size, mtimeMs, mode } = fs.statSync(content.from);
      hash.update(JSON.stringify([size, mtimeMs, mode]));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

function place(file: string, content: LayerFile): void {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
  if (typeof content === 'string') fs.writeFileSync(file, content, { mode: 0o644 });
  else if ('script' in content) fs.writeFileSync(file, content.script, { mode: 0o755 });
  else if ('link' in content) fs.symlinkSync(content.link, file);
  else if ('from' in content) fs.copyFileSync(content.from, file);
  else {
    fs.mkdirSync(file, { recursive: true });
    fs.chmodSync(file, content.mode);
    if (content.owner !== undefined) fs.chownSync(file, content.owner, content.owner);
  }
}
