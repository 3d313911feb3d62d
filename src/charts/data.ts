import type { Graph, GraphNode } from '../objects/graph';
import {
  identityOf,
  type JsonObject,
  type Manifest,
  objectAt,
  objectsAt,
  podTemplate,
  textAt,
} from '../objects/manifest';
import { isDatabase, isDataPath, isScratchPath } from './data-paths';

/** Where a chart that others made keeps files, and what becomes of them. */
export interface ChartData {
  /** Name of the install. */
  readonly extension: string;

  readonly place: 'pod' | 'container' | 'node' | 'claim' | 'claims of a StatefulSet';

  /** Identity of the claim, or of the workload whose pods have them. */
  readonly object: string;

  /** Name of the volume in the pods; of the claims. */
  readonly name: string;

  /** Where pods mount it. */
  readonly paths: readonly string[];

  /** Whether somebody would miss them. */
  readonly isData: boolean;

  /** When they are lost: never by this program; with each pod; with the extension. */
  readonly lost: 'never' | 'with-pod' | 'with-extension';

  /** Directory of the node. */
  readonly directory?: string;

  /** Class of the claim. @default - the server's default class */
  readonly storageClass?: string;
  readonly size?: string;

  /** Whether the class is one of the platform, which all retain their volumes. */
  readonly isRetained: boolean;

  /** Who mounts it, as `Kind name`. */
  readonly users: readonly string[];
}

/** Annotation of a claim that stays when its chart is removed (Helm). */
const POLICY = 'helm.sh/resource-policy';

/** Whether an object stays on the server when its chart is removed. */
export function isKept({ metadata }: Manifest): boolean {
  return metadata.annotations?.[POLICY]?.trim() === 'keep';
}

/** What the charts of these names keep, in the order of the tree. */
export function chartData(graph: Graph, extensions: readonly string[]): ChartData[] {
  return extensions.flatMap((extension) => {
    const nodes = graph.nodes.filter(({ component }) => component === `extensions/${extension}`);
    return nodes.flatMap((node) => new Keeper(extension, graph, nodes).of(node));
  });
}

class Keeper {
  constructor(
    private readonly extension: string,
    private readonly graph: Graph,
    private readonly nodes: readonly GraphNode[],
  ) {}

  public of({ manifest }: GraphNode): ChartData[] {
    if (manifest.kind === 'PersistentVolumeClaim') return [this.claim(manifest)];
    const template = podTemplate(manifest);
    if (!template) return [];
    const pod = objectAt(template.spec);
    return [
      ...objectsAt(pod.volumes).flatMap((volume) => this.volume(manifest, pod, volume)),
      ...(manifest.kind === 'Job' ? [] : objectsAt(pod.containers)).flatMap((container) =>
        this.unmounted(manifest, pod, container),
      ),
      ...(manifest.kind === 'StatefulSet' ? objectsAt(objectAt(manifest.spec).volumeClaimTemplates) : []).map((claim) =>
        this.template(manifest, pod, claim),
      ),
    ];
  }

  private claim(manifest: Manifest): ChartData {
    const id = identityOf(manifest);
    const users = this.nodes.filter(({ references }) => references.some(({ to }) => to === id));
    const paths = users.flatMap(({ manifest: user }) => {
      const pod = objectAt(podTemplate(user)?.spec);
      return objectsAt(pod.volumes)
        .filter(({ persistentVolumeClaim }) => objectAt(persistentVolumeClaim).claimName === manifest.metadata.name)
        .flatMap(({ name }) => mountsOf(pod, textAt(name) ?? '').map(({ path }) => path));
    });
    const lost = isKept(manifest) ? 'never' : 'with-extension';
    return this.claimed('claim', manifest, manifest.metadata.name, objectAt(manifest.spec), {
      paths: unique(paths),
      lost,
      users: users.map(({ manifest: user }) => named(user)),
    });
  }

