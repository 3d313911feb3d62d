import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What came of an action, and the most memory, in MiB, that the processes it started had at a time; Linux alone tells.
 */
export async function withPeakMemory<Result>(
  action: () => Promise<Result>,
): Promise<{ result: Result; mebibytes: number }> {
  const others = new Set(descendants(process.pid));
  let running = true;
  const ended = action().finally(() => {
    running = false;
  });
  let peak = 0;
  while (running) {
    const own = descendants(process.pid).filter((pid) => !others.has(pid));
    peak = Math.max(
      peak,
      own.reduce((sum, pid) => sum + residentMemory(pid), 0),
    );
    await sleep(200);
  }
  return { result: await ended, mebibytes: peak };
}

/** Programs in Go start others from any of their threads. */
function descendants(pid: number): number[] {
  const children = entries(`/proc/${pid}/task`).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`)
      .split(' ')
      .filter((id) => id !== '')
      .map(Number),
  );
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function residentMemory(pid: number): number {
  const [, kibibytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kibibytes) / 1024;
}

/** What ended meanwhile has neither threads nor memory. */
function entries(directory: string): string[] {
  try {
    return fs.readdirSync(directory);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
