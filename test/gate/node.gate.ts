import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImageStore } from '../../tools/images/store';
import { RealNode } from '../../tools/node/real-node';
import { NODE_PROGRAMS } from '../../tools/node/services';
import { CACHE } from '../../tools/paths';
import { ensureToolchain, type Toolchain } from '../../tools/toolchain';
import { busybox } from './images/busybox';
import { type Machine, machine, processesWith } from './support/machine';
import { ABSENT_IMAGE, IMAGE, NAMESPACE, NODE_PORT, pod, policies, proofObjects } from './support/proof-objects';

/** A node of its own: what Kubernetes promises is true on it, and nothing of it stays on the machine. */

const DIR = path.join(CACHE, 'gate-node');
const IMAGES = path.join(DIR, 'images');
const STORAGE = path.join(DIR, 'storage');

/** Building the programs from empty caches. */
const BUILD_MS = 3_600_000;

const node = new RealNode({ dir: path.join(DIR, 'one'), name: 'gate-node', images: [IMAGES] });
const second = new RealNode({ dir: path.join(DIR, 'two'), name: 'gate-two', images: [IMAGES] });

let toolchain: Toolchain;
let before: Machine;

async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const { output } = await node.kubectl(toolchain, args, input);
  return output;
}

const inNamespace = (...args: string[]): Promise<string> => kubectl(['--namespace', NAMESPACE, ...args]);
const inPod = (name: string, ...args: string[]): Promise<string> => inNamespace('exec', name, '--', ...args);

/** What a pod gets from a web server within three seconds; Debian's static wget crashes. */
const asks = (name: string, host: string): Promise<string> =>
  inPod(name, 'sh', '-c', `printf 'GET /index.html HTTP/1.0\r\n\r\n' | nc -w 3 ${host} 80`);

async function apply(objects: readonly object[]): Promise<void> {
  const said = await node.kubectl(
    toolchain,
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );
  if (said.code !== 0) throw new Error(said.output);
}

async function waitFor(condition: string, ...objects: string[]): Promise<void> {
  const said = await inNamespace('wait', `--for=condition=${condition}`, ...objects, '--timeout=90s');
  if (!said.includes('condition met')) throw new Error(`${said}\n${await inNamespace('get', 'pods,events')}`);
}

async function serviceAddress(): Promise<string> {
  return inNamespace('get', 'service', 'web', '--output=jsonpath={.spec.clusterIP}');
}

/** What this machine gets from the node port. */
async function fromOutside(): Promise<string> {
  try {
    const response = await fetch(`http://${node.address}:${NODE_PORT}/`, { signal: AbortSignal.timeout(3_000) });
    return await response.text();
  } catch (error) {
    return `refused: ${String(error)}`;
  }
}

async function until(holds: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(500)) if (await holds()) return true;
  return false;
}

beforeAll(async () => {
  toolchain = await ensureToolchain(NODE_PROGRAMS);
  for (const left of [node, second]) await left.reset();
  fs.rmSync(DIR, { recursive: true, force: true });
  before = machine();
  await new ImageStore(IMAGES).add(await busybox(), [IMAGE]);
  expect(await node.start(toolchain)).toBe('created');
  await apply(proofObjects(STORAGE));
  await waitFor('Available', 'deployment/web');
  await waitFor('Ready', 'pod/client', 'pod/stranger');
  await waitFor('Complete', 'job/once');
}, BUILD_MS);

afterAll(async () => {
  for (const left of [node, second]) await left.reset();
  fs.rmSync(DIR, { recursive: true, force: true });
});

test('a node that runs is found running', async () => {
  expect(await node.start(toolchain)).toBe('already running');
  expect(await node.status()).toBe('running');
});

test('a node leaves the parameters of the kernel as they are', () => {
  expect(machine().parameters).toEqual(before.parameters);
});

test.each<[string, string, () => Promise<string>]>([
  ['a claim is bound to a hostPath volume', 'Bound', () => inNamespace('get', 'pvc', 'data')],
  ['kubectl logs', 'started', () => inNamespace('logs', 'deploy/web')],
  ['kubectl exec, as the user of the pod', 'uid=1000', () => inPod('deploy/web', 'id')],
  ['capabilities are dropped', 'CapEff:\t0000000000000000', () => inPod('deploy/web', 'cat', '/proc/1/status')],
  ['seccomp is in force', 'Seccomp:\t2', () => inPod('deploy/web', 'cat', '/proc/1/status')],
  ['privileges cannot be gained', 'NoNewPrivs:\t1', () => inPod('deploy/web', 'cat', '/proc/1/status')],
  ['the root is read-only', 'Read-only file system', () => inPod('deploy/web', 'touch', '/x')],
  [
    'memory is limited',
    '67108864',
    () => inPod('deploy/web', 'sh', '-c', 'cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max'),
  ],
  ['a job runs as its user', 'the job ran as 1234', () => inNamespace('logs', 'job/once')],
  ['a service is reached by its name', 'hello from web-', () => asks('client', 'web')],
  [
    'a service is reached by its full name',
    'hello from web-',
    () => asks('client', `web.${NAMESPACE}.svc.cluster.local`),
  ],
  ['a pod with limits reaches it too', 'hello from web-', () => asks('stranger', 'web')],
  [
    'the API server is reached from a pod',
    'open',
    () => inPod('client', 'sh', '-c', 'nc -w 3 kubernetes.default 443 </dev/null && echo open'),
  ],
  ['a node port is reached from outside', 'hello from web-', fromOutside],
])('%s', async (_claim, expected, said) => {
  expect(await said()).toContain(expected);
});