  private template(manifest: Manifest, pod: JsonObject, claim: JsonObject): ChartData {
    const name = textAt(objectAt(claim.metadata).name) ?? '';
    const { whenDeleted } = objectAt(objectAt(manifest.spec).persistentVolumeClaimRetentionPolicy);
    const { replicas } = objectAt(manifest.spec);
    const count = typeof replicas === 'number' ? replicas : 1;
    const last = count > 1 ? `0 to ${count - 1}` : '0';
    return this.claimed(
      'claims of a StatefulSet',
      manifest,
      `${name}-${manifest.metadata.name}-${last}`,
      objectAt(claim.spec),
      {
        paths: unique(mountsOf(pod, name).map(({ path }) => path)),
        lost: whenDeleted === 'Delete' ? 'with-extension' : 'never',
        users: [named(manifest)],
      },
    );
  }

  private claimed(
    place: ChartData['place'],
    owner: Manifest,
    name: string,
    spec: JsonObject,
    rest: Pick<ChartData, 'paths' | 'lost' | 'users'>,
  ): ChartData {
    const storageClass = textAt(spec.storageClassName);
    return {
      extension: this.extension,
      place,
      object: identityOf(owner),
      name,
      isData: true,
      storageClass,
      size: textAt(objectAt(objectAt(spec.resources).requests).storage),
      isRetained: storageClass !== undefined && this.isOurs(storageClass),
      ...rest,
    };
  }

  private isOurs(storageClass: string): boolean {
    return this.graph.byId.get(`StorageClass//${storageClass}`)?.manifest.reclaimPolicy === 'Retain';
  }

  private volume(manifest: Manifest, pod: JsonObject, { name: given, emptyDir, hostPath }: JsonObject): ChartData[] {
    if (emptyDir === undefined && hostPath === undefined) return [];
    const name = textAt(given) ?? '';
    const mounts = mountsOf(pod, name);
    const directory = textAt(objectAt(hostPath).path);
    const isWritten = mounts.some(({ readOnly, isInit }) => !readOnly && !isInit);
    const looksLikeData =
      mounts.some(({ path }) => isDataPath(path, name)) ||
      mounts.some(({ path, image }) => isDatabase(image) && !isScratchPath(path));
    return [
      {
        extension: this.extension,
        place: directory === undefined ? 'pod' : 'node',
        object: identityOf(manifest),
        name,
        paths: unique(mounts.map(({ path }) => path)),
        isData: isWritten && (directory !== undefined || looksLikeData) && manifest.kind !== 'Job',
        lost: directory === undefined ? 'with-pod' : 'never',
        directory,
        isRetained: false,
        users: [named(manifest)],
      },
    ];
  }

  /** A database that has no volume at all keeps its data in the container. */
  private unmounted(manifest: Manifest, pod: JsonObject, container: JsonObject): ChartData[] {
    if (!isDatabase(textAt(container.image) ?? '')) return [];
    const templates = objectsAt(objectAt(manifest.spec).volumeClaimTemplates).map(
      ({ metadata }) => objectAt(metadata).name,
    );
    const kept = objectsAt(pod.volumes)
      .filter((volume) => KEEPING.some((kind) => volume[kind] !== undefined))
      .map(({ name }) => name);
    const mounts = objectsAt(container.volumeMounts).filter(({ name }) => [...templates, ...kept].includes(name));
    if (mounts.some(({ mountPath }) => !isScratchPath(textAt(mountPath) ?? ''))) return [];
    return [
      {
        extension: this.extension,
        place: 'container',
        object: identityOf(manifest),
        name: textAt(container.name) ?? '',
        paths: [],
        isData: true,
        lost: 'with-pod',
        isRetained: false,
        users: [named(manifest)],
      },
    ];
  }
}

/** Volumes that hold what a program writes. */
const KEEPING = ['emptyDir', 'hostPath', 'persistentVolumeClaim'] as const;

interface Mount {
  readonly path: string;
  readonly image: string;
  readonly readOnly: boolean;
  readonly isInit: boolean;
}

function mountsOf(pod: JsonObject, volume: string): Mount[] {
  return (['initContainers', 'containers'] as const).flatMap((key) =>
    objectsAt(pod[key]).flatMap(({ image, volumeMounts }) =>
      objectsAt(volumeMounts)
        .filter(({ name }) => name === volume)
        .map(({ mountPath, readOnly }) => ({
          path: textAt(mountPath) ?? '',
          image: textAt(image) ?? '',
          readOnly: readOnly === true,
          isInit: key === 'initContainers',
        })),
    ),
  );
}

function named({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
