import type { ContainerProps, Mount } from '../kube';
import { fileOwner } from './file-owner';
import type { KaapanaPlatform } from './kaapana-platform';

/** Id of the user that PostgreSQL runs as, in all images that have it. */
export const POSTGRES_USER_ID = 70;

/** How a role that is there gets another password. */
export const CHANGED_IN_PSQL = 'ALTER ROLE in psql';

/** The init container that gives that user what PostgreSQL writes to. */
export function ownedByPostgres(platform: KaapanaPlatform, mounts: readonly Mount[]): ContainerProps {
  return fileOwner(
    platform,
    'set-mount-permissions',
    ['chown', '-vR', `${POSTGRES_USER_ID}:${POSTGRES_USER_ID}`, ...mounts.map(({ spec }) => spec.mountPath)],
    mounts,
  );
}
