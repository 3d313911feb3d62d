import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { requirePackages } from '../debian';
import { Problem } from '../problem';
import { run, tail } from '../run';
import { hierarchies, missingControllers } from './cgroups';
import { requireWatches } from './watches';

/** What a node runs of Debian: the container runtime, and what that, the kubelet, kube-proxy and the policies call. */
export const PACKAGES = [
  'conntrack',
  'containerd',
  'containernetworking-plugins',
  'ethtool',
  'ipset',
  'iproute2',
  'iptables',
  'kmod',
  'nftables',
  'openssl',
  'procps',
  'runc',
  'socat',
  'util-linux',
] as const;

const REMEDY = 'use a machine, a virtual machine or a privileged container that allows it';
const BRIDGE = '/proc/sys/net/bridge/bridge-nf-call-iptables';

/**
 * Checks that a node can run on this machine, and installs the Debian packages that it takes.
 *
 * @throws Problem that names the first thing that is missing
 */
export async function requireNode(): Promise<void> {
  if (os.platform() !== 'linux') throw new Problem(`A real node takes Linux, and this is ${os.platform()}.`);
  if (process.getuid?.() !== 0) throw new Problem('A real node takes root: run the same command as root.');
  await requirePackages(PACKAGES);
  await requireKernel();
  requireWatches();
}

async function requireKernel(): Promise<void> {
  const namespaces = ['--mount', '--uts', '--ipc', '--net', '--pid', '--fork', '--mount-proc'];
  await works('namespaces of its own', 'unshare', [...namespaces, 'true']);
  const missing = missingControllers(hierarchies(fs.readFileSync('/proc/mounts', 'utf8')));
  if (missing.length > 0) {
    throw new Problem(`A real node takes cgroups, and ${missing.join(', ')} are not below /sys/fs/cgroup: ${REMEDY}.`);
  }
  await requireOverlay();
  if (!fs.existsSync(BRIDGE)) await run('modprobe', ['br_netfilter']);
  if (!fs.existsSync(BRIDGE)) {
    throw new Problem(`A real node takes the kernel module br_netfilter, and it cannot be loaded here: ${REMEDY}.`);
  }
  await works('network settings of its own', 'unshare', [
    '--mount',
    '--net',
    '--pid',
    '--fork',
    '--mount-proc',
    'sysctl',
    '-qw',
    'net.ipv4.ip_forward=1',
  ]);
}

/** Mounts an overlay in a mount namespace that ends with it. */
async function requireOverlay(): Promise<void> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'overlay-'));
  try {
    for (const name of ['lower', 'upper', 'work', 'root']) fs.mkdirSync(path.join(dir, name));
    const options = `lowerdir=${dir}/lower,upperdir=${dir}/upper,workdir=${dir}/work`;
    await works('overlay file systems', 'unshare', [
      ...['--mount', 'mount', '-t', 'overlay', 'overlay'],
      ...['-o', options, `${dir}/root`],
    ]);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

async function works(what: string, command: string, args: readonly string[]): Promise<void> {
  const { code, output } = await run(command, args);
  if (code !== 0)
    throw new Problem(`A real node takes ${what}, and this machine refuses (${tail(output, 1)}): ${REMEDY}.`);
}

/** How many files a process of this machine may have open at most. */
export function openFilesLimit(limits = fs.readFileSync('/proc/self/limits', 'utf8')): number {
  return Number(/^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1] ?? 1024);
}
