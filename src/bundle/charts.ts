import { basename } from 'node:path';
import { nearestRelease } from '../releases';
import type { Settings } from '../settings/parse';

/** A Helm chart that a site needs. */
export interface BundledChart {
  readonly name: string;

  /** @default - that of the file */
  readonly version?: string;

  /** Where the bundle has it; else it is in the image `collection`. */
  readonly file?: string;
  readonly collection?: string;

  /** What installs it. */
  readonly users: readonly string[];
}

/** Charts that the environment deploys or lets kube-helm install. */
export function bundledCharts(settings: Settings, target: (image: string) => string): BundledChart[] {
  const { platformVersion: version, platformName, chartPath, containerRegistryUrl, foreignExtensions, serverStack } = settings;
  const { collections, preinstalled } = nearestRelease(version);
  const [collection] = collections.map((name) => target(`${containerRegistryUrl}/${name}:${version}`));
  return [
    ...(chartPath === undefined ? [] : [{ name: platformName, version, file: `charts/${basename(chartPath)}`, users: ['kaapana:chartPath'] }]),
    ...(serverStack === undefined ? preinstalled.map((name) => ({ name, version, collection, users: ['kube-helm'] })) : []),
    ...foreignExtensions.map(({ as }) => ({ name: as, file: `charts/${as}.tgz`, users: [`kaapana:foreignExtensions ${as}`] })),
  ];
}
