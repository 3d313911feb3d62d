import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The cgroup hierarchies of a machine. */
export interface Hierarchies {
  /** Folders of the first version's, one for each controller or set of them. */
  readonly v1: readonly string[];

  /** The folder of the second version's. @default - there is none */
  readonly v2?: string;
}

const NEEDED = ['cpu', 'cpuacct', 'cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids'];
const CONTROLLERS = '+cpu +cpuset +memory +io +pids';
const REMOVE_MS = 5_000;
const POLL_MS = 100;

/** The hierarchies in the text of /proc/mounts. */
export function hierarchies(mounts: string): Hierarchies {
  const found = mounts.split('\n').map((line) => line.split(' '));
  const below = (type: string): string[] =>
    found.flatMap(([, dir = '', kind]) => (kind === type && dir.startsWith('/sys/fs/cgroup') ? [dir] : []));
  return { v1: below('cgroup'), v2: below('cgroup2')[0] };
}

/** Controllers that the kubelet needs and no hierarchy has. */
export function missingControllers({ v1, v2 }: Hierarchies): string[] {
  // Several controllers may share a folder: cpu,cpuacct.
  if (v1.length > 0) return NEEDED.filter((name) => !v1.some((dir) => path.basename(dir).split(',').includes(name)));
  return v2 === undefined ? ['cpu', 'memory', 'pids'] : [];
}

/** Makes the cgroups that a node's pods are put in. */
export function makeCgroups(name: string, { v1, v2 }: Hierarchies): void {
  for (const dir of v1) {
    const own = path.join(dir, name);
    fs.mkdirSync(own, { recursive: true });
    // Nothing can be put into a set of no processors.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      if (fs.existsSync(path.join(dir, file)))
        fs.writeFileSync(path.join(own, file), fs.readFileSync(path.join(dir, file)));
    }
  }
  if (v2 === undefined) return;
  fs.mkdirSync(path.join(v2, name), { recursive: true });
  // Beside the first version the second has no controllers to hand on.
  if (v1.length > 0) return;
  for (const dir of [v2, path.join(v2, name)]) fs.writeFileSync(path.join(dir, 'cgroup.subtree_control'), CONTROLLERS);
}

/** Removes a node's cgroups, once its processes have ended. */
export async function removeCgroups(name: string, { v1, v2 }: Hierarchies): Promise<void> {
  const dirs = [...v1, ...(v2 === undefined ? [] : [v2])].map((dir) => path.join(dir, name));
  for (const until = Date.now() + REMOVE_MS; ; await sleep(POLL_MS)) {
    dirs.forEach(removeTree);
    // The kernel lets go of the last process a little after it has ended.
    if (!dirs.some((dir) => fs.existsSync(dir)) || Date.now() > until) return;
  }
}

function removeTree(dir: string): void {
  if (!fs.existsSync(dir)) return;
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(path.join(dir, entry.name));
  }
  try {
    fs.rmdirSync(dir);
  } catch {
    // Still in use: the next round tries again.
  }
}
