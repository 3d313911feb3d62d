import { holdsSecret, secretsIn, SHARED_DIRECTORY } from '../../constructs/kube';
import type { Graph } from '../objects/graph';
import { objectAt, objectsAt, podTemplate, textAt, textsIn } from '../objects/manifest';

/** Everything in `graph` that would go wrong on a server, found without one. `elsewhere` are identities that other environments deploy. */
export function treeProblems(graph: Graph, elsewhere: ReadonlySet<string> = new Set()): string[] {
  return [
    ...duplicates(graph),
    ...dangling(graph, elsewhere),
    ...exposedSecrets(graph),
    ...overlappingPaths(graph),
    ...sharedNodePorts(graph),
    ...longNames(graph),
  ];
}

function duplicates(graph: Graph): string[] {
  return [...graph.duplicates].map(
    ([id, paths]) => `${id} stands in the tree ${paths.length} times: ${paths.join(', ')}`,
  );
}

/** Kinds that a pod or an Ingress cannot do without; others (classes, namespaces) may be the cluster's own. */
const OWN_KINDS = /^(Secret|ConfigMap|PersistentVolumeClaim|Service|ServiceAccount|PersistentVolume)\//;

/** What Kubernetes puts into every namespace. */
const GIVEN = /^(ConfigMap\/[^/]*\/kube-root-ca\.crt|ServiceAccount\/[^/]*\/default)$/;

function dangling(graph: Graph, elsewhere: ReadonlySet<string>): string[] {
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
      .map((to) => `${node.id} refers to ${to}, which nobody makes`),
  );
}

/** What Pulumi writes where an Output was joined to a text. */
const OUTPUT = 'Calling [toString] on an [Output<T>]';

function exposedSecrets(graph: Graph): string[] {
  return graph.nodes
    .filter(({ manifest }) => manifest.kind !== 'Secret' && holdsOpen(JSON.stringify(manifest)))
    .flatMap((node) =>
      [...textsIn(node.manifest)].flatMap(({ path, text }) => {
        if (holdsSecret(text))
          return [`${node.id}: ${path} holds the secret ${secretsIn(text).join(', ')}; refer to a Secret instead`];
        return text.includes(OUTPUT) ? [`${node.id}: ${path} holds an Output; make it a text token first`] : [];
      }),
    );
}

function holdsOpen(text: string): boolean {
  return holdsSecret(text) || text.includes(OUTPUT);
}

/** Every path belongs to one volume, or to several that all say that they share it. */
function overlappingPaths(graph: Graph): string[] {
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
      : [`${id} and ${outer.id} share the path ${path}`];
  });
}

/** A port of the nodes belongs to one Service. Only within that one the API server tells the protocols of a port apart. */
function sharedNodePorts(graph: Graph): string[] {
  const owners = new Map<number, Set<string>>();
  for (const { id, manifest } of graph.nodes.filter(({ manifest: { kind } }) => kind === 'Service')) {
    for (const { nodePort } of objectsAt(objectAt(manifest.spec).ports)) {
      if (typeof nodePort === 'number') owners.set(nodePort, (owners.get(nodePort) ?? new Set()).add(id));
    }
  }
  return [...owners]
    .filter(([, ids]) => ids.size > 1)
    .map(([port, ids]) => `${[...ids].join(' and ')} want the same node port, ${port}`);
}

/** How long names may be that stand in host names or in labels; `deploy` ends the name of a Job with 9 characters more. */
const NAME_LENGTHS: Readonly<Record<string, number>> = { Service: 63, Namespace: 63, Job: 63 - 9 };
const NAME_LENGTH = 253;
const LABEL_LENGTH = 63;

function longNames(graph: Graph): string[] {
  return graph.nodes.flatMap(({ id, manifest }) => {
    const {
      kind,
      metadata: { name, labels },
    } = manifest;
    const length = NAME_LENGTHS[kind] ?? NAME_LENGTH;
    const all = Object.entries({ ...labels, ...objectAt(objectAt(podTemplate(manifest)?.metadata).labels) });
    return [
      ...(name.length > length ? [`${id}: its name has ${name.length} characters, and may have ${length}`] : []),
      ...all
        .map(([key, value]) => ({ key, value: textAt(value) ?? '' }))
        .filter(({ value }) => value.length > LABEL_LENGTH)
        .map(
          ({ key, value }) =>
            `${id}: the value of its label ${key} has ${value.length} characters, and may have ${LABEL_LENGTH}`,
        ),
    ];
  });
}
