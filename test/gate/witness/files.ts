import * as path from 'node:path';
import { objectAt, objectsAt, textAt } from '../../../src/objects/manifest';
import { isEnding, type Place, volumesOf } from './places';

/** The variable in which a waiting container names the files that it waits for. */
const AWAITED = 'FILES_AND_FOLDERS_EXISTS';

/** A path in a claim: `namespace/claim`, and where in it. */
interface Spot {
  readonly claim: string;
  readonly path: string;
}

/**
 * What a container that ends leaves in its claims, because others need it: files that containers of other workloads
 * wait for, and files that later containers of its own pod mount alone.
 */
export function filesMadeBy(place: Place, all: readonly Place[]): readonly string[] {
  if (!isEnding(place) || awaitedBy(place).length > 0) return [];
  const awaited = place.isInit ? [] : all.filter(({ pods }) => pods !== place.pods).flatMap(awaitedBy);
  const mounted = place.isInit
    ? all.filter(({ pods, isInit }) => pods === place.pods && !isInit).flatMap(filesMounted)
    : [];
  return [...new Set([...awaited, ...mounted].flatMap((spot) => pathIn(place, spot) ?? []))];
}

/** What a container waits for. */
function awaitedBy(place: Place): Spot[] {
  const { value } = objectAt(objectsAt(place.container.env).find(({ name }) => name === AWAITED));
  return (textAt(value) ?? '').split(';').flatMap((file) => (file === '' ? [] : (spotOf(place, file) ?? [])));
}

/** Single files of claims that a container mounts: those whose mount has their name. */
function filesMounted(place: Place): Spot[] {
  return volumesOf(place).flatMap(({ mount }) => {
    const target = textAt(mount.mountPath) ?? '';
    const file = path.posix.basename(textAt(mount.subPath) ?? '');
    return path.posix.extname(file) !== '' && path.posix.basename(target) === file ? (spotOf(place, target) ?? []) : [];
  });
}

function claimsOf(place: Place): { readonly claim: string; readonly root: string; readonly mountPath: string }[] {
  return volumesOf(place).flatMap(({ mount, volume }) => {
    const claim = textAt(objectAt(volume.persistentVolumeClaim).claimName);
    const mountPath = textAt(mount.mountPath) ?? '';
    const root = path.posix.join('/', textAt(mount.subPath) ?? '');
    return claim === undefined ? [] : [{ claim: `${place.pods.namespace}/${claim}`, root, mountPath }];
  });
}

/** Where in a claim a path of a container is. */
function spotOf(place: Place, file: string): Spot | undefined {
  const found = claimsOf(place).find(({ mountPath }) => file === mountPath || file.startsWith(`${mountPath}/`));
  return found && { claim: found.claim, path: path.posix.join(found.root, file.slice(found.mountPath.length)) };
}

/** The path at which a container sees it. */
function pathIn(place: Place, spot: Spot): string | undefined {
  const found = claimsOf(place).find(
    ({ claim, root }) => claim === spot.claim && spot.path.startsWith(root === '/' ? '/' : `${root}/`),
  );
  return found && path.posix.join(found.mountPath, path.posix.relative(found.root, spot.path));
}
