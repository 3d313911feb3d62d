import { PROJECT_PATHS, PUBLIC_PATHS, ROLE_RIGHTS } from '../../constructs/admin/access-rights';
import type { Graph } from '../bridge/graph';
import { type JsonObject, type Manifest, objectAt, objectsAt, textAt } from '../bridge/manifest';

/** Who may send at least some requests: everybody, every user, members of a project, or administrators alone. */
export type Requester = 'public' | 'user' | 'project' | 'admin';

/** A web route. */
export interface RouteRow {
  readonly path: string;
  readonly to: string;

  /** The weakest requester that gets through to something below the path. */
  readonly requester: Requester;

  readonly middlewares: string;
}

/** A connection that network policies let through: pods are namespace and labels, `*` stands for all. */
export interface ReachRow {
  readonly to: string;
  readonly ports: string;
  readonly from: string;
}

const REQUESTERS: readonly [Requester, readonly string[]][] = [
  ['public', PUBLIC_PATHS],
  ['user', ROLE_RIGHTS.user.map(({ path }) => path)],
  ['project', [...PROJECT_PATHS, ...ROLE_RIGHTS['project-manager'].map(({ path }) => path)]],
];

/** Every web route with its authentication. */
export function routeTable(graph: Graph): RouteRow[] {
  return ofKind(graph, 'Ingress').flatMap(({ metadata, spec }) =>
    objectsAt(objectAt(spec).rules).flatMap(({ http }) => objectsAt(objectAt(http).paths)).map(({ path, backend }) => ({
      path: textAt(path) ?? '/',
      to: `${metadata.namespace ?? ''}/${textAt(objectAt(objectAt(backend).service).name) ?? ''}`,
      requester: requesterOf(textAt(path) ?? '/'),
      middlewares: (metadata.annotations?.['traefik.ingress.kubernetes.io/router.middlewares'] ?? '').replaceAll('@kubernetescrd', ''),
    }))).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Every connection that a network policy lets in. */
export function reachTable(graph: Graph): ReachRow[] {
  return ruleRows(graph, 'ingress', (pods, ports, peers) => ({ to: pods, ports, from: peers }))
    .sort((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : a.from < b.from ? -1 : 1));
}

/** What pods may connect to, where a network policy limits it. */
export function exitTable(graph: Graph): ReachRow[] {
  return ruleRows(graph, 'egress', (pods, ports, peers) => ({ to: peers, ports, from: pods }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1));
}

function ruleRows(graph: Graph, direction: 'ingress' | 'egress', row: (pods: string, ports: string, peers: string) => ReachRow): ReachRow[] {
  return ofKind(graph, 'NetworkPolicy').flatMap(({ metadata: { namespace = '' }, spec }) => {
    const { podSelector, [direction]: rules } = objectAt(spec);
    const pods = `${namespace}/${labelsOf(objectAt(podSelector))}`;
    return objectsAt(rules).map((rule) => row(pods, portsOf(rule), peersOf(objectsAt(direction === 'ingress' ? rule.from : rule.to), namespace)));
  });
}

function requesterOf(path: string): Requester {
  const meets = (pattern: string): boolean => {
    const literal = pattern.replace(/^\^/, '').replace(/(\.\*|\$)$/, '');
    return literal.startsWith(path) || path.startsWith(literal.replace(/\/$/, ''));
  };
  return REQUESTERS.find(([, patterns]) => patterns.some(meets))?.[0] ?? 'admin';
}

function ofKind(graph: Graph, kind: string): Manifest[] {
  return graph.nodes.map(({ manifest }) => manifest).filter((manifest) => manifest.kind === kind);
}

function portsOf({ ports }: JsonObject): string {
  return objectsAt(ports).map(({ port }) => String(port)).join(', ') || 'all';
}

function peersOf(peers: readonly JsonObject[], namespace: string): string {
  return peers.map(({ namespaceSelector, podSelector, ipBlock }) => {
    const { cidr, except } = objectAt(ipBlock);
    if (typeof cidr === 'string') return Array.isArray(except) ? `${cidr} except ${except.join(' ')}` : cidr;
    const other = namespaceSelector === undefined ? namespace
      : textAt(objectAt(objectAt(namespaceSelector).matchLabels)['kubernetes.io/metadata.name']) ?? '*';
    return `${other}/${labelsOf(objectAt(podSelector))}`;
  }).join(', ') || 'anywhere';
}

function labelsOf({ matchLabels }: JsonObject): string {
  return Object.entries(objectAt(matchLabels)).map(([key, value]) => `${key.replace(/^app\.kubernetes\.io\//, '')}=${String(value)}`).join(',') || '*';
}
