import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from './platform';
import type { QuantityText } from './quantity';
import type { StoragePlan, StorageRole } from './storage';

/** Properties of `DataVolume`. */
export interface DataVolumeProps {
  readonly platform: Platform;

  /** Name of the claim, e.g. `minio-pv-claim`. */
  readonly name: string;

  readonly namespace: string;

  readonly role: StorageRole;

  /** Directory below the data directory of the role. @default - `name` without `-pv-claim` */
  readonly directory?: string;

  /** @default '10Gi' - the size that Kaapana's library chart asks for */
  readonly size?: QuantityText;

  /** What is lost with it, for the storage map; a short noun phrase. */
  readonly holds: string;

  /** Name of the static volume. @default - namespace and `name`, without `-pv-claim` */
  readonly volumeName?: string;

  /**
   * Whether volumes in other namespaces have the same directory of the node. Kubernetes binds a volume to one
   * claim, so each namespace has its own.
   *
   * @default false
   */
  readonly shared?: boolean;
}

/** Annotation of a static volume whose directory others may have too. */
export const SHARED_DIRECTORY = 'volume/shared-directory';

/**
 * Data that outlives every pod: a claim, and a static volume of its own where the provider has directories.
 *
 * The volume is retained and reserved for its claim, so Kubernetes never deletes the data, and a platform
 * that is destroyed and deployed again finds it.
 */
export class DataVolume extends Construct {
  /** Name of the claim. */
  public readonly name: string;
  public readonly namespace: string;
  public readonly role: StorageRole;
  public readonly holds: string;

  /** Directory below the data directory of the role. */
  public readonly directory: string;

  public readonly plan: StoragePlan;

  constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    this.name = props.name;
    this.namespace = props.namespace;
    this.role = props.role;
    this.holds = props.holds;
    this.directory = props.directory ?? props.name.replace(/-pv-claim$/, '');
    this.plan = props.platform.storage.plan(props.role, this.directory);

    const { storageClass: storageClassName, accessMode, source } = this.plan;
    const shape = { storageClassName, accessModes: [accessMode] };
    const storage = k8s.Quantity.fromString(props.size ?? '10Gi');
    const volumeName = source && (props.volumeName ?? `${props.namespace}-${props.name.replace(/-pv-claim$/, '')}`);
    new k8s.KubePersistentVolumeClaim(this, 'Claim', {
      metadata: { name: props.name, namespace: props.namespace },
      spec: { ...shape, volumeName, resources: { requests: { storage } } },
    });
    if (!source) return;
    new k8s.KubePersistentVolume(this, 'Volume', {
      metadata: { name: volumeName, annotations: props.shared ? { [SHARED_DIRECTORY]: 'true' } : undefined },
      spec: {
        ...shape,
        ...source,
        capacity: { storage },
        persistentVolumeReclaimPolicy: 'Retain',
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: props.name, namespace: props.namespace },
      },
    });
  }
}
