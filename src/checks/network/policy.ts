import ipaddr from 'ipaddr.js';
import { isObject, type Json, type JsonObject, type Manifest, objectAt, objectsAt } from '../../objects/manifest';
import { type Cluster, namedPort, namespaceLabels, type Peer, type Pods, type Port, protocolOf } from './cluster';
import { selectorOf } from './selector';

/** A connection goes out of one pod, and into another. */
export type Direction = 'ingress' | 'egress';

/** A NetworkPolicy, ready to be asked. */
export interface Policy {
  /** `namespace/name`. */
  readonly name: string;

  /** Whether it isolates these pods in the direction. */
  isolates(pods: Pods, direction: Direction): boolean;

  /** Whether it lets pods that it isolates have a connection with `other`; `port` is that of `listener`. */
  allows(direction: Direction, other: Peer, listener: Peer, port: Port): boolean;
}

interface Rule {
  readonly admits: (other: Peer) => boolean;
  readonly covers: (listener: Peer, port: Port) => boolean;
}

/** The NetworkPolicy `manifest` of `cluster`, by the semantics of networking.k8s.io/v1. */
export function policyOf({ metadata: { namespace = 'default', name }, spec }: Manifest, cluster: Cluster): Policy {
  const { podSelector, policyTypes, ingress, egress } = objectAt(spec);
  const selects = selectorOf(podSelector);
  const types = typesOf(policyTypes, egress);
  const rules: Readonly<Record<Direction, readonly Rule[]>> = {
    ingress: objectsAt(ingress).map((rule) => ruleOf(rule.from, rule.ports, namespace, cluster)),
    egress: objectsAt(egress).map((rule) => ruleOf(rule.to, rule.ports, namespace, cluster)),
  };
  return {
    name: `${namespace}/${name}`,
    isolates: (pods, direction) => types.has(direction) && pods.namespace === namespace && selects(pods.labels),
    allows: (direction, other, listener, port) =>
      rules[direction].some(({ admits, covers }) => covers(listener, port) && admits(other)),
  };
}

/** As the API server fills them in: egress counts where there are rules for it. */
function typesOf(policyTypes: Json | undefined, egress: Json | undefined): ReadonlySet<Direction> {
  const byRules = ['Ingress', ...(objectsAt(egress).length > 0 ? ['Egress'] : [])];
  const given = Array.isArray(policyTypes) && policyTypes.length > 0 ? policyTypes : byRules;
  return new Set([
    ...(given.includes('Ingress') ? ['ingress' as const] : []),
    ...(given.includes('Egress') ? ['egress' as const] : []),
  ]);
}

/** A rule that names no peers is for everybody, one that names no ports for all of them. */
function ruleOf(from: Json | undefined, ports: Json | undefined, namespace: string, cluster: Cluster): Rule {
  const peers = objectsAt(from).map((peer) => peerOf(peer, namespace, cluster));
  const wanted = objectsAt(ports);
  return {
    admits: (other) => peers.length === 0 || peers.some((matches) => matches(other)),
    covers: (listener, port) => wanted.length === 0 || wanted.some((candidate) => isPort(candidate, listener, port)),
  };
}

/** Pods are known by labels, in the policy's own namespace unless it says where; everything by its address. */
function peerOf(
  { ipBlock, namespaceSelector, podSelector }: JsonObject,
  namespace: string,
  cluster: Cluster,
): (other: Peer) => boolean {
  if (isObject(ipBlock)) {
    const holds = blockOf(ipBlock);
    return (other) => holds(addressOf(other, cluster));
  }
  const [namespaces, pods] = [selectorOf(namespaceSelector), selectorOf(podSelector)];
  return (other) =>
    other.kind === 'pods' &&
    !other.onNode &&
    pods(other.labels) &&
    (namespaceSelector === undefined
      ? other.namespace === namespace
      : namespaces(namespaceLabels(cluster, other.namespace)));
}

function addressOf(peer: Peer, { addresses }: Cluster): string {
  if (peer.kind === 'outsider') return peer.address;
  return peer.onNode ? addresses.nodes : addresses.pods;
}

/** Whether addresses are in a block; there are few, and each is looked at once. */
function blockOf({ cidr, except }: JsonObject): (address: string) => boolean {
  const exceptions = Array.isArray(except) ? except : [];
  const known = new Map<string, boolean>();
  return (address) => {
    const found =
      known.get(address) ??
      (isWithin(address, cidr) && !exceptions.some((exception: Json) => isWithin(address, exception)));
    known.set(address, found);
    return found;
  };
}

function isWithin(address: string, cidr: Json | undefined): boolean {
  if (typeof cidr !== 'string' || !ipaddr.isValidCIDR(cidr)) return false;
  const [parsed, network] = [ipaddr.parse(address), ipaddr.parseCIDR(cidr)];
  return parsed.kind() === network[0].kind() && parsed.match(network);
}

function isPort(wanted: JsonObject, listener: Peer, { number, protocol }: Port): boolean {
  const { port, endPort } = wanted;
  if (protocolOf(wanted) !== protocol) return false;
  if (port === undefined) return true;
  if (typeof port !== 'number')
    return listener.kind === 'pods' && namedPort(listener, port, protocol)?.number === number;
  return typeof endPort === 'number' ? port <= number && number <= endPort : port === number;
}
