import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { InitialCredential, RuntimeSecret } from '../../constructs/kube';
import { identity, identityOf, type Manifest, objectAt, objectsAt, podTemplate, textAt } from './manifest';
import { normalise } from './normalise';
import { type Reference, referencesOf } from './references';

/** One object of the tree, ready to be deployed or rendered. */
export interface GraphNode {
  /** `Kind/namespace/name`. */
  readonly id: string;

  /** Path of the component that it belongs to. */
  readonly component: string;

  /** Path of its construct. */
  readonly path: string;

  readonly manifest: Manifest;

  readonly references: readonly Reference[];

  /** Identities of what has to be there first. */
  readonly dependsOn: readonly string[];
}

/** Keys of a Secret that a program takes when it makes its data, and never again. */
export interface InitialKeys {
  /** Identity of the Secret. */
  readonly secret: string;
  readonly keys: readonly string[];

  /** Identity of the claim that the data is in. */
  readonly claim: string;

  /** How the program is told of another value. */
  readonly changedBy: string;
}

/** All objects of a tree. */
export interface Graph {
  /** Dependencies first; otherwise in the order of the tree. */
  readonly nodes: readonly GraphNode[];

  readonly byId: ReadonlyMap<string, GraphNode>;

  /** Identities that pods make at run time. */
  readonly atRunTime: ReadonlySet<string>;

  /** Keys of Secrets that programs take once, when they make their data. */
  readonly initialCredentials: readonly InitialKeys[];

  /** Identities that stand more than once in the tree, with the paths of their constructs. */
  readonly duplicates: ReadonlyMap<string, readonly string[]>;
}

/**
 * Walks the construct tree once. Objects are rendered one by one: rendering whole charts takes time that
 * grows exponentially with the depth of dependencies between components.
 *
 * @throws when objects depend on each other in a circle
 */
export function buildGraph(root: IConstruct): Graph {
  const constructs = root.node.findAll();
  const objects = new Map<IConstruct, GraphNode>();
  const paths = new Map<string, string[]>();
  for (const construct of constructs.filter((candidate) => ApiObject.isApiObject(candidate))) {
    const manifest = normalise(construct.toJson() as Manifest);
    const id = identityOf(manifest);
    const path = construct.node.path;
    paths.set(id, [...(paths.get(id) ?? []), path]);
    objects.set(construct, {
      id,
      path,
      manifest,
      component: componentOf(construct),
      references: referencesOf(manifest),
      dependsOn: [],
    });
  }
  const byId = new Map([...objects.values()].map((node) => [node.id, node]));
  const edges = new Edges(objects);
  const foundation = [...byId.values()].filter(({ manifest: { kind } }) => FOUNDATION.has(kind));
  const linked = new Map(
    [...objects].map(([construct, node]) => {
      const wanted = [...edges.of(construct), ...implicitEdges(node, foundation)];
      const dependsOn = [...new Set(wanted)].filter((id) => id !== node.id && byId.has(id)).sort();
      return [node.id, { ...node, dependsOn }];
    }),
  );
  const secrets = constructs.filter((construct) => construct instanceof RuntimeSecret);
  return {
    nodes: sorted(linked),
    byId: linked,
    atRunTime: new Set(secrets.map(({ namespace, name }) => identity('Secret', namespace, name))),
    initialCredentials: constructs
      .filter((construct) => construct instanceof InitialCredential)
      .map(({ secret, keys, data, changedBy }) => ({
        secret: identity('Secret', secret.metadata.namespace, secret.name),
        keys,
        claim: identity('PersistentVolumeClaim', data.namespace, data.name),
        changedBy,
      })),
    duplicates: new Map([...paths].filter(([, where]) => where.length > 1)),
  };
}

/** A component is what stands directly below a chart; a chart stands below the app. */
function componentOf(construct: IConstruct): string {
  return construct.node.path.split('/').slice(0, 2).join('/');
}

/** Dependencies that constructs declare, as identities of objects. */
class Edges {
  private readonly known = new Map<IConstruct, readonly string[]>();

  constructor(private readonly objects: ReadonlyMap<IConstruct, GraphNode>) {}

  /** Of an object: its own and those of all constructs around it, except what lies inside these. */
  public of(object: IConstruct): string[] {
    return object.node.scopes.flatMap((around) => around.node.dependencies.flatMap((on) => this.leaves(on, new Set())));
  }

  /** The objects below `construct`; of a mere link without objects, those that it depends on itself. */
  private leaves(construct: IConstruct, onTheWay: ReadonlySet<IConstruct>): readonly string[] {
    const known = this.known.get(construct);
    if (known) return known;
    if (onTheWay.has(construct)) throw new Error(`${construct.node.path} depends on itself`);
    const below = construct.node.findAll().flatMap((child) => this.objects.get(child)?.id ?? []);
    const way = new Set([...onTheWay, construct]);
    const found = below.length > 0 ? below : construct.node.dependencies.flatMap((on) => this.leaves(on, way));
    this.known.set(construct, found);
    return found;
  }
}

/** Kinds that others need without naming them. */
const FOUNDATION: ReadonlySet<string> = new Set([
  'CustomResourceDefinition',
  'LimitRange',
  'RoleBinding',
  'ClusterRoleBinding',
]);

/** What Kubernetes itself wants first: namespaces, definitions, whatever is named, the rights of an account. */
function implicitEdges(node: GraphNode, foundation: readonly GraphNode[]): string[] {
  const { manifest, references } = node;
  const { namespace } = manifest.metadata;
  const edges = references.map(({ to }) => to);
  if (namespace !== undefined) edges.push(identity('Namespace', undefined, namespace));
  const [group] = manifest.apiVersion.split('/');
  const template = podTemplate(manifest);
  const account = template && textAt(objectAt(template.spec).serviceAccountName);
  for (const { id, manifest: other } of foundation) {
    const spec = objectAt(other.spec);
    const defines =
      other.kind === 'CustomResourceDefinition' && spec.group === group && objectAt(spec.names).kind === manifest.kind;
    const limits = template !== undefined && other.kind === 'LimitRange' && other.metadata.namespace === namespace;
    const binds =
      account !== undefined &&
      other.kind.endsWith('RoleBinding') &&
      objectsAt(other.subjects).some((subject) => subject.name === account && subject.namespace === namespace);
    if (defines || limits || binds) edges.push(id);
  }
  return edges;
}

function sorted(nodes: ReadonlyMap<string, GraphNode>): GraphNode[] {
  const order = new Map<string, GraphNode>();
  const visit = (node: GraphNode, way: readonly string[]): void => {
    if (order.has(node.id)) return;
    if (way.includes(node.id))
      throw new Error(
        `these objects wait for each other: ${[...way.slice(way.indexOf(node.id)), node.id].join(' -> ')}`,
      );
    for (const id of node.dependsOn) {
      const next = nodes.get(id);
      if (next) visit(next, [...way, node.id]);
    }
    order.set(node.id, node);
  };
  for (const node of nodes.values()) visit(node, []);
  return [...order.values()];
}
