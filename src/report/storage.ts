import type { IConstruct } from 'constructs';
import { DataVolume } from '../../constructs/kube';
import { JobsNamespace } from '../../constructs/projects/jobs-namespace';
import { ProjectNamespace } from '../../constructs/projects/project-namespace';
import type { Graph } from '../objects/graph';
import { identity, objectAt, textAt } from '../objects/manifest';

/** A volume that holds data. */
export interface StorageRow {
  /** Where the data lies; the storage class where Kubernetes chooses. */
  readonly path: string;

  /** Its directory, on the node or the NFS server. @default - Kubernetes chooses */
  readonly directory?: string;

  readonly volume: string;
  readonly claim: string;
  readonly size: string;

  /** Pods that mount it, as `Kind name`; else who does at times. */
  readonly pods: readonly string[];

  /** What is lost if it is lost. */
  readonly holds: string;
}

/** Every volume of the platform, in the order of their paths: what an operator looks at before any `rm`. */
export function storageMap(root: IConstruct, graph: Graph): StorageRow[] {
  const volumes = root.node.findAll().filter((node): node is DataVolume => node instanceof DataVolume);
  return volumes
    .map((volume) => {
      const { name, namespace, plan, holds } = volume;
      const claim = identity('PersistentVolumeClaim', namespace, name);
      const spec = objectAt(graph.byId.get(claim)?.manifest.spec);
      const users = graph.nodes.filter(({ references }) => references.some(({ to }) => to === claim));
      const { hostPath, nfs } = plan.source ?? {};
      return {
        path: hostPath?.path ?? (nfs ? `${nfs.server}:${nfs.path}` : `class ${plan.storageClass}`),
        directory: hostPath?.path ?? nfs?.path,
        volume: textAt(spec.volumeName) ?? '(made by its class)',
        claim: `${namespace}/${name}`,
        size: textAt(objectAt(objectAt(spec.resources).requests).storage) ?? '',
        pods:
          users.length === 0 && isForTasks(volume)
            ? ['tasks of workflows']
            : users.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`),
        holds,
      };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Whether it is where Airflow starts the pods of tasks, which no tree has: their template and their operators name it.
 */
function isForTasks(volume: DataVolume): boolean {
  return volume.node.scopes.some((scope) => scope instanceof ProjectNamespace || scope instanceof JobsNamespace);
}
