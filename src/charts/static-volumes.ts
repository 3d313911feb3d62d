import type { ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import type { QuantityText } from '../../constructs/kube';
import { isWithin } from '../base/paths';
import { type Manifest, objectAt, textAt } from '../objects/manifest';
import { storageClassNames } from '../settings/derived';
import type { Settings } from '../settings/parse';
import { manifestsOf } from './safety/bounds';

/** A volume of a chart that this program makes, with its claim: retained, and reserved for the claim. */
export interface ThirdPartyVolume {
  /** Name of the claim. */
  readonly claim: string;
  readonly namespace: string;
  readonly role: 'fast' | 'slow';

  /** Directory below the data directory of the role. */
  readonly directory: string;

  /** Size that the claim asks for, e.g. `10Gi`. */
  readonly size: QuantityText;
}

/** What became of the volumes of a chart. */
export interface StaticVolumes {
  /** All other objects. */
  readonly objects: readonly ThirdPartyObject[];
  readonly volumes: readonly ThirdPartyVolume[];
  readonly problems: readonly string[];
}

/**
 * Has volumes of our own in the place of a chart's PersistentVolumes with their claims, the usual form in Kaapana's
 * extension charts: a directory of the node below `fast_data_dir` or `slow_data_dir`.
 */
export function staticVolumes(objects: readonly ThirdPartyObject[], settings: Settings): StaticVolumes {
  const manifests = manifestsOf(objects);
  const problems: string[] = [];
  const replaced = new Set<Manifest>();
  const volumes = manifests.filter(isVolume).flatMap((volume): ThirdPartyVolume[] => {
    const claim = manifests.find((other) => takes(other, volume));
    replaced.add(volume);
    const named = `PersistentVolume ${volume.metadata.name}`;
    const place = placeOf(volume, settings);
    if (place === undefined) problems.push(`${named}: ${otherPlace(settings)}`);
    if (claim === undefined) {
      problems.push(`${named}: no claim of the chart takes it; write its name as volumeName into the claim`);
      return [];
    }
    replaced.add(claim);
    if (place === undefined) return [];
    const { resources } = objectAt(claim.spec);
    const size = objectAt(objectAt(resources).requests).storage ?? objectAt(objectAt(volume.spec).capacity).storage;
    return [
      {
        claim: claim.metadata.name,
        namespace: claim.metadata.namespace ?? '',
        ...place,
        size: String(size ?? '10Gi') as QuantityText,
      },
    ];
  });
  return { objects: objects.filter((_, index) => !replaced.has(manifests[index] as Manifest)), volumes, problems };
}

function isVolume({ kind, apiVersion }: Manifest): boolean {
  return kind === 'PersistentVolume' && apiVersion === 'v1';
}

/** Whether a claim names the volume, or is named by it. */
function takes({ kind, metadata, spec }: Manifest, volume: Manifest): boolean {
  if (kind !== 'PersistentVolumeClaim') return false;
  const { claimRef } = objectAt(volume.spec);
  const { name, namespace } = objectAt(claimRef);
  return (
    objectAt(spec).volumeName === volume.metadata.name ||
    (name === metadata.name && (namespace === undefined || namespace === metadata.namespace))
  );
}

/** The directory of a volume, below one of the data directories. */
function placeOf({ spec }: Manifest, settings: Settings): Pick<ThirdPartyVolume, 'role' | 'directory'> | undefined {
  const { hostPath, local, storageClassName } = objectAt(spec);
  const path = textAt(objectAt(hostPath).path) ?? textAt(objectAt(local).path) ?? '';
  const parts = path.split('/').filter((part) => part !== '');
  if (!path.startsWith('/') || parts.some((part) => part === '.' || part === '..')) return undefined;
  const whole = `/${parts.join('/')}`;
  const { fastDataDir: fast, slowDataDir: slow } = settings;
  const roles: readonly (readonly ['fast' | 'slow', string])[] = [
    ['fast', fast],
    ['slow', slow],
  ];
  const isSlowClass = [settings.storageClasses.slow, storageClassNames({ storageProvider: 'hostpath' }).slow].includes(
    textAt(storageClassName) ?? '',
  );
  // The inner one of two directories, and of one for both that which the class is for.
  const [found] = roles
    .filter(([, directory]) => isWithin(whole, directory) && !isWithin(directory, whole))
    .sort(
      ([a, one], [b, other]) => other.length - one.length || (a === b ? 0 : isSlowClass ? (a === 'slow' ? -1 : 1) : 0),
    );
  if (!found) return undefined;
  const [role, directory] = found;
  const above = directory.split('/').filter((part) => part !== '').length;
  return { role, directory: parts.slice(above).join('/') };
}

function otherPlace({ fastDataDir }: Settings): string {
  return (
    `it is no directory below the data directories (${fastDataDir}). Write ` +
    'hostPath: {path: "{{ .Values.global.fast_data_dir }}/<name>"}, or take it out and let the claim have ' +
    'storageClassName: "{{ .Values.global.storage_class_fast }}"'
  );
}
