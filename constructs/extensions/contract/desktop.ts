import type { ContainerExceptions, ContainerProps, SecurityExceptions } from '../../kube';

/** What programs do in every image with a desktop (base-desktop, Kaapana 0.6.0). */
export const DESKTOP: {
  readonly exceptions: SecurityExceptions;
  readonly container: ContainerExceptions;
  readonly keeps: ContainerProps['keeps'];
} = {
  exceptions: { seccomp: 'the sandbox of its Chrome makes namespaces of its own' },
  container: {
    escalation: 'its user becomes root by sudo',
    writableRoot: 'the desktop and its programs write to the home directory, /run and /tmp',
  },
  keeps: { AUDIT_WRITE: 'its user becomes root by sudo, which fails where it cannot write to the audit log' },
};

/** Logs and files outside of volumes, of programs by which people install and build: as much as tasks have. */
export const WORKBENCH_STORAGE = '50Gi';
