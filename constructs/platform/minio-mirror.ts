import type { ISecret } from 'cdk8s-plus-27';
import {
  type Address,
  type ContainerProps,
  type Mount,
  origin,
  type Platform,
  type ResourceProps,
  type Volume,
} from '../kube';
import type { ImageName } from './images';

/** Which way files go: from the object store, to it, or both. */
export type MirrorAction = 'FETCH' | 'PUSH' | 'SYNC';

/** Properties of `minioMirror`. */
export interface MinioMirrorProps {
  readonly platform: Platform<ImageName>;

  /** The object store, and an account of it. */
  readonly minio: { readonly api: Address; readonly account: ISecret };

  /** Name of the container. */
  readonly name: string;

  readonly action: MirrorAction;

  /** Bucket and path in the object store. */
  readonly remote: string;

  /** Volumes with the files. @default - those that its pod mounts everywhere */
  readonly mounts?: readonly Mount[];

  /** Where its client keeps its configuration, instead of in the image. @default - in the image */
  readonly home?: Volume;

  /** Directory in the container. */
  readonly local: string;

  /** Patterns of files that are left out, with commas between them. @default - none */
  readonly exclude?: string;

  /** @default - 10Mi, up to 50Mi */
  readonly memory?: Pick<ResourceProps, 'memoryRequest' | 'memoryLimit'>;
}

const HOME = '/home/kaapana';

/** A container that keeps a directory and a path of the object store alike (minio-mirror, Kaapana 0.6.0). */
export function minioMirror(props: MinioMirrorProps): ContainerProps {
  const {
    minio: { api, account },
  } = props;
  return {
    name: props.name,
    image: props.platform.images.ref('minio-mirror'),
    env: {
      ACTION: props.action,
      MINIO_SERVICE: hostAndPort(api),
      MINIO_PATH: props.remote,
      LOCAL_PATH: props.local,
      MINIO_USER: account.envValue('username'),
      MINIO_PASSWORD: account.envValue('password'),
      ...(props.exclude === undefined ? {} : { EXCLUDE: props.exclude }),
    },
    mounts: props.home ? [...(props.mounts ?? []), props.home.at(HOME)] : props.mounts,
    exceptions: {
      escalation:
        props.action === 'SYNC' ? 'rclone, which it runs for both ways, has the setuid bit of root' : undefined,
      writableRoot: props.home ? undefined : `mc writes its configuration to ${HOME}`,
    },
    resources: props.memory ?? { memoryRequest: '10Mi', memoryLimit: '50Mi' },
  };
}

/** `host:port`, as the programs of images want the object store's address. */
export function hostAndPort(address: Address): string {
  return new URL(origin(address)).host;
}
