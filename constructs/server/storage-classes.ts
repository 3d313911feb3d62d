import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { StorageRole } from '../kube';

/** Makes volumes in directories of the node. */
export interface HostPathProvisioner {
  /** Its name, as storage classes have it. */
  readonly name: string;

  /** Parameter of a class that says in which directory. @default - it has directories of its own */
  readonly directoryParameter?: string;
}

/** Properties of `StorageClasses`. */
export interface StorageClassesProps {
  /** @default - nobody makes hostpath volumes, all are static */
  readonly provisioner?: HostPathProvisioner;

  /** Absolute data directories. */
  readonly directories: { readonly fast: string; readonly slow: string };

  /** Name of the node that holds the data. */
  readonly mainNode: string;

  /** Replicas in Longhorn of the files of running workflows. */
  readonly replicaCount: number;

  /** Whether volumes may lie on an NFS export. @default false */
  readonly nfs?: boolean;

  /** Put before every name, as the classes hold an instance's directories. @default '' */
  readonly prefix?: string;
}

const STATIC = 'kubernetes.io/no-provisioner';
const LONGHORN = 'driver.longhorn.io';

/**
 * Where volumes come from (kaapana-admin-chart, Kaapana 0.6.0).
 *
 * Every class retains its volumes: a deleted claim never takes data with it.
 */
export class StorageClasses extends Construct {
  /** Class by role for directories of the node. */
  public readonly hostPath: Readonly<Record<StorageRole, string>>;

  /** Class by role for Longhorn. */
  public readonly longhorn: Readonly<Record<StorageRole, string>>;

  /** Class for static volumes on an NFS export. */
  public readonly nfs: string;

  private readonly prefix: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: StorageClassesProps,
  ) {
    super(scope, id);
    this.prefix = props.prefix ?? '';
    const { fast, slow } = props.directories;

    const fastDirectory = this.hostPathClass('kaapana-hostpath-fast-data-dir', fast);
    const slowDirectory = this.hostPathClass('kaapana-hostpath-slow-data-dir', slow);
    this.hostPath = { fast: fastDirectory, slow: slowDirectory, workflow: fastDirectory };
    this.longhorn = {
      fast: this.longhornClass('kaapana-longhorn-fast-db', this.onDisk('fast-data')),
      slow: this.longhornClass('kaapana-longhorn-slow-data', this.onDisk('slow-data')),
      workflow: this.longhornClass('kaapana-longhorn-fast-workflow', {
        parameters: {
          numberOfReplicas: String(props.replicaCount),
          fsType: 'ext4',
          mkfsParams: '-E discard',
          disableRevisionCounter: 'true',
          staleReplicaTimeout: '20',
        },
      }),
    };
    this.nfs = `${this.prefix}nfs`;
    if (props.nfs) this.add('nfs', { provisioner: STATIC, volumeBindingMode: 'Immediate' });
  }

  private hostPathClass(name: string, directory: string): string {
    const { name: provisioner, directoryParameter }: HostPathProvisioner = this.props.provisioner ?? { name: STATIC };
    return this.add(name, {
      provisioner,
      parameters: directoryParameter === undefined ? undefined : { [directoryParameter]: directory },
    });
  }

  private longhornClass(name: string, shape: Partial<k8s.KubeStorageClassProps>): string {
    return this.add(name, { provisioner: LONGHORN, allowVolumeExpansion: true, ...shape });
  }

  /** One copy, on the disks of the main node that carry the tag `disk`. */
  private onDisk(disk: string): Partial<k8s.KubeStorageClassProps> {
    return {
      parameters: {
        numberOfReplicas: '1',
        dataLocality: 'best-effort',
        diskSelector: disk,
        fsType: 'ext4',
        staleReplicaTimeout: '30',
        fromBackup: '',
        disableRevisionCounter: 'false',
      },
      allowedTopologies: [
        {
          matchLabelExpressions: [{ key: 'kubernetes.io/hostname', values: [this.props.mainNode] }],
        },
      ],
    };
  }

  private add(name: string, shape: k8s.KubeStorageClassProps): string {
    const fullName = `${this.prefix}${name}`;
    new k8s.KubeStorageClass(this, name, {
      metadata: { name: fullName },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      ...shape,
    });
    return fullName;
  }
}
