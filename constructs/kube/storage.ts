import type { k8s } from 'cdk8s-plus-27';

/** What data is kept for: databases, bulk data, or the files of running workflows. */
export type StorageRole = 'fast' | 'slow' | 'workflow';

/** How a claim of some role is met. */
export interface StoragePlan {
  readonly storageClass: string;

  readonly accessMode: 'ReadWriteOnce' | 'ReadWriteMany';

  /**
   * What the volume is made of.
   *
   * @default - the storage class makes the volume
   */
  readonly source?: Pick<k8s.PersistentVolumeSpec, 'hostPath' | 'nfs' | 'mountOptions' | 'nodeAffinity'>;
}

/** Where a platform keeps its data. */
export interface StorageProvider {
  /** How `directory` (relative, unique in its role) is kept. */
  plan(role: StorageRole, directory: string): StoragePlan;
}

/** Directories of one node: a pod that mounts one runs there, whether or not it says so itself. */
export class HostPathStorage implements StorageProvider {
  constructor(
    private readonly props: {
      /** Absolute directory by role. */
      readonly directories: Readonly<Record<StorageRole, string>>;
      /** Storage class by role. */
      readonly classes: Readonly<Record<StorageRole, string>>;
      /** Labels of the node that has them. */
      readonly node: Readonly<Record<string, string>>;
    },
  ) {}

  public plan(role: StorageRole, directory: string): StoragePlan {
    const path = `${this.props.directories[role]}/${directory}`;
    const matchExpressions = Object.entries(this.props.node).map(([key, value]) => ({
      key,
      operator: 'In',
      values: [value],
    }));
    const source = {
      hostPath: { path, type: 'DirectoryOrCreate' },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } },
    };
    return { storageClass: this.props.classes[role], accessMode: 'ReadWriteOnce', source };
  }
}

/** Directories of an NFS export. */
export class NfsStorage implements StorageProvider {
  constructor(
    private readonly props: {
      readonly server: string;
      /** Exported path. */
      readonly path: string;
      /** Directory of the instance below `path`, by role. */
      readonly directories: Readonly<Record<StorageRole, string>>;
      readonly storageClass: string;
      readonly mountOptions?: readonly string[];
    },
  ) {}

  public plan(role: StorageRole, directory: string): StoragePlan {
    const { server, storageClass, mountOptions } = this.props;
    const path = `${this.props.path}/${this.props.directories[role]}/${directory}`.replace(/\/{2,}/g, '/');
    const source = { nfs: { server, path }, mountOptions: mountOptions && [...mountOptions] };
    return { storageClass, accessMode: 'ReadWriteMany', source };
  }
}

/** Volumes that a storage class makes, e.g. Longhorn's. */
export class DynamicStorage implements StorageProvider {
  constructor(private readonly classes: Readonly<Record<StorageRole, string>>) {}

  public plan(role: StorageRole): StoragePlan {
    const accessMode = role === 'workflow' ? 'ReadWriteMany' : 'ReadWriteOnce';
    return { storageClass: this.classes[role], accessMode };
  }
}