test('data of a container are on the disk of the machine, with their owner', () => {
  const file = path.join(STORAGE, 'index.html');
  expect(fs.readFileSync(file, 'utf8')).toContain('hello from web-');
  expect(fs.statSync(file).uid).toBe(1000);
});

test('names of services resolve to their addresses', async () => {
  const address = await serviceAddress();
  expect(address).toMatch(/^10\.152\.183\.\d+$/);
  expect(await inPod('client', 'nslookup', `web.${NAMESPACE}.svc.cluster.local`)).toContain(address);
  expect(await asks('client', address)).toContain('hello from web-');
});

test('programs of the machine run in the network of a pod', async () => {
  const address = await inNamespace('get', 'pod', 'client', '--output=jsonpath={.status.podIP}');
  const uid = await inNamespace('get', 'pod', 'client', '--output=jsonpath={.metadata.uid}');
  const { stdout } = await node.enterPod(uid, ['ip', '-4', 'address', 'show', 'eth0']);
  expect(stdout).toContain(`inet ${address}/`);
  expect(() => node.enterPod('of-nobody', ['true'])).toThrow('of-nobody');
});

test('an image that is nowhere is named', async () => {
  await apply([pod('absent', { image: ABSENT_IMAGE })]);
  const reason = ['get', 'pod', 'absent', '--output=jsonpath={.status.containerStatuses[0].state.waiting}'];
  expect(await until(async () => /ErrImagePull|ImagePullBackOff/.test(await inNamespace(...reason)))).toBe(true);
  expect(await inNamespace('describe', 'pod', 'absent')).toContain(`${ABSENT_IMAGE}: not found`);
  await inNamespace('delete', 'pod', 'absent');
});

describe('with network policies', () => {
  beforeAll(async () => {
    await apply(policies());
    await sleep(3_000);
  });

  test('who is named gets in', async () => {
    expect(await asks('client', 'web')).toContain('hello from web-');
  });

  test('others are kept out, and so is the outside', async () => {
    expect(await inPod('stranger', 'nslookup', `web.${NAMESPACE}.svc.cluster.local`)).toContain(await serviceAddress());
    expect(await asks('stranger', 'web')).not.toContain('hello');
    expect(await fromOutside()).toMatch(/^refused/);
  });

  test('a pod that may send to the DNS server only reaches nothing else', async () => {
    const tried = await inPod(
      'stranger',
      'sh',
      '-c',
      'nc -w 3 kubernetes.default 443 </dev/null && echo open || echo shut',
    );
    expect(tried).toContain('shut');
  });
});

test('two nodes do not see each other', async () => {
  expect(await second.start(toolchain)).toBe('created');
  expect(second.address).not.toBe(node.address);
  const { output } = await second.kubectl(toolchain, ['get', 'namespaces,pods', '--all-namespaces', '--output=name']);
  expect(output).toContain('coredns');
  expect(output).not.toContain(NAMESPACE);
  const { stdout } = await second.enter(['ps', '-e', '-o', 'args']);
  expect(stdout).toContain('kubelet');
  expect(stdout).not.toContain('sleep infinity');
  const reached = await second.enter([process.execPath, '-e', connect(node.address)]);
  expect(reached.output).toContain('unreachable');
  await second.reset();
});

/** A script that says whether the API server at an address is reached. */
function connect(address: string): string {
  return `require('net').connect({ host: '${address}', port: 6443, timeout: 5000 })
    .on('connect', () => { console.log('reached'); process.exit(); })
    .on('timeout', () => { console.log('unreachable'); process.exit(); })
    .on('error', () => { console.log('unreachable'); process.exit(); })`;
}

test('after stop and start, pods and their data are there again', async () => {
  const served = fs.readFileSync(path.join(STORAGE, 'index.html'), 'utf8').split('\n').length;
  const uid = await inNamespace('get', 'pod', 'client', '--output=jsonpath={.metadata.uid}');
  await node.stop();
  expect(await node.status()).toBe('stopped');
  expect(processesWith(path.join(DIR, 'one'))).toEqual([]);
  expect(await node.start(toolchain)).toBe('started again');
  await waitFor('Available', 'deployment/web');
  await waitFor('Ready', 'pod/client');
  expect(await inNamespace('get', 'pod', 'client', '--output=jsonpath={.metadata.uid}')).toBe(uid);
  expect(fs.readFileSync(path.join(STORAGE, 'index.html'), 'utf8').split('\n').length).toBeGreaterThan(served);
  expect(await inNamespace('get', 'job', 'once')).toContain('1/1');
  expect(await until(async () => (await asks('client', 'web')).includes('hello'))).toBe(true);
  expect(await asks('stranger', 'web')).not.toContain('hello');
});

test('after reset nothing is left behind', async () => {
  for (const ended of [node, second]) await ended.reset();
  // Other nodes of this machine may have come in the meantime: what is ours has our names.
  const { parameters, ...lists } = machine();
  const ours = new RegExp([DIR, 'gate-node', 'gate-two', `^${node.address.replace(/10$/, '')}`].join('|'));
  expect(
    Object.values(lists)
      .flat()
      .filter((item) => ours.test(item)),
  ).toEqual([]);
  expect(parameters).toEqual(before.parameters);
  expect(processesWith(DIR)).toEqual([]);
  expect(fs.readdirSync(DIR).sort()).toEqual(['images', 'storage']);
});
