import * as fs from 'node:fs';
import * as path from 'node:path';
import { isAlive } from './processes';

const TEMPORARY = '.tmp-';

/** Fills a folder that appears only when it is complete; `scratch` is for what is not kept. */
export async function complete(target: string, fill: (dir: string, scratch: string) => Promise<void>): Promise<void> {
  const work = `${target}${TEMPORARY}${process.pid}`;
  const dir = path.join(work, 'result');
  sweep(path.dirname(target));
  fs.mkdirSync(dir, { recursive: true });
  try {
    await fill(dir, path.join(work, 'scratch'));
    // Another clone may have been faster: its result is as good.
    if (!fs.existsSync(target)) fs.renameSync(dir, target);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** Removes what was left by processes that were killed. */
function sweep(cache: string): void {
  for (const name of fs.existsSync(cache) ? fs.readdirSync(cache) : []) {
    const [, pid] = name.split(TEMPORARY);
    if (pid !== undefined && !isAlive(Number(pid))) fs.rmSync(path.join(cache, name), { recursive: true, force: true });
  }
}
