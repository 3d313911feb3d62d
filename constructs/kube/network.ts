import { k8s } from 'cdk8s-plus-27';
import ipaddr from 'ipaddr.js';

/** Pods on the other end of a connection. */
export interface NetworkPeer {
  /** Namespace of the pods. */
  readonly namespace: string;

  /**
   * Labels that the pods carry.
   *
   * @default - every pod of the namespace
   */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** Pods that others start at run time, in namespaces that they may make: what is known of both. */
export interface PodSelection {
  /** Their namespaces, by name or by labels. */
  readonly namespaces: readonly (string | k8s.LabelSelector)[];

  readonly pods: k8s.LabelSelector;
}

/** Whoever connects from inside the cluster. */
export type Peer = NetworkPeer | PodSelection;

/** Label that Kubernetes gives each namespace: its name. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Everything, inside and outside of the cluster: for what a node port offers. */
export const ANYWHERE = 'anywhere';

/** All addresses of IPv4. */
const EVERY_IPV4 = '0.0.0.0/0';

/**
 * What is outside of the networks `inside`, for rules about who may be reached; nothing where these are every network.
 * It is a block of IPv4, and the API server takes no exceptions from it that it does not hold: networks of IPv6.
 */
export function outsideOf(inside: readonly string[]): k8s.NetworkPolicyPeer | undefined {
  if (inside.includes(EVERY_IPV4)) return undefined;
  return { ipBlock: { cidr: EVERY_IPV4, except: inside.filter((cidr) => !cidr.includes(':')) } };
}

/** The network of a host, in CIDR notation: an address alone, or all of IPv4 for a name, which policies do not know. */
export function networkOf(host: string): string {
  const address = host.replace(/^\[|\]$/g, ''); // URLs have brackets around those of IPv6.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return `${address}/32`;
  return ipaddr.IPv6.isValid(address) ? `${address}/128` : EVERY_IPV4;
}

/** Whether a network is one of addresses that each machine has for itself, as resolvers of the nodes have. */
export function isLinkLocal(cidr: string): boolean {
  return ipaddr.isValidCIDR(cidr) && ipaddr.parseCIDR(cidr)[0].range() === 'linkLocal';
}

/** One permission: who may connect to which container port. */
export interface InboundRule {
  readonly from: Peer | typeof ANYWHERE;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** The ingress rules of a NetworkPolicy in `namespace`, one per peer, in a stable order. */
export function ingressRules(namespace: string, rules: Iterable<InboundRule>): k8s.NetworkPolicyIngressRule[] {
  const byPeer = new Map<string, { from: InboundRule['from']; ports: Map<string, k8s.NetworkPolicyPort> }>();
  for (const { from, port, protocol } of rules) {
    const key = from === ANYWHERE ? '' : keyOf(from);
    const peer = byPeer.get(key) ?? { from, ports: new Map() };
    peer.ports.set(`${protocol} ${String(port).padStart(5, '0')}`, {
      port: k8s.IntOrString.fromNumber(port),
      protocol,
    });
    byPeer.set(key, peer);
  }
  return sorted(byPeer).map(({ from, ports }) => ({
    from: from === ANYWHERE ? undefined : policyPeers(namespace, from),
    ports: sorted(ports),
  }));
}

/** `peer`, as a policy in `namespace` has it. */
export function policyPeers(namespace: string, peer: Peer): k8s.NetworkPolicyPeer[] {
  const { namespaces, pods } =
    'pods' in peer ? peer : { namespaces: [peer.namespace], pods: { matchLabels: peer.podLabels } };
  return namespaces.map((each) => ({ namespaceSelector: namespaceSelector(namespace, each), podSelector: pods }));
}

function namespaceSelector(namespace: string, peer: string | k8s.LabelSelector): k8s.LabelSelector | undefined {
  if (typeof peer !== 'string') return peer;
  return peer === namespace ? undefined : { matchLabels: { [NAMESPACE_NAME]: peer } };
}

function keyOf(peer: Peer): string {
  return JSON.stringify(
    'pods' in peer ? [peer.namespaces, peer.pods] : [peer.namespace, Object.entries(peer.podLabels ?? {}).sort()],
  );
}

function sorted<Value>(map: ReadonlyMap<string, Value>): Value[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
