import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What came of an action, and the most memory, in MiB, that the processes it started had at a time; Linux alone tells. */
export async function withPeakMemory<Result>(action: () => Promise<Result>): Promise<{ result: Result; mebibytes: number }> {
  const others = new Set(descendants(process.pid));
  let running = true;
  const ended = action().finally(() => { running = false; });
  let peak = 0;
  while (running) {
    const own = descendants(process.pid).filter((pid) => !others.has(pid));
    peak = Math.max(peak, own.reduce((sum, pid) => sum + residentMemory(pid), 0));
    await sleep(200);
  }
  return { result: await ended, mebibytes: peak };
}

function descendants(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter((id) => id !== '').map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function residentMemory(pid: number): number {
  const [, kibibytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kibibytes) / 1024;
}

/** What ended meanwhile has no memory. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
