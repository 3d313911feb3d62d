import ipaddr from 'ipaddr.js';
import type { Claim } from '../claims/claim';
import { objectClaims } from '../claims/object-claims';
import { finding, type Finding, type Found } from '../findings/finding';
import { remedyOf } from '../findings/remedy';
import type { Graph } from '../objects/graph';
import { DISTRIBUTIONS } from '../settings/distributions';
import { nodeProgram } from '../settings/node-programs';
import type { Settings } from '../settings/parse';

/**
 * What in `graph` the server of `settings` refuses: node ports that it does not give out, where it is known which these
 * are.
 */
export function distributionFindings(
  graph: Graph,
  settings: Settings,
): (Found<'node-port-outside'> | Found<'port-of-node-program'>)[] {
  return [...portsOfPrograms(graph, settings), ...portsNotGiven(graph, settings)];
}

/** Ports of services and pods on the nodes, where a program of theirs listens already. */
function portsOfPrograms(graph: Graph, settings: Settings): Found<'port-of-node-program'>[] {
  return objectClaims(graph, settings)
    .filter(({ kind }) => kind === 'port')
    .flatMap(({ by: { object }, value: port, change }) => {
      const program = port.endsWith('/TCP') ? nodeProgram(Number.parseInt(port, 10), settings.distribution) : undefined;
      return program === undefined
        ? []
        : finding(
            'port-of-node-program',
            { kind: 'object', id: object?.id ?? '' },
            { component: object?.component ?? '', port, program },
            ...(change === undefined ? [] : [remedyOf(change, () => rangeOf(settings)[1])]),
          );
    });
}

function portsNotGiven(graph: Graph, settings: Settings): Found<'node-port-outside'>[] {
  const { nodePortRange, distribution } = settings;
  if (nodePortRange === undefined && distribution !== 'embedded') return [];
  const range = rangeOf(settings);
  return portsOutside(graph, settings).map(({ by: { object }, value: port, change }, index) =>
    finding(
      'node-port-outside',
      { kind: 'object', id: object?.id ?? '' },
      { component: object?.component ?? '', port, given: range.join('-') },
      ...(change === undefined ? [] : [remedyOf(change, () => range[1] - index)]),
    ),
  );
}

/** What works only on a server that is not as its distribution comes. */
export function distributionWarnings(graph: Graph, settings: Settings): Finding[] {
  const { distribution, internalCidrs, nodePortRange } = settings;
  const { dns } = DISTRIBUTIONS[distribution];
  const ports =
    nodePortRange === undefined
      ? [...new Set(portsOutside(graph, settings).map(({ value }) => Number.parseInt(value, 10)))].sort((a, b) => a - b)
      : [];
  const given = rangeOf(settings);
  const wide = [Math.min(given[0], ...ports), Math.max(given[1], ...ports)].join('-');
  const key = 'nodePortRange';
  return [
    ...(ports.length === 0
      ? []
      : [
          finding(
            'node-ports-not-given',
            { kind: 'setting', key },
            { distribution, given: given.join('-'), ports, wide },
            { kind: 'set', key, example: wide },
          ),
        ]),
    ...(dns === undefined || internalCidrs.some((cidr) => isInside(dns, cidr))
      ? []
      : [finding('dns-outside', { kind: 'setting', key: 'internalCidrs' }, { distribution, address: dns })]),
  ];
}

/** The first and the last port that services can have on every node. */
function rangeOf({ nodePortRange, distribution }: Settings): readonly [number, number] {
  const [first, last] = nodePortRange?.split('-').map(Number) ?? [];
  return first === undefined || last === undefined ? DISTRIBUTIONS[distribution].nodePorts : [first, last];
}

/** Ports of services alone: those of pods on their nodes are their own affair. */
function portsOutside(graph: Graph, settings: Settings): Claim[] {
  const [first, last] = rangeOf(settings);
  return objectClaims(
    { ...graph, nodes: graph.nodes.filter(({ manifest }) => manifest.kind === 'Service') },
    settings,
  ).filter(
    ({ kind, value }) => kind === 'port' && (Number.parseInt(value, 10) < first || Number.parseInt(value, 10) > last),
  );
}

function isInside(address: string, cidr: string): boolean {
  const [parsed, network] = [ipaddr.parse(address), ipaddr.parseCIDR(cidr)];
  return parsed.kind() === network[0].kind() && parsed.match(network);
}
