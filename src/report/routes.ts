import { PATHS_WITHOUT_SESSION, PROJECT_PATHS, PUBLIC_PATHS, ROLE_RIGHTS } from '../../constructs/admin/access-rights';
import { NAMESPACE_NAME } from '../../constructs/kube';
import type { Graph } from '../objects/graph';
import { type JsonObject, type Manifest, objectAt, objectsAt, textAt } from '../objects/manifest';

/** Who may send at least some requests: everybody, every user, members of a project, or administrators alone. */
export type Requester = 'public' | 'user' | 'project' | 'admin';

/** A web route, or a port of the nodes that leads past it. */
export interface RouteRow {
  readonly path: string;
  readonly to: string;

  /** The weakest requester that gets through to something below the path. */
  readonly requester: Requester | `anybody, by node port ${number}`;

  readonly middlewares: string;
}

/** A connection that network policies let through: pods are namespace and labels, `*` stands for all. */
export interface ReachRow {
  readonly to: string;
  readonly ports: string;
  readonly from: string;
}

/** Whoever has a session gets to what is public, too. */
const REQUESTERS: readonly [Requester, readonly string[]][] = [
  ['user', [...PUBLIC_PATHS, ...ROLE_RIGHTS.user.map(({ path }) => path)]],
  ['project', [...PROJECT_PATHS, ...ROLE_RIGHTS['project-manager'].map(({ path }) => path)]],
];

/** The pods that all requests by web routes pass, by their names. */
const FRONT_DOOR: ReadonlySet<unknown> = new Set(['oauth2-proxy', 'traefik']);

/**
 * Every web route with its authentication, after the ports of the nodes that ask nobody for one.
 *
 * @param withoutSession paths that the login lets pass, as regular expressions
 */
