import { Traefik } from '../constructs/admin/traefik';
import {
  DynamicStorage,
  HostPathStorage,
  Images,
  NfsStorage,
  type Peer,
  secretToken,
  type StorageProvider,
} from '../constructs/kube';
import { Prometheus } from '../constructs/monitoring/prometheus';
import { installedPods } from '../constructs/platform/installed-charts';
import type { KaapanaPlatform } from '../constructs/platform/kaapana-platform';
import type { Registry } from '../constructs/platform/platform-namespace';
import { serviceChecker } from '../constructs/platform/service-checker';
import { nearestRelease } from '../src/releases';
import { storageClassNames } from '../src/settings/derived';
import type { Settings } from '../src/settings/parse';

/** What every component of an environment takes. */
export function platformOf(settings: Settings): KaapanaPlatform {
  const release = nearestRelease(settings.platformVersion);
  const images: KaapanaPlatform['images'] = new Images({
    registry: settings.containerRegistryUrl,
    tag: settings.platformVersion,
    tags: { ...release.legacyImages, ...settings.imageTags },
    pullPolicy: settings.pullPolicy,
  });
  return {
    images,
    release,
    pullSecret: 'registry-secret',
    waiter: serviceChecker(images),
    storage: storage(settings),
    proxy: Traefik.peer(proxyNamespace(settings)),
    ingressClass: settings.serverStack === undefined ? undefined : settings.instanceUid,
    scraper: Prometheus.peer(settings.servicesNamespace),
    storageNode: storageNode(settings),
  };
}

/** Where the reverse proxy is: in the admin namespace of its server, or in the one of a secondary instance's own. */
export function proxyNamespace({ serverStack, helmNamespace, adminNamespace }: Settings): string {
  return serverStack === undefined ? adminNamespace : helmNamespace;
}

/** The registry, with its account. */
export function registryOf({ containerRegistryUrl: url, containerRegistryUsername: username }: Settings): Registry {
  return {
    url,
    account: username === undefined ? undefined : { username, password: secretToken('containerRegistryPassword') },
  };
}

/** Where users reach the platform; an httpPort of 0 means none. */
export function originOf({
  domain,
  httpPort,
  httpsPort,
}: Settings): Pick<Settings, 'domain' | 'httpPort' | 'httpsPort'> {
  return { domain, httpPort, httpsPort };
}

/** Version and chart name of the platform, as its pages and kube-helm show them. */
export function chartOf({ platformName: name, platformVersion: version }: Settings): {
  readonly name: string;
  readonly version: string;
} {
  return { name, version };
}

/** Absolute data directories. */
export function directoriesOf({ fastDataDir: fast, slowDataDir: slow }: Settings): {
  readonly fast: string;
  readonly slow: string;
} {
  return { fast, slow };
}

/**
 * Charts that users install: pods that may use the way out of the cluster. Components say themselves that they use it.
 */
export function egressClients({ servicesNamespace, extensionsNamespace }: Settings): readonly Peer[] {
  return [servicesNamespace, extensionsNamespace].map(installedPods);
}

/** Volumes in directories of the node. */
export function nodeStorage(settings: Settings): HostPathStorage {
  const { fast, slow } = directoriesOf(settings);
  return new HostPathStorage({
    classes: storageClassNames({ storageProvider: 'hostpath' }),
    directories: { fast, slow, workflow: fast },
    node: storageNode(settings),
  });
}

function storage(settings: Settings): StorageProvider {
  const { storageProvider, nfs, instanceUid, storageClasses } = settings;
  if (storageProvider === 'longhorn' || storageProvider === 'class') return new DynamicStorage(storageClasses);
  if (storageProvider === 'hostpath') return nodeStorage(settings);
  const directories = { fast: `${instanceUid}/fast`, slow: `${instanceUid}/slow`, workflow: `${instanceUid}/fast` };
  return new NfsStorage({
    server: nfs?.server ?? '',
    path: nfs?.path ?? '',
    mountOptions: nfs?.mountOptions,
    directories,
    storageClass: storageClasses.fast,
  });
}

/** Labels of the node that holds the data. */
function storageNode({ storageNode: name }: Settings): KaapanaPlatform['storageNode'] {
  return { 'kaapana.io/node': name };
}
