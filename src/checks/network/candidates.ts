import ipaddr from 'ipaddr.js';
import { NAMESPACE_NAME } from '../../../constructs/kube';
import { type JsonObject, type Manifest, objectAt, objectsAt, textAt } from '../../objects/manifest';
import { type Cluster, type Peer, type Pods, podsThatCouldBe, type Port, protocolOf } from './cluster';
import { INTERNET, outsider } from './reference';
import { type Labels, labelsAt } from './selector';

/** Stands for all namespaces that the cluster does not describe, where no policy is known. */
const EVERY_NAMESPACE = '*';

/** A port of no meaning: whoever may connect to it may connect to all that no rule names. */
export const OTHER_PORT: Port = { number: 1, protocol: 'TCP' };

/** Somebody, and the ports at which connections to it are tried. */
export interface Candidate {
  readonly peer: Peer;
  readonly ports: readonly Port[];
}

/**
 * Everybody whom policies may tell apart, the general before the special: the internet, any pod, any pod of a
 * namespace, pods with the labels that a policy names, all workloads, and the networks that a policy names.
 */
export function candidates(cluster: Cluster): Candidate[] {
  const { addresses, namespaces, policies } = cluster;
  const workloads = [...cluster.workloads.values()];
  const anyPods = [EVERY_NAMESPACE, ...namespaces.keys()].map((namespace) => podsThatCouldBe(namespace, {}));
  const labelled = policies
    .flatMap(podsNamedIn)
    .filter((pods) => !workloads.some((workload) => covers(pods, workload, cluster)))
    .sort((a, b) => Object.keys(a.labels).length - Object.keys(b.labels).length || rank(a) - rank(b));
  const networks = policies
    .flatMap(networksNamedIn)
    .filter((cidr) => cidr !== addresses.services && !holds(cidr, addresses.pods))
    .map(atNetwork);
  const all = [INTERNET, ...anyPods, ...labelled, ...workloads, ...networks];
  const named = namedPorts(cluster);
  return [...new Map(all.map((peer) => [peer.name, { peer, ports: portsOf(peer, named) }])).values()];
}

/**
 * Whether `special` is one of those that `general` stands for: the internet for all, any namespace for those that are
 * not described.
 */
export function covers(general: Peer, special: Peer, { namespaces }: Cluster): boolean {
  if (general.kind === 'outsider') return general === INTERNET;
  if (special.kind === 'outsider' || general.workload !== undefined) return false;
  return (
    (general.namespace === special.namespace ||
      (general.namespace === EVERY_NAMESPACE && !namespaces.has(special.namespace))) &&
    Object.entries(general.labels).every(([key, value]) => special.labels[key] === value)
  );
}

/** Ports of `peer`, and one that stands for all others; where it has none itself, those that any policy names. */
export function portsToTry(peer: Peer, cluster: Cluster): Port[] {
  return portsOf(peer, namedPorts(cluster));
}

function portsOf(peer: Peer, named: readonly Port[]): Port[] {
  const ports = peer.kind === 'pods' && peer.workload ? peer.ports : named;
  return [...new Map([OTHER_PORT, ...ports].map((port) => [`${port.number}/${port.protocol}`, port])).values()];
}

function namedPorts({ policies }: Cluster): Port[] {
  return policies
    .flatMap(({ spec }) => objectsAt(objectAt(spec).egress))
    .flatMap(({ ports }) => objectsAt(ports))
    .flatMap((port) => (typeof port.port === 'number' ? [{ number: port.port, protocol: protocolOf(port) }] : []));
}

function rank({ namespace }: Pods): number {
  return namespace === EVERY_NAMESPACE ? 0 : 1;
}

/** Pods by labels that a policy is for, or lets connect. */
function podsNamedIn({ metadata: { namespace = 'default' }, spec }: Manifest): Pods[] {
  const { podSelector } = objectAt(spec);
  const peers = peersIn(spec).map(({ namespaceSelector, podSelector: pods }) => ({
    namespace:
      namespaceSelector === undefined ? namespace : (labelsIn(namespaceSelector)[NAMESPACE_NAME] ?? EVERY_NAMESPACE),
    labels: labelsIn(pods),
  }));
  return [{ namespace, labels: labelsIn(podSelector) }, ...peers]
    .filter(({ labels }) => Object.keys(labels).length > 0)
    .map(({ namespace: home, labels }) => podsThatCouldBe(home, labels));
}

/** Labels that a selector takes; `*` stands for any value. */
function labelsIn(selector: JsonObject[string]): Labels {
  const { matchLabels, matchExpressions } = objectAt(selector);
  const others = objectsAt(matchExpressions).flatMap(({ key, operator, values }) => {
    const value =
      operator === 'In' && Array.isArray(values) ? textAt(values[0]) : operator === 'Exists' ? '*' : undefined;
    return typeof key === 'string' && value !== undefined ? [[key, value] as const] : [];
  });
  return { ...labelsAt(matchLabels), ...Object.fromEntries(others) };
}

function networksNamedIn({ spec }: Manifest): string[] {
  return peersIn(spec)
    .flatMap(({ ipBlock }) => textAt(objectAt(ipBlock).cidr) ?? [])
    .filter((cidr) => ipaddr.isValidCIDR(cidr));
}

function peersIn(spec: JsonObject[string]): readonly JsonObject[] {
  const { ingress, egress } = objectAt(spec);
  return [
    ...objectsAt(ingress).flatMap(({ from }) => objectsAt(from)),
    ...objectsAt(egress).flatMap(({ to }) => objectsAt(to)),
  ];
}

function holds(cidr: string, address: string): boolean {
  const [network, parsed] = [ipaddr.parseCIDR(cidr), ipaddr.parse(address)];
  return network[0].kind() === parsed.kind() && parsed.match(network);
}

function atNetwork(cidr: string): Peer {
  return outsider(cidr, ipaddr.parseCIDR(cidr)[0].toString());
}
