import type { IConstruct } from 'constructs';
import { DataVolume } from '../../constructs/kube';
import type { Graph } from '../bridge/graph';
import { identity, objectAt, textAt } from '../bridge/manifest';

/** A volume that holds data. */
export interface StorageRow {
  /** Where the data lies; the storage class where Kubernetes chooses. */
  readonly path: string;

  /** Its directory, on the node or the NFS server. @default - Kubernetes chooses */
  readonly directory?: string;

  readonly volume: string;
  readonly claim: string;
  readonly size: string;

  /** Pods that mount it, as `Kind name`. */
  readonly pods: readonly string[];

  /** What is lost if it is lost. */
  readonly holds: string;
}

/** Every volume of the platform, in the order of their paths: what an operator looks at before any `rm`. */
export function storageMap(root: IConstruct, graph: Graph): StorageRow[] {
  const volumes = root.node.findAll().filter((node): node is DataVolume => node instanceof DataVolume);
  return volumes.map(({ name, namespace, plan, holds }) => {
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
      pods: users.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`),
      holds,
    };
  }).sort((a, b) => (a.path < b.path ? -1 : 1));
}
