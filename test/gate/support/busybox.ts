import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { requirePackages } from '../../../tools/debian';
import type { ImageStore } from '../../../tools/images/store';

const PROGRAM = '/bin/busybox';

/** Adds an image with Debian's static busybox: a shell, a web server and what asks one. */
export async function addBusybox(store: ImageStore, names: readonly string[]): Promise<void> {
  await requirePackages(['busybox-static']);
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'busybox-'));
  try {
    fs.chmodSync(root, 0o755);
    for (const dir of ['bin', 'etc', 'tmp', 'proc', 'sys', 'dev', 'data']) fs.mkdirSync(path.join(root, dir));
    fs.chmodSync(path.join(root, 'tmp'), 0o1777);
    fs.copyFileSync(PROGRAM, path.join(root, 'bin', 'busybox'));
    fs.chmodSync(path.join(root, 'bin', 'busybox'), 0o755);
    const applets = execFileSync(PROGRAM, ['--list'], { encoding: 'utf8' }).trim().split('\n');
    for (const applet of applets.filter((name) => name !== 'busybox')) {
      fs.symlinkSync('busybox', path.join(root, 'bin', applet));
    }
    fs.writeFileSync(path.join(root, 'etc', 'passwd'), 'root:x:0:0:root:/:/bin/sh\n');
    await store.add({ layers: [root], cmd: ['sh'] }, names);
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}
