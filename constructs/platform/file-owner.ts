import type { ContainerProps, Mount, Platform } from '../kube';
import type { ImageName } from './images';

/** The init container `name` that changes who owns the files of `mounts`, by `command`: as root, of nothing else. */
export function fileOwner(
  platform: Pick<Platform<ImageName>, 'images'>,
  name: string,
  command: readonly string[],
  mounts: readonly Mount[],
): ContainerProps {
  return { name, image: platform.images.ref('busybox'), command, mounts, security: { runAsUser: 0 } };
}
