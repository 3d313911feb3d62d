import { isWithin } from '../base/paths';
import { type ClaimKind, hostOf } from '../claims/claim';
import type { ApiServer } from '../cluster/api-server';
import { ApiServerError } from '../cluster/kubeconfig';
import { HELM_RELEASE, holderOf, isAdopted } from '../cluster/ownership';
import type { Graph } from '../objects/graph';
import { containersOf, type JsonObject, objectAt, objectsAt, textAt } from '../objects/manifest';
import { isSameOwner, type Owner, ownerOf } from '../objects/owner';
import { InstanceScope } from '../settings/instance-scope';
import type { OwnedClaim, Tenant } from './conflict';

/** An environment with its objects, and how these are labelled on a cluster. */
export interface Deployed extends Tenant {
  readonly graph: Graph;
  readonly owner: Owner;
}

/** Objects of a cluster that may be in the way of an environment without having the name of one of its own. */
export interface Cluster {
  readonly namespaces: readonly JsonObject[];
  readonly nodes: readonly JsonObject[];
  readonly pods: readonly JsonObject[];
  readonly services: readonly JsonObject[];
  readonly volumes: readonly JsonObject[];
}

/** Reads them all at once, one request for each kind. */
export async function readCluster(server: ApiServer): Promise<Cluster> {
  const list = async (plural: string): Promise<readonly JsonObject[]> => {
    const found = await server.get(`/api/v1/${plural}`);
    // Every API server has these, so that "not there" is another's answer, and never "none".
    if (found === undefined)
      throw new ApiServerError(
        `the API server ${server.url} does not know ${plural}, which every one has; nothing was changed. Is a proxy in between that lets only some of its paths through?`,
      );
    return objectsAt(found.items);
  };
  const [namespaces, nodes, pods, services, volumes] = await Promise.all([
    list('namespaces'),
    list('nodes'),
    list('pods'),
    list('services'),
    list('persistentvolumes'),
  ]);
  return { namespaces, nodes, pods, services, volumes };
}

/** Who has an object, and by what. */
type Possessor = Pick<OwnedClaim, 'environment' | 'by' | 'holder'>;

/** Tells what of a cluster is not an environment's own. */
export class Others {
  private readonly namespaces: ReadonlyMap<string, JsonObject>;

  constructor(
    private readonly own: Deployed,
    private readonly cluster: Cluster,
  ) {
    this.namespaces = new Map(cluster.namespaces.map((each) => [nameOf(each), each]));
  }

  /** What others have: namespaces and what theirs may begin with, node ports, directories, exports; each once. */
  public claims(): OwnedClaim[] {
    const claims = [
      ...this.cluster.namespaces.flatMap((each) => this.ofNamespace(each)),
      ...this.cluster.services.flatMap((each) => held(this.labelled('Service', each), 'port', nodePorts(each))),
      ...this.cluster.volumes.flatMap((each) => this.ofVolume(each)),
      ...this.pods().flatMap(({ pod, holder }) => [
        ...held(holder, 'port', hostPorts(pod)),
        ...held(
          holder,
          'directory',
          writtenPaths(pod).filter((path) => this.isOurs(path)),
        ),
      ]),
    ];
    return [...new Map(claims.map((claim) => [`${claim.kind} ${claim.value} ${claim.environment}`, claim])).values()];
  }

  /** Pods that run, or wait to, by what makes them. */
  public pods(): { readonly pod: JsonObject; readonly holder: Possessor }[] {
    return this.cluster.pods
      .filter(({ status }) => !['Succeeded', 'Failed'].includes(textAt(objectAt(status).phase) ?? ''))
      .flatMap((pod) => {
        const controller = objectsAt(objectAt(pod.metadata).ownerReferences).find(
          ({ kind, controller: isOne }) => isOne === true && kind !== 'Node',
        );
        const holder = this.holder(textAt(controller?.kind) ?? 'Pod', {
          ...pod,
          metadata: { ...objectAt(pod.metadata), name: controller?.name ?? nameOf(pod) },
        });
        return holder ? [{ pod, holder }] : [];
      });
  }

  /** Who together are asked, in words, for what pods of a namespace have: its environment, or the namespace itself. */
  public tenantOf(namespace: string): string {
    const owner = ownerOf(this.namespaces.get(namespace) ?? {});
    return owner ? `the environment ${owner.environment}` : `the namespace ${namespace}`;
  }

  private ofNamespace(namespace: JsonObject): OwnedClaim[] {
    const holder = this.holder('Namespace', namespace);
    const instance = ownerOf(namespace)?.instance;
    return [
      ...held(holder, 'namespace', [nameOf(namespace)]),
      ...(instance === undefined
        ? []
        : [
            ...held(holder, 'prefix', [InstanceScope.called(instance).projectPrefix]),
            ...held(holder, 'instance', [instance]),
          ]),
    ];
  }