export function routeTable(graph: Graph, withoutSession = PATHS_WITHOUT_SESSION): RouteRow[] {
  const routes = ofKind(graph, 'Ingress')
    .flatMap(({ metadata, spec }) =>
      objectsAt(objectAt(spec).rules)
        .flatMap(({ http }) => objectsAt(objectAt(http).paths))
        .map(({ path, backend }) => ({
          path: textAt(path) ?? '/',
          to: `${metadata.namespace ?? ''}/${textAt(objectAt(objectAt(backend).service).name) ?? ''}`,
          middlewares: (metadata.annotations?.['traefik.ingress.kubernetes.io/router.middlewares'] ?? '').replaceAll(
            '@kubernetescrd',
            '',
          ),
        })),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const paths = routes.map(({ path }) => path);
  const open = openPaths(withoutSession);
  return [
    ...portRows(graph),
    ...routes.map((route) => ({ ...route, requester: requesterOf(route.path, paths, open) })),
  ];
}

/** Every connection that a network policy lets in. */
export function reachTable(graph: Graph): ReachRow[] {
  return ruleRows(graph, 'ingress', (pods, ports, peers) => ({ to: pods, ports, from: peers })).sort((a, b) =>
    a.to < b.to ? -1 : a.to > b.to ? 1 : a.from < b.from ? -1 : 1,
  );
}

/** What pods may connect to, where a network policy limits it. */
export function exitTable(graph: Graph): ReachRow[] {
  return ruleRows(graph, 'egress', (pods, ports, peers) => ({ to: peers, ports, from: pods })).sort((a, b) =>
    a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1,
  );
}

function ruleRows(
  graph: Graph,
  direction: 'ingress' | 'egress',
  row: (pods: string, ports: string, peers: string) => ReachRow,
): ReachRow[] {
  return ofKind(graph, 'NetworkPolicy').flatMap(({ metadata: { namespace = '' }, spec }) => {
    const { podSelector, [direction]: rules } = objectAt(spec);
    const pods = `${namespace}/${labelsOf(objectAt(podSelector))}`;
    return objectsAt(rules).map((rule) =>
      row(pods, portsOf(rule), peersOf(objectsAt(direction === 'ingress' ? rule.from : rule.to), namespace)),
    );
  });
}

/** Services that nodes have a port of, but for the front door. */
function portRows(graph: Graph): RouteRow[] {
  return ofKind(graph, 'Service').flatMap(({ metadata: { namespace = '', name }, spec }) => {
    const { selector, ports } = objectAt(spec);
    if (FRONT_DOOR.has(objectAt(selector)['app.kubernetes.io/name'])) return [];
    return objectsAt(ports).flatMap(({ nodePort }): RouteRow[] =>
      typeof nodePort === 'number'
        ? [{ path: '-', to: `${namespace}/${name}`, requester: `anybody, by node port ${nodePort}`, middlewares: '' }]
        : [],
    );
  });
}

/** Where paths begin that need no session: the login lets these pass, and then the policy does. */
function openPaths(withoutSession: readonly string[]): string[] {
  const passed = withoutSession.map(beginOf);
  const common = PUBLIC_PATHS.map(beginOf).flatMap((path) =>
    passed.flatMap((other) => (path.startsWith(other) ? path : other.startsWith(path) ? other : [])),
  );
  // The pages below that are its own.
  return common.filter((path) => !path.startsWith('/oauth2/'));
}

/** Who gets through to what begins with `path`, and with none of the longer ones of `paths`. */
function requesterOf(path: string, paths: readonly string[], open: readonly string[]): Requester {
  const leadsHere = (begin: string): boolean =>
    begin.startsWith(path)
      ? !paths.some((other) => other.length > path.length && begin.startsWith(other))
      : path.startsWith(begin.replace(/\/$/, ''));
  if (open.some(leadsHere)) return 'public';
  return REQUESTERS.find(([, patterns]) => patterns.map(beginOf).some(leadsHere))?.[0] ?? 'admin';
}

/** What each path begins with that the regular expression `pattern` stands for. */
function beginOf(pattern: string): string {
  return pattern.replace(/^\^/, '').replace(/(\.\*|\$)$/, '');
}

function ofKind(graph: Graph, kind: string): Manifest[] {
  return graph.nodes.map(({ manifest }) => manifest).filter((manifest) => manifest.kind === kind);
}

function portsOf({ ports }: JsonObject): string {
  return (
    objectsAt(ports)
      .map(({ port }) => String(port))
      .join(', ') || 'all'
  );
}

function peersOf(peers: readonly JsonObject[], namespace: string): string {
  return (
    peers
      .map(({ namespaceSelector, podSelector, ipBlock }) => {
        const { cidr, except } = objectAt(ipBlock);
        if (typeof cidr === 'string') return Array.isArray(except) ? `${cidr} except ${except.join(' ')}` : cidr;
        const named = objectAt(objectAt(objectAt(namespaceSelector).matchLabels))[NAMESPACE_NAME];
        const other =
          namespaceSelector === undefined ? namespace : (textAt(named) ?? `(${labelsOf(objectAt(namespaceSelector))})`);
        return `${other}/${labelsOf(objectAt(podSelector))}`;
      })
      .join(', ') || 'anywhere'
  );
}

/** A selector in the words of `kubectl get --selector`; labels of applications by their last name. */
function labelsOf({ matchLabels, matchExpressions }: JsonObject): string {
  const short = (key: unknown): string => String(key).replace(/^(app\.)?kubernetes\.io\/(metadata\.)?/, '');
  const equal = Object.entries(objectAt(matchLabels)).map(([key, value]) => `${short(key)}=${String(value)}`);
  const others = objectsAt(matchExpressions).map(({ key, operator, values }) => {
    const among = Array.isArray(values) ? values.join('|') : '';
    return (
      {
        In: `${short(key)}=${among}`,
        NotIn: `${short(key)}!=${among}`,
        Exists: short(key),
        DoesNotExist: `!${short(key)}`,
      }[String(operator)] ?? ''
    );
  });
  return [...equal, ...others].join(',') || '*';
}
