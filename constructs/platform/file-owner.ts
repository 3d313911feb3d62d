import type { k8s } from 'cdk8s-plus-27';

/** Of a container that gives files to another user: as root, and writing to its mounts alone. */
export const FILE_OWNER: k8s.SecurityContext = {
  runAsUser: 0,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
};