  private ofVolume(volume: JsonObject): OwnedClaim[] {
    const { hostPath, local, nfs, storageClassName } = objectAt(volume.spec);
    // The provisioner of a class makes volumes in its directory, for claims of whoever names the class.
    if (this.own.graph.byId.has(`StorageClass//${textAt(storageClassName) ?? ''}`)) return [];
    const holder = this.holder('PersistentVolume', volume, textAt(objectAt(objectAt(volume.spec).claimRef).namespace));
    const paths = [hostPath, local].flatMap((source) => textAt(objectAt(source).path) ?? []);
    const { server, path } = objectAt(nfs);
    return [
      ...held(holder, 'directory', paths),
      ...held(holder, 'export', nfs === undefined ? [] : [`${hostOf(textAt(server) ?? '')}:${textAt(path) ?? ''}`]),
    ];
  }

  /** Who has an object, by its own labels or those of its namespace; undefined for this environment. */
  private holder(kind: string, object: JsonObject, namespace = namespaceOf(object)): Possessor | undefined {
    const {
      owner,
      settings: { adopt },
    } = this.own;
    const id = idOf(kind, object);
    if (isAdopted(id, object, owner, adopt) || (kind === 'Namespace' && this.isProject(object))) return undefined;
    const around = namespace === undefined ? undefined : this.namespaces.get(namespace);
    if (around === undefined || ownerOf(object)) return this.labelled(kind, object);
    const beside = this.holder('Namespace', around);
    return beside && (ownerOf(around) ? { ...beside, by: { object: { id } } } : this.labelled(kind, object));
  }

  /** The same, by its own labels alone. */
  private labelled(kind: string, object: JsonObject): Possessor | undefined {
    const id = idOf(kind, object);
    const owner = ownerOf(object);
    if (this.own.graph.byId.has(id) || (owner && isSameOwner(owner, this.own.owner))) return undefined;
    const holder = holderOf(object);
    return owner
      ? {
          environment: `the environment ${owner.environment}`,
          by: { object: { id, instance: owner.instance } },
          holder,
        }
      : { environment: id, by: { object: { id } }, holder };
  }

  /** Whether it is the namespace of a project that users made: one of Helm, in a release of that name. */
  private isProject(namespace: JsonObject): boolean {
    const name = nameOf(namespace);
    return (
      name.startsWith(new InstanceScope(this.own.settings).projectPrefix) &&
      objectAt(objectAt(namespace.metadata).annotations)[HELM_RELEASE] === name
    );
  }

  private isOurs(path: string): boolean {
    const { fastDataDir, slowDataDir } = this.own.settings;
    return isWithin(path, fastDataDir) || isWithin(path, slowDataDir);
  }
}

function held(holder: Possessor | undefined, kind: ClaimKind, values: readonly string[]): OwnedClaim[] {
  return holder ? values.map((value) => ({ ...holder, kind, value })) : [];
}

function nodePorts({ spec }: JsonObject): string[] {
  const { ports, healthCheckNodePort } = objectAt(spec);
  return [...portsIn(objectsAt(ports), 'nodePort'), ...portsIn([{ healthCheckNodePort }], 'healthCheckNodePort')];
}

/** A pod in the network of its node has these filled in for all of its ports. */
function hostPorts(pod: JsonObject): string[] {
  return portsIn(
    containersOf(pod).flatMap(({ ports }) => objectsAt(ports)),
    'hostPort',
  );
}

function portsIn(entries: readonly JsonObject[], key: string): string[] {
  return entries.flatMap((entry) =>
    typeof entry[key] === 'number' ? [`${entry[key]}/${textAt(entry.protocol) ?? 'TCP'}`] : [],
  );
}

/** Directories of its node that a pod writes to; agents that look at the whole node only read. */
function writtenPaths(pod: JsonObject): string[] {
  const written = new Set(
    containersOf(pod).flatMap(({ volumeMounts }) =>
      objectsAt(volumeMounts)
        .filter(({ readOnly }) => readOnly !== true)
        .map(({ name }) => name),
    ),
  );
  return objectsAt(objectAt(pod.spec).volumes).flatMap(({ name, hostPath }) =>
    written.has(name) ? (textAt(objectAt(hostPath).path) ?? []) : [],
  );
}

function idOf(kind: string, object: JsonObject): string {
  return `${kind}/${namespaceOf(object) ?? ''}/${nameOf(object)}`;
}

function namespaceOf({ metadata }: JsonObject): string | undefined {
  return textAt(objectAt(metadata).namespace);
}

function nameOf({ metadata }: JsonObject): string {
  return textAt(objectAt(metadata).name) ?? '';
}
