import { basename } from 'node:path';
import { nearestRelease } from '../releases';
import type { Settings } from '../settings/parse';
import { archiveOf, type BundledImage } from './images';

/** A Helm chart that a site needs. */
export interface BundledChart {
  readonly name: string;

  /** @default - that of the file */
  readonly version?: string;

  /** Where the bundle has it; else it is in the image `collection`. */
  readonly file?: string;
  readonly collection?: string;

  /** Images that others made along with it, and the archive that these may come in. */
  readonly images?: readonly string[];
  readonly archive?: string;

  /** What installs it. */
  readonly users: readonly string[];
}

/** Charts that the environment deploys or lets kube-helm install. */
export function bundledCharts(settings: Settings, images: readonly BundledImage[]): BundledChart[] {
  const {
    platformVersion: version,
    platformName,
    chartPath,
    containerRegistryUrl,
    thirdPartyExtensions,
    serverStack,
  } = settings;
  const { collections, preinstalled } = nearestRelease(version);
  const target = (image: string): string =>
    images.find(({ source, target: at }) => [source, at].includes(image))?.target ?? image;
  const [collection] = collections.map((name) => target(`${containerRegistryUrl}/${name}:${version}`));
  return [
    ...(chartPath === undefined
      ? []
      : [{ name: platformName, version, file: `charts/${basename(chartPath)}`, users: ['kaapana:chartPath'] }]),
    ...(serverStack === undefined
      ? preinstalled.map((name) => ({ name, version, collection, users: ['kube-helm'] }))
      : []),
    ...thirdPartyExtensions.map(({ as }) => ({
      name: as,
      file: `charts/${as}.tgz`,
      ...imagesBeside(as, images),
      users: [`kaapana:thirdPartyExtensions ${as}`],
    })),
  ];
}

function imagesBeside(install: string, images: readonly BundledImage[]): Pick<BundledChart, 'images' | 'archive'> {
  const archive = archiveOf(install);
  const own = images.filter(({ archives = [] }) => archives.includes(archive)).map(({ source }) => source);
  return own.length === 0 ? {} : { images: own, archive };
}
