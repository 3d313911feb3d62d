import { holdsSecret, secretsIn, SHARED_DIRECTORY } from '../../constructs/kube';
import { finding, type Finding, type Subject } from '../findings/finding';
import type { Graph } from '../objects/graph';
import { objectAt, objectsAt, textAt, textsIn } from '../objects/manifest';

/**
 * Everything in `graph` that would go wrong on a server, found without one. `elsewhere` are identities that other
 * environments deploy.
 */
export function treeFindings(graph: Graph, elsewhere: ReadonlySet<string> = new Set()): Finding[] {
  return [
    ...duplicates(graph),
    ...dangling(graph, elsewhere),
    ...exposedSecrets(graph),
    ...overlappingPaths(graph),
    ...sharedNodePorts(graph),
    ...longNames(graph),
  ];
}

function duplicates(graph: Graph): Finding[] {
  return [...graph.duplicates].map(([id, paths]) => finding('duplicate-object', object(id), { paths }));
}

/** Kinds that a pod or an Ingress cannot do without; others (classes, namespaces) may be the cluster's own. */
const OWN_KINDS = /^(Secret|ConfigMap|PersistentVolumeClaim|Service|ServiceAccount|PersistentVolume)\//;

/** What Kubernetes puts into every namespace. */
const GIVEN = /^(ConfigMap\/[^/]*\/kube-root-ca\.crt|ServiceAccount\/[^/]*\/default)$/;

function dangling(graph: Graph, elsewhere: ReadonlySet<string>): Finding[] {
  return graph.nodes.flatMap((node) =>
    [...new Set(node.references.filter(({ required }) => required).map(({ to }) => to))]
      .filter(
        (to) =>
          OWN_KINDS.test(to) &&
          !GIVEN.test(to) &&
          !graph.byId.has(to) &&
          !graph.atRunTime.has(to) &&
          !elsewhere.has(to),
      )
      .map((to) => finding('dangling-reference', object(node.id), { to, ...others(graph, to) })),
  );
}

/** Where there is one of that name, which somebody may have meant. */
function others(graph: Graph, to: string): { readonly namespaces?: readonly string[] } {
  const [kind = '', , name = ''] = to.split('/');
  const namespaces = graph.nodes
    .filter(({ manifest }) => manifest.kind === kind && manifest.metadata.name === name)
    .flatMap(({ manifest }) => manifest.metadata.namespace ?? []);
  return namespaces.length === 0 ? {} : { namespaces: [...new Set(namespaces)] };
}

/** What Pulumi writes where an Output was joined to a text. */
const OUTPUT = 'Calling [toString] on an [Output<T>]';

function exposedSecrets(graph: Graph): Finding[] {
  return graph.nodes
    .filter(({ manifest }) => manifest.kind !== 'Secret' && holdsOpen(JSON.stringify(manifest)))
    .flatMap((node) =>
      [...textsIn(node.manifest)].flatMap(({ path, text }): Finding[] => {
        if (holdsSecret(text)) return [finding('exposed-secret', object(node.id), { path, secrets: secretsIn(text) })];
        return text.includes(OUTPUT) ? [finding('joined-output', object(node.id), { path })] : [];
      }),
    );
}

function holdsOpen(text: string): boolean {
  return holdsSecret(text) || text.includes(OUTPUT);
}

/** Every path belongs to one volume, or to several that all say that they share it. */
function overlappingPaths(graph: Graph): Finding[] {
  const paths = graph.nodes
    .filter(({ manifest }) => manifest.kind === 'PersistentVolume')
    .flatMap(({ id, manifest }) => {
      const { hostPath, nfs } = objectAt(manifest.spec);
      const path = textAt(objectAt(hostPath).path) ?? textAt(objectAt(nfs).path);
      const shared = manifest.metadata.annotations?.[SHARED_DIRECTORY] === 'true';
      return path === undefined
        ? []
        : [{ id, shared, path: `${textAt(objectAt(nfs).server) ?? ''}${path.replace(/\/+$/, '')}/` }];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return paths.slice(1).flatMap(({ id, path, shared }, index) => {
    const outer = paths.slice(0, index + 1).findLast((candidate) => path.startsWith(candidate.path));
    return outer === undefined || (shared && outer.shared && path === outer.path)
      ? []
      : [finding('overlapping-volumes', object(id), { other: outer.id, path })];
  });
}

/**
 * A port of the nodes belongs to one Service. Only within that one the API server tells the protocols of a port apart.
 */
function sharedNodePorts(graph: Graph): Finding[] {
  const owners = new Map<number, Set<string>>();
  for (const { id, manifest } of graph.nodes.filter(({ manifest: { kind } }) => kind === 'Service')) {
    for (const { nodePort } of objectsAt(objectAt(manifest.spec).ports)) {
      if (typeof nodePort === 'number') owners.set(nodePort, (owners.get(nodePort) ?? new Set()).add(id));
    }
  }
  return [...owners]
    .filter(([, ids]) => ids.size > 1)
    .map(([port, ids]) => ({ port, objects: [...ids] }))
    .map((facts) => finding('shared-node-port', object(facts.objects[0] ?? ''), facts));
}

/**
 * How long names may be that stand in host names; `deploy` ends the name of a Job with 9 characters more.
 */
const NAME_LENGTHS: Readonly<Record<string, number>> = { Service: 63, Namespace: 63, Job: 63 - 9 };
const NAME_LENGTH = 253;

function longNames(graph: Graph): Finding[] {
  return graph.nodes.flatMap(({ id, manifest }) => {
    const { kind, metadata } = manifest;
    const limit = NAME_LENGTHS[kind] ?? NAME_LENGTH;
    const { length } = metadata.name;
    return length > limit ? [finding('long-name', object(id), { length, limit })] : [];
  });
}

function object(id: string): Subject {
  return { kind: 'object', id };
}
