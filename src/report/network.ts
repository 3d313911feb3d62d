import { type Candidate, candidates, covers, OTHER_PORT, portsToTry } from '../checks/network/candidates';
import type { Peer, Port } from '../checks/network/cluster';
import type { Connectivity, Side, Verdict } from '../checks/network/connectivity';
import { INTERNET } from '../checks/network/reference';

/** Somebody, and at which ports. */
export interface Access {
  /**
   * `namespace/workload`, a network, `internet`, or `anywhere`; `namespace{label=value}` is all pods with these labels
   * that could be there, `*` any namespace that is none of the platform's.
   */
  readonly who: string;

  /** `number/protocol`, or `all` but those that are named with others. */
  readonly ports: readonly string[];
}

/** What policies let a workload do. */
export interface Reach {
  readonly pods: string;

  /** Who may connect to it. */
  readonly from: readonly Access[];

  /** Where it may connect to, as far as the other side lets it. */
  readonly to: readonly Access[];
}

/** A port of a destination, or `others`: whether a source may connect to it, and by which policies of either end. */
export interface Answer extends Verdict {
  readonly port: string;
}

/** Who may connect to every workload, and where it may connect to. */
export function reachMap(connectivity: Connectivity): Reach[] {
  const everybody = candidates(connectivity.cluster);
  return [...connectivity.cluster.workloads.values()].map((pods) => ({
    pods: pods.name,
    from: sourcesOf(pods, connectivity, everybody),
    to: destinationsOf(pods, connectivity, everybody),
  }));
}

/** Who may connect to `target`. From anywhere is what it lets in: not all are let out by their own policies. */
export function sourcesOf(
  target: Peer,
  connectivity: Connectivity,
  everybody = candidates(connectivity.cluster),
): Access[] {
  const { cluster } = connectivity;
  const ports = portsToTry(target, cluster);
  const sources = target.kind === 'pods' ? everybody : everybody.filter(({ peer }) => peer.kind === 'pods');
  const found = sources.map(({ peer }) => ({
    peer,
    ports: openPorts(ports, (port) => connectivity.check(peer, target, port).allowed),
  }));
  return shortest(found, (general, special) => covers(general, special, cluster)).map(({ who, ports: open }) => ({
    who: who === INTERNET.name ? 'anywhere' : who,
    ports: open,
  }));
}

/**
 * Where `source` may connect to. That pods without labels take a connection says nothing about workloads, each is
 * listed.
 */
export function destinationsOf(
  source: Peer,
  connectivity: Connectivity,
  everybody = candidates(connectivity.cluster),
): Access[] {
  const { cluster } = connectivity;
  const found = everybody.map(({ peer, ports }) => ({
    peer,
    ports: openPorts(ports, (port) => connectivity.check(source, peer, port).allowed),
  }));
  return shortest(
    found,
    (general, special) =>
      general.kind === 'pods' && special.kind === 'pods' && !special.workload && covers(general, special, cluster),
  );
}

/** Each port of `target`, and whether `source` may connect to it. */
export function answers(source: Peer, target: Peer, connectivity: Connectivity): Answer[] {
  return portsToTry(target, connectivity.cluster).map((port) => ({
    port: isOther(port) ? 'others' : textOf(port),
    ...connectivity.check(source, target, port),
  }));
}

/** Answers as rows: port, verdict, and what the policies of source and destination say. */
export function answerRows(found: readonly Answer[]): string[][] {
  return found.map(({ port, allowed, egress, ingress }) => [
    port,
    allowed ? 'open' : 'closed',
    reasonOf(egress),
    reasonOf(ingress),
  ]);
}

/** The map as text: a workload, and below it a line for each set of ports with all who may connect to them. */
export function reachText(map: readonly Reach[]): string {
  return map
    .map(({ pods, from, to }) => `${[pods, ...lines('in', from), ...lines('out', to)].join('\n')}\n`)
    .join('\n');
}

/** One line for each set of ports, with all who have it. */
export function lines(direction: 'in' | 'out', accesses: readonly Access[]): string[] {
  const byPorts = new Map<string, string[]>();
  for (const { who, ports } of accesses) byPorts.set(ports.join(', '), [...(byPorts.get(ports.join(', ')) ?? []), who]);
  const label = direction.padEnd(3);
  return byPorts.size === 0
    ? [`  ${label} nobody`]
    : [...byPorts].map(([ports, all]) => `  ${label} ${ports}: ${all.join(', ')}`);
}

function openPorts(ports: readonly Port[], isOpen: (port: Port) => boolean): readonly Port[] {
  const found = ports.filter(isOpen);
  return found.some((port) => isOther(port)) ? [OTHER_PORT] : found;
}

/** Without what is said already of somebody more general. */
function shortest(found: readonly Candidate[], isSaid: (general: Peer, special: Peer) => boolean): Access[] {
  const kept: Candidate[] = [];
  for (const { peer, ports } of found.filter((candidate) => candidate.ports.length > 0)) {
    const general = kept.filter((other) => isSaid(other.peer, peer)).flatMap((other) => other.ports);
    const rest = general.some(isOther)
      ? []
      : ports.filter((port) => !general.some((known) => textOf(known) === textOf(port)));
    if (rest.length > 0) kept.push({ peer, ports: rest });
  }
  return kept.map(({ peer, ports }) => ({
    who: peer.name,
    ports: ports.map((port) => (isOther(port) ? 'all' : textOf(port))),
  }));
}

function isOther(port: Port): boolean {
  return port === OTHER_PORT;
}

function textOf({ number, protocol }: Port): string {
  return `${number}/${protocol}`;
}

function reasonOf({ allowed, policies }: Side): string {
  if (policies.length === 0) return 'no policy';
  return `${allowed ? 'allowed' : 'stopped'} by ${policies.join(', ')}`;
}
