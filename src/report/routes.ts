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

/** Who may connect to the pods of a workload. */
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
  return ofKind(graph, 'NetworkPolicy').flatMap(({ metadata, spec }) => {
    const { podSelector, ingress } = objectAt(spec);
    const to = `${metadata.namespace ?? ''}/${labelsOf(objectAt(podSelector))}`;
    return objectsAt(ingress).map((rule) => ({ to, ports: portsOf(rule), from: peersOf(rule, metadata.namespace ?? '') }));
  }).sort((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : a.from < b.from ? -1 : 1));
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

function peersOf({ from }: JsonObject, namespace: string): string {
  const peers = objectsAt(from).map(({ namespaceSelector, podSelector, ipBlock }) => {
    const other = textAt(objectAt(objectAt(namespaceSelector).matchLabels)['kubernetes.io/metadata.name']) ?? namespace;
    return textAt(objectAt(ipBlock).cidr) ?? `${other}/${labelsOf(objectAt(podSelector))}`;
  });
  return peers.join(', ') || 'anywhere';
}

function labelsOf({ matchLabels }: JsonObject): string {
  return Object.entries(objectAt(matchLabels)).map(([key, value]) => `${key.replace(/^app\.kubernetes\.io\//, '')}=${String(value)}`).join(',') || '*';
}
