import ipaddr from 'ipaddr.js';
import type { Graph } from '../objects/graph';
import type { Claim } from '../claims/claim';
import { objectClaims } from '../claims/object-claims';
import { DISTRIBUTIONS } from '../settings/distributions';
import type { HowTo } from '../findings/how-to';
import type { Settings } from '../settings/parse';

/** What in `graph` the server of `settings` refuses, one sentence each: node ports that it does not give out, where it is known which these are. */
export function distributionProblems(graph: Graph, settings: Settings, howTo: HowTo): string[] {
  const { nodePortRange, distribution } = settings;
  if (nodePortRange === undefined && distribution !== 'embedded') return [];
  const range = rangeOf(settings);
  return portsOutside(graph, settings).map(
    ({ by, value, setting = '' }, index) =>
      `${by} wants the node port ${value}, and the server gives out ${range.join('-')}. ${howToFit(setting, range[1] - index, howTo)}`,
  );
}

/** Only the platform's own ports can be others. */
function howToFit(setting: string, port: number, howTo: HowTo): string {
  if (setting.endsWith('Port')) return howTo.set(setting, port);
  return setting.endsWith('.service_type')
    ? howTo.set(setting, 'ClusterIP')
    : `It can have no other. ${howTo.remove(setting)}`;
}

/** What works only on a server that is not as its distribution comes, one sentence each. */
export function distributionWarnings(graph: Graph, settings: Settings, howTo: HowTo): string[] {
  const { distribution, internalCidrs, nodePortRange } = settings;
  const { dns } = DISTRIBUTIONS[distribution];
  const outside =
    nodePortRange === undefined
      ? [...new Set(portsOutside(graph, settings).map(({ value }) => Number.parseInt(value, 10)))].sort((a, b) => a - b)
      : [];
  const wide = [Math.min(rangeOf(settings)[0], ...outside), Math.max(rangeOf(settings)[1], ...outside)].join('-');
  return [
    ...(outside.length === 0
      ? []
      : [
          `${distribution} gives out the node ports ${rangeOf(settings).join('-')} as it comes, and ${outside.join(', ')} ${outside.length === 1 ? 'is' : 'are'} wanted: ` +
            `start its API server with --service-node-port-range=${wide}, and say so: ${howTo.setting('nodePortRange', wide)}`,
        ]),
    ...(dns === undefined || internalCidrs.some((cidr) => isInside(dns, cidr))
      ? []
      : [
          `kaapana:internalCidrs leaves out ${dns}, where ${distribution} has its DNS server as it comes: pods that do not reach it find nobody`,
        ]),
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
