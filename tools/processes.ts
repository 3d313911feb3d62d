import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './run';

const POLL_MS = 50;
const GRACE_MS = 3_000;

/** Whether a process of that number exists and has not ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !awaitsBurial(pid);
  } catch (error) {
    // Somebody else's process is alive too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The processes recorded as `<name>.pid` in `dir` that still are what they were: started from `home`. */
export async function recorded(dir: string, home: string): Promise<Map<string, number>> {
  const files = fs.existsSync(dir) ? fs.readdirSync(dir).filter((file) => file.endsWith('.pid')) : [];
  const found = new Map<string, number>();
  for (const file of files) {
    const pid = Number(fs.readFileSync(path.join(dir, file), 'utf8').trim());
    // After a restart of the machine the number may belong to anything.
    if (Number.isInteger(pid) && pid > 1 && (await commandLine(pid)).includes(home)) {
      found.set(path.basename(file, '.pid'), pid);
    }
  }
  return found;
}

/** Ends processes: politely, then for good. */
export async function end(pids: readonly number[]): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const pid of pids.filter(isAlive)) process.kill(pid, signal);
    for (let waited = 0; waited < GRACE_MS && pids.some(isAlive); waited += POLL_MS) await sleep(POLL_MS);
  }
}

/** An ended process stays listed until process 1 has taken note, which in containers may be never. */
function awaitsBurial(pid: number): boolean {
  try {
    return /\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function commandLine(pid: number): Promise<string> {
  if (!isAlive(pid)) return '';
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return fs.existsSync('/proc/self') ? '' : (await run('ps', ['-p', String(pid), '-o', 'command='])).stdout;
  }
}
