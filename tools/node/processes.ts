import * as fs from 'node:fs';
import * as path from 'node:path';

/** A process of this machine. */
export interface Process {
  /** Its number as this machine counts. */
  readonly pid: number;
  readonly args: readonly string[];
}

/** All processes that this one can see; kernel threads and ended ones have no arguments and are left out. */
export function processes(): Process[] {
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const args = readArgs(pid);
    return args.length > 0 ? [{ pid: Number(pid), args }] : [];
  });
}

/** The first process of the node that keeps its data in `dir`, if it runs: "pause" with the folder as its argument. */
export function firstProcess(dir: string): number | undefined {
  return processes().find(
    ({ args: [command = '', argument] }) => path.basename(command) === 'pause' && argument === dir,
  )?.pid;
}

/** The processes in the process namespace of `first`. */
export function processesOf(first: number): Process[] {
  const namespace = namespaceOf(first);
  return processes().filter(({ pid }) => namespace !== undefined && namespaceOf(pid) === namespace);
}

function namespaceOf(pid: number): string | undefined {
  try {
    return fs.readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}

function readArgs(pid: string): string[] {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}
