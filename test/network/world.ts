import { clusterOf, type Peer, podsThatCouldBe, type Port } from '../../src/checks/network/cluster';
import { Connectivity, type Verdict } from '../../src/checks/network/connectivity';
import { outsider, peerCalled } from '../../src/checks/network/reference';
import { readEnvironment } from '../../src/environment/file';
import { buildPlatform } from '../../src/environment/tree';
import type { Manifest } from '../../src/objects/manifest';
import { renderManifests } from '../../src/render/manifests';
import { parseSettings, type Settings } from '../../src/settings/parse';
import { REQUIRED } from '../settings/support';
import { namespaceCalled } from './names';
import { projectOfUsers } from './project-of-users';
import { targetsOf } from './targets';

/** Settings by their keys. */
export type Keys = Readonly<Record<string, unknown>>;

/** A platform on its server, with a project that a user has made besides. */
export interface World {
  /** Of the instance that is looked at. */
  readonly settings: Settings;

  /** Of the environment that owns the server: the same ones, but for a further instance. */
  readonly server: Settings;

  readonly objects: readonly Manifest[];
  readonly connectivity: Connectivity;
}

/** One end names pods, the other a port of theirs. */
export interface Ends {
  /** `namespace/workload`, `namespace{label=value}#what`, `internet`, `kubelet`, or a name in `addressesOf`. */
  readonly from: string;

  /** The same, or `svc:namespace/service`, or `coredns`. */
  readonly to: string;

  /** Number or name of a Service's port, number of a pod's; `number/udp`. */
  readonly port: string;
}

/** What becomes of a connection: it passes, policies stop it, an end is missing, or the Service leads to no port. */
export interface Outcome extends Partial<Pick<Verdict, 'egress' | 'ingress'>> {
  readonly kind: 'passes' | 'blocked' | 'absent' | 'broken';
}

/** Any address of the pod network of the settings in use here, and that of a node. */
const ADDRESSES = { pods: '10.1.77.77', nodes: '192.0.2.10' };

const COREDNS = podsThatCouldBe('kube-system', { 'k8s-app': 'kube-dns', 'app.kubernetes.io/name': 'kube-dns' });

/** The settings of a file of the conformance tests, as keys. */
export function keysOf(set: string): Keys {
  return readEnvironment(`test/conformance/settings/${set}.yaml`, process.cwd()).raw;
}

/** The server of `keys`; with `guest`, as a further instance on it has it. */
export function worldOf(keys: Keys, guest?: Keys): World {
  const owner = parsed(keys, 'prod');
  const visitor = guest && parsed({ ...guest, serverStack: 'prod' }, 'guest');
  const { settings } = visitor ?? owner;
  const objects = [
    ...rendered(owner),
    ...(visitor ? rendered(visitor, owner.settings) : []),
    ...projectOfUsers(owner.settings, namespaceCalled('project-new', owner.settings)),
  ];
  return { settings, server: owner.settings, objects, connectivity: new Connectivity(clusterOf(objects, ADDRESSES)) };
}

/** Whether the policies of `world` let a connection pass, to all pods that it may meet. */
export function outcomeOf(world: World, { from, to, port }: Ends): Outcome {
  const source = peerOf(world, from);
  const ends = endsOf(world, to, port);
  if (source === undefined || ends.length === 0) return { kind: 'absent' };
  const verdicts = ends.map((end) => end.port && world.connectivity.check(source, end.peer, end.port));
  if (verdicts.includes(undefined)) return { kind: 'broken' };
  const blocked = verdicts.find((verdict) => verdict?.allowed === false);
  return blocked ? { kind: 'blocked', ...blocked } : { kind: 'passes', ...verdicts[0] };
}

/** Who is called `text`. */
export function peerOf({ settings, connectivity: { cluster } }: World, text: string): Peer | undefined {
  if (text === 'coredns') return COREDNS;
  const address = addressesOf(settings)[text];
  return address === undefined ? peerCalled(text, cluster) : outsider(text, address);
}

/** Who lives outside of the pods' network. */
function addressesOf({
  apiServerIp = ADDRESSES.nodes,
  serverIp = ADDRESSES.nodes,
}: Settings): Readonly<Record<string, string>> {
  return {
    'api-server': apiServerIp,
    node: serverIp,
    'other-node': '192.0.2.11',
    'mail-server': '203.0.113.25',
    'egress-proxy': '203.0.113.31',
  };
}

/** Everybody at `port` of what is called `to`; without a port where a Service names one that its pods lack. */
export function endsOf(world: World, to: string, port: string): { readonly peer: Peer; readonly port?: Port }[] {
  const [number = '', transport] = port.split('/');
  const protocol = transport === 'udp' ? 'UDP' : 'TCP';
  if (!to.startsWith('svc:')) {
    const peer = peerOf(world, to);
    return peer ? [{ peer, port: { number: Number(number), protocol } }] : [];
  }
  const service = world.connectivity.cluster.services.get(to.slice('svc:'.length));
  if (!service) return [];
  return targetsOf(service, /^\d+$/.test(number) ? Number(number) : number, protocol).map((target) => ({
    peer: target.pods,
    port: target.port,
  }));
}

function parsed(keys: Keys, environment: string): ReturnType<typeof parseSettings> & { readonly environment: string } {
  return { ...parseSettings({ ...REQUIRED, ...keys }, environment), environment };
}

function rendered({ settings, secrets, environment }: ReturnType<typeof parsed>, host?: Settings): Manifest[] {
  const { graph, owner } = buildPlatform(settings, environment, host);
  return renderManifests(graph, { owner, secretOf: (name) => secrets.resolve(name) }).map(({ manifest }) => manifest);
}
