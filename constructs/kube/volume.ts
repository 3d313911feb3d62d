import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** A named object that a volume takes its content from. */
export interface VolumeSource {
  readonly name: string;
}

/** A volume in a container. */
export interface Mount {
  readonly volume: Volume;
  readonly spec: Omit<k8s.VolumeMount, 'name'>;
}

/** A volume of a pod; the pod gets it by the mounts of its containers. */
export class Volume {
  /** A persistent volume claim. */
  public static claim(name: string, claim: VolumeSource): Volume {
    return new Volume(name, { persistentVolumeClaim: { claimName: claim.name } }, claim);
  }

  /** The keys of a Secret as files. */
  public static secret(name: string, secret: VolumeSource): Volume {
    return new Volume(name, { secret: { secretName: secret.name } }, secret);
  }

  /** The keys of a ConfigMap as files; all of them, or `items` (key to path). */
  public static configMap(name: string, map: VolumeSource, items?: Readonly<Record<string, string>>): Volume {
    const keys = items && Object.entries(items).map(([key, path]) => ({ key, path }));
    return new Volume(name, { configMap: { name: map.name, items: keys } }, map);
  }

  /** A directory that lives as long as the pod. */
  public static emptyDir(name: string, options: k8s.EmptyDirVolumeSource = {}): Volume {
    return new Volume(name, { emptyDir: options });
  }

  /** A path of the node. `type` as in Kubernetes, e.g. `DirectoryOrCreate`. */
  public static hostPath(name: string, path: string, type?: string): Volume {
    return new Volume(name, { hostPath: { path, type } });
  }

  /** What has to exist before the pod. */
  public readonly owner: Construct | undefined;

  private constructor(
    public readonly name: string,
    private readonly source: Omit<k8s.Volume, 'name'>,
    from?: VolumeSource,
  ) {
    this.owner = from instanceof Construct ? from : undefined;
  }

  /** This volume at `mountPath` of a container. */
  public at(mountPath: string, options: Omit<k8s.VolumeMount, 'name' | 'mountPath'> = {}): Mount {
    return { volume: this, spec: { mountPath, ...options } };
  }

  /** @internal */
  public toKube(): k8s.Volume {
    return { name: this.name, ...this.source };
  }
}
