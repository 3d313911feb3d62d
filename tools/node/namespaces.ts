import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problem';
import { isAlive } from '../processes';
import { run, type RunResult, tail } from '../run';
import { pretendCapacity } from './capacity';
import { hierarchies, makeCgroups, removeCgroups } from './cgroups';
import { firstProcess, processes } from './processes';
import { type NodeSettings, placesOf } from './settings';

const START_MS = 10_000;
const END_MS = 30_000;
const POLL_MS = 20;

/** Folders of the node: those of its own -> where they lie over this machine's. */
const FOLDERS = {
  containerd: '/var/lib/containerd',
  kubelet: '/var/lib/kubelet',
  log: '/var/log',
  'config/cni': '/etc/cni',
  data: '/srv',
};

/** Files of the node's configuration -> which of this machine's they stand for. */
const FILES = { 'config/hosts': '/etc/hosts' };

/**
 * Parameters of the kernel that the kubelet sets for the whole machine (Kubernetes 1.33, setupKernelTunables). In the
 * node a file with the wished value lies over each, so that it has nothing to set.
 */
export const KERNEL_PARAMETERS: Readonly<Record<string, string>> = {
  'vm/overcommit_memory': '1',
  'vm/panic_on_oom': '0',
  'kernel/panic': '10',
  'kernel/panic_on_oops': '1',
  'kernel/keys/root_maxkeys': '1000000',
  'kernel/keys/root_maxbytes': '25000000',
};

/** The name of the interface on this machine that leads to a node. */
export function hostInterface({ name }: Pick<NodeSettings, 'name'>): string {
  return `${name}-host`;
}

/** A command that runs in the namespaces of the process `first`. */
export function entering(first: number, args: readonly string[]): [command: string, args: string[]] {
  return ['nsenter', ['-t', String(first), '-m', '-u', '-i', '-n', '-p', '--', ...args]];
}

/**
 * Starts the first process of a node in namespaces of its own and gives its number. All that the node has on this
 * machine but its cgroups and its folder ends with that process: its network, its mounts and all its processes.
 */
export async function createNamespaces(settings: NodeSettings, pause: string): Promise<number> {
  makeCgroups(settings.name, machineHierarchies());
  const log = fs.openSync(path.join(placesOf(settings).logs, 'node.log'), 'a');
  const options = ['--mount', '--uts', '--ipc', '--net', '--pid', '--fork', '--mount-proc', '--kill-child=KILL'];
  spawn('unshare', [...options, pause, settings.dir], { detached: true, stdio: ['ignore', log, log] }).unref();
  fs.closeSync(log);
  const first = await untilStarted(settings.dir);
  try {
    await mounts(first, settings);
    await network(first, settings);
  } catch (error) {
    await destroyNamespaces(settings);
    throw error;
  }
  return first;
}

/** Ends the first process of a node, and with it all others; then removes its cgroups. */
export async function destroyNamespaces(settings: NodeSettings): Promise<void> {
  const first = firstProcess(settings.dir);
  if (first !== undefined) {
    process.kill(first, 'SIGKILL');
    // The number stays taken until all others of its namespace have ended.
    for (const until = Date.now() + END_MS; isAlive(first) || helpers(first, settings.dir); await sleep(POLL_MS)) {
      if (Date.now() > until) throw new Problem(`The node did not end: process ${first} is in the way.`);
    }
  }
  // The kernel removes it with the node's network, some time later.
  if (hostInterface(settings) in os.networkInterfaces()) await run('ip', ['link', 'delete', hostInterface(settings)]);
  await removeCgroups(settings.name, machineHierarchies());
}

/** Whether commands still run that started the first process, or others beside it. */
function helpers(first: number, dir: string): boolean {
  return processes().some(({ args: [command = '', ...args] }) => {
    const name = path.basename(command);
    return (name === 'unshare' && args.at(-1) === dir) || (name === 'nsenter' && args[1] === String(first));
  });
}

/** The cgroup hierarchies of this machine. */
export function machineHierarchies(): ReturnType<typeof hierarchies> {
  return hierarchies(fs.readFileSync('/proc/mounts', 'utf8'));
}

async function untilStarted(dir: string): Promise<number> {
  for (const until = Date.now() + START_MS; Date.now() < until; await sleep(POLL_MS)) {
    const first = firstProcess(dir);
    if (first !== undefined) return first;
  }
  throw new Problem(`The node's namespaces could not be made: ${path.join(dir, 'logs', 'node.log')} says why.`);
}

async function mounts(first: number, settings: NodeSettings): Promise<void> {
  const inside = (...args: string[]): Promise<unknown> => succeed(...entering(first, args));
  const over = (source: string, target: string): Promise<unknown> => inside('mount', '--bind', source, target);
  // A /sys of the node's network, with the same cgroups below it.
  const cgroups = path.join(settings.dir, 'cgroups');
  fs.mkdirSync(cgroups, { recursive: true });
  await inside('mount', '--rbind', '/sys/fs/cgroup', cgroups);
  await inside('mount', '-t', 'sysfs', 'sysfs', '/sys');
  await inside('mount', '--rbind', cgroups, '/sys/fs/cgroup');
  await inside('umount', '--lazy', cgroups);
  await inside('mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run');
  await inside('mkdir', '-p', '/run/netns', '/run/lock');
  for (const [folder, target] of Object.entries(FOLDERS)) {
    const own = path.join(settings.dir, folder);
    for (const dir of [own, target]) fs.mkdirSync(dir, { recursive: true });
    await over(own, target);
  }
  for (const [file, target] of Object.entries(FILES)) await over(path.join(settings.dir, file), target);
  const parameters = path.join(settings.dir, 'config', 'sys');
  for (const [name, value] of Object.entries(KERNEL_PARAMETERS)) {
    const file = path.join(parameters, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${value}\n`);
    await over(file, path.join('/proc/sys', name));
  }
  if (settings.capacity) await pretendCapacity(settings.capacity, path.join(settings.dir, 'config', 'capacity'), over);
  // The kubelet's mounts must reach the pods, as on a real machine.
  await inside('mount', '--make-rshared', '/');
  await inside('hostname', settings.nodeName);
}

async function network(first: number, settings: NodeSettings): Promise<void> {
  const ip = (...args: string[]): Promise<unknown> => succeed('ip', args);
  const inside = (...args: string[]): Promise<unknown> => succeed(...entering(first, args));
  const host = hostInterface(settings);
  await ip('link', 'add', host, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(first));
  await ip('address', 'add', `${settings.hostAddress}/24`, 'dev', host);
  await ip('link', 'set', host, 'up');
  await inside('ip', 'address', 'add', `${settings.address}/24`, 'dev', 'eth0');
  for (const link of ['eth0', 'lo']) await inside('ip', 'link', 'set', link, 'up');
  await inside('ip', 'route', 'add', 'default', 'via', settings.hostAddress);
  // Outside, pods have the address of their node, as everywhere; policies are about their own, and come before.
  await inside('iptables', '-t', 'nat', '-A', 'POSTROUTING', '-s', settings.pods, '-o', 'eth0', '-j', 'MASQUERADE');
  // Of the node's network alone. Policies see what pods send each other only if bridges ask iptables.
  await inside('sysctl', '-qw', 'net.ipv4.ip_forward=1', 'net.bridge.bridge-nf-call-iptables=1');
}

async function succeed(command: string, args: readonly string[]): Promise<RunResult> {
  const result = await run(command, args);
  if (result.code !== 0) {
    throw new Problem(
      `The node's namespaces could not be made: "${command} ${args.join(' ')}": ${tail(result.output, 3)}`,
    );
  }
  return result;
}
