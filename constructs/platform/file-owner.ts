import type { ContainerProps } from '../kube';

/** Of a container that gives files to another user: as root. */
export const FILE_OWNER: ContainerProps['security'] = { runAsUser: 0 };
