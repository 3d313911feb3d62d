import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { machineHierarchies, KERNEL_PARAMETERS } from '../../../tools/node/namespaces';
import { processes } from '../../../tools/node/processes';

/** What a node could leave behind on a machine, or change on it. */
export interface Machine {
  readonly links: readonly string[];
  readonly addresses: readonly string[];
  readonly networkNamespaces: readonly string[];
  readonly mounts: readonly string[];
  readonly cgroups: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** Looks at this machine. */
export function machine(): Machine {
  const { v1, v2 } = machineHierarchies();
  const lines = (...args: string[]): string[] => execFileSync('ip', args, { encoding: 'utf8' }).split('\n').sort();
  return {
    links: lines('-o', 'link').map((line) => line.split(': ')[1] ?? ''),
    addresses: lines('-o', '-4', 'address').map((line) => line.split(/\s+/)[3] ?? ''),
    networkNamespaces: lines('netns'),
    mounts: fs.readFileSync('/proc/self/mounts', 'utf8').split('\n').sort(),
    cgroups: [...v1, ...(v2 === undefined ? [] : [v2])].flatMap(folders),
    parameters: Object.fromEntries(
      [...Object.keys(KERNEL_PARAMETERS), 'net/ipv4/ip_forward', 'net/netfilter/nf_conntrack_max'].map((name) => [
        name,
        parameter(name),
      ]),
    ),
  };
}

/** The processes that have `text` in their arguments. */
export function processesWith(text: string): readonly string[] {
  return processes().flatMap(({ args }) => (args.some((arg) => arg.includes(text)) ? [args.join(' ')] : []));
}

function folders(dir: string): string[] {
  const found = fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return found.map(({ name }) => path.join(dir, name)).sort();
}

function parameter(name: string): string {
  const file = path.join('/proc/sys', name);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : 'absent';
}
