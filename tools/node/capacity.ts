import * as fs from 'node:fs';
import * as path from 'node:path';

/** What a node says that it has, whatever the machine has: pods of tests ask for more than they use. */
export interface Capacity {
  readonly processors: number;

  /** In GiB. */
  readonly memory: number;
}

const KIB_PER_GIB = 1024 ** 2;

/**
 * Lays files over those by which the kubelet counts: the memory in /proc/meminfo, and the processors below
 * /sys/devices/system/cpu, where it looks when there are no NUMA nodes (cAdvisor 0.52, machine and sysinfo).
 *
 * @param dir folder for the files
 * @param over lays a file or folder over another, in the node
 */
export async function pretendCapacity(
  { processors, memory }: Capacity,
  dir: string,
  over: (source: string, target: string) => Promise<unknown>,
): Promise<void> {
  fs.rmSync(dir, { recursive: true, force: true });
  const write = (name: string, text: string): void => {
    const file = path.join(dir, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  const kib = memory * KIB_PER_GIB;
  write('meminfo', ['MemTotal', 'MemFree', 'MemAvailable'].map((name) => `${name}: ${kib} kB\n`).join('') + NO_SWAP);
  // Cgroups have those that are online, and the kubelet counts all.
  write('cpu/online', fs.readFileSync('/sys/devices/system/cpu/online', 'utf8'));
  for (let cpu = 0; cpu < processors; cpu++) {
    write(`cpu/cpu${cpu}/topology/core_id`, `${cpu}\n`);
    write(`cpu/cpu${cpu}/topology/physical_package_id`, '0\n');
  }
  fs.mkdirSync(path.join(dir, 'node'));
  await over(path.join(dir, 'meminfo'), '/proc/meminfo');
  await over(path.join(dir, 'cpu'), '/sys/devices/system/cpu');
  await over(path.join(dir, 'node'), '/sys/devices/system/node');
}

const NO_SWAP = 'SwapTotal: 0 kB\nSwapFree: 0 kB\n';
