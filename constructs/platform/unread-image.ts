import type { ContainerExceptions } from '../kube';

/** Of a container whose image is one that nobody here has read: somebody else's, or of a release without its source. */
export const UNREAD_IMAGE: ContainerExceptions = {
  escalation: 'nobody has read whether its programs gain privileges',
  writableRoot: 'nobody has read where its programs write',
};
