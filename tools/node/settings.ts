import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DISTRIBUTIONS } from '../../src/settings/distributions';
import { Problem } from '../problem';
import type { Capacity } from './capacity';

/** Which real node. */
export interface RealNodeOptions {
  /** Folder of everything it keeps: certificates, the data of etcd, containerd and the kubelet, logs. */
  readonly dir: string;

  /** Of its network interface on this machine and its cgroups: 1 to 10 of a-z, 0-9 and "-". @default 'kaapana' */
  readonly name?: string;

  /** Name of the Kubernetes node. @default 'kaapana-node' */
  readonly nodeName?: string;

  /**
   * Third number of the network 10.231.<subnet>.0/24 between this machine and the node, 1 to 254.
   * @default - the one of before, else one that no interface of this machine has
   */
  readonly subnet?: number;

  /** Networks, DNS address and node ports. @default - those of the distribution `embedded` */
  readonly cluster?: Partial<ClusterNetworks>;

  /** Domains that lead to the node, for its pods. @default - none */
  readonly domains?: readonly string[];

  /** What the node says that it has, for pods that ask for more than they use. @default - what the machine has */
  readonly capacity?: Capacity;

  /** Folders with OCI image layouts: all images that pods can have. @default - only the images of the system */
  readonly images?: readonly string[];
}

/** The networks of a cluster. */
export interface ClusterNetworks {
  readonly services: string;

  /** The node's pods have the first /24 of it. */
  readonly pods: string;

  /** Address of the DNS server, within `services`. */
  readonly dns: string;

  readonly nodePorts: readonly [first: number, last: number];
}

/** All that the parts of a node need to know of it. */
export interface NodeSettings extends ClusterNetworks {
  readonly dir: string;
  readonly name: string;
  readonly nodeName: string;

  /** The machine's and the node's end of the network between them. */
  readonly hostAddress: string;
  readonly address: string;

  /** Address of the service `kubernetes`. */
  readonly apiService: string;

  readonly images: readonly string[];
  readonly domains: readonly string[];
  readonly capacity?: Capacity;
}

/** containerd's socket, in the node's own /run. */
export const CONTAINERD_SOCKET = DISTRIBUTIONS.embedded.containerdSocket;

const { cidrs, nodePorts } = DISTRIBUTIONS.embedded;

/** The DNS address is MicroK8s's, as the networks are. */
const EMBEDDED: ClusterNetworks = { services: cidrs[0], pods: cidrs[1], dns: '10.152.183.10', nodePorts };

const NAME = /^[a-z0-9][a-z0-9-]{0,9}$/;
const SUBNETS = 254;

/** Completes the options of a node. */
export function nodeSettings(options: RealNodeOptions): NodeSettings {
  const name = options.name ?? 'kaapana';
  if (!NAME.test(name)) {
    throw new Problem(`"${name}" cannot name a node: use 1 to 10 of the characters a-z, 0-9 and "-".`);
  }
  const dir = path.resolve(options.dir);
  const networks = { ...EMBEDDED, ...options.cluster };
  const subnet = options.subnet ?? keptSubnet(dir) ?? freeSubnet(dir, machineAddresses());
  return {
    ...networks,
    dir,
    name,
    nodeName: options.nodeName ?? 'kaapana-node',
    hostAddress: `10.231.${subnet}.1`,
    address: `10.231.${subnet}.10`,
    apiService: networks.services.replace(/\d+\/\d+$/, '1'),
    images: (options.images ?? []).map((images) => path.resolve(images)),
    domains: options.domains ?? [],
    capacity: options.capacity,
  };
}

/** Keeps the subnet for the next start: the certificates and what clients know hold the address. */
export function keepSubnet(settings: NodeSettings): void {
  fs.writeFileSync(path.join(settings.dir, 'subnet'), `${settings.address.split('.')[2]}\n`);
}

function keptSubnet(dir: string): number | undefined {
  const file = path.join(dir, 'subnet');
  return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : undefined;
}

/** A subnet that none of `addresses` is in; the search starts where the folder says, so that two starts seldom meet. */
export function freeSubnet(dir: string, addresses: readonly string[]): number {
  const first = createHash('sha256').update(dir).digest().readUInt32BE() % SUBNETS;
  for (let i = 0; i < SUBNETS; i++) {
    const subnet = 1 + ((first + i) % SUBNETS);
    if (!addresses.some((address) => address.startsWith(`10.231.${subnet}.`))) return subnet;
  }
  throw new Problem('All networks 10.231.1.0/24 to 10.231.254.0/24 are in use on this machine: end a node.');
}

/** The IPv4 addresses of this machine's interfaces. */
export function machineAddresses(): string[] {
  return Object.values(os.networkInterfaces()).flatMap((found) => found?.map(({ address }) => address) ?? []);
}

/** Where a node keeps what. */
export function placesOf({ dir }: Pick<NodeSettings, 'dir'>) {
  const at = (...names: string[]): string => path.join(dir, ...names);
  return {
    pki: at('pki'),
    config: at('config'),
    logs: at('logs'),
    etcd: at('etcd'),
    systemImages: at('system-images'),
    kubeconfig: at('pki', 'admin.kubeconfig'),
  };
}
