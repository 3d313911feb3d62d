import { App } from 'cdk8s';
import { Traefik } from '../constructs/admin/traefik';
import type { KaapanaPlatform } from '../constructs/images';
import { DynamicStorage, HostPathStorage, Images, NfsStorage, secretToken, type StorageProvider } from '../constructs/kube';
import { serviceChecker } from '../constructs/service-checker';
import { ServerStack, type ServerStackProps } from '../stacks/server';
import { refuse, treeProblems } from './bridge/checks';
import { buildGraph, type Graph } from './bridge/graph';
import type { Owner } from './bridge/ownership';
import { nearestRelease } from './releases';
import { InstanceScope } from './scope';
import { DISTRIBUTIONS, STORAGE_CLASSES } from './settings/derived';
import type { Settings } from './settings/parse';

/** The platform of one environment, ready to be deployed or rendered. */
export interface PlatformTree {
  readonly app: App;
  readonly graph: Graph;
  readonly owner: Owner;

  /** What Pulumi shows at the end of an update. */
  readonly outputs: Readonly<Record<string, string | number>>;
}

/**
 * Builds the platform that `settings` describe.
 *
 * @throws TreeError when its objects do not fit together
 */
export function buildPlatform(settings: Settings, environment: string): PlatformTree {
  const app = new App();
  new ServerStack(app, 'server', serverProps(settings));

  const graph = buildGraph(app);
  refuse(treeProblems(graph));
  const port = settings.httpsPort === 443 ? '' : `:${settings.httpsPort}`;
  return {
    app,
    graph,
    owner: { environment, instance: new InstanceScope(settings).instance },
    outputs: { url: `https://${settings.domain}${port}`, objects: graph.nodes.length },
  };
}

function sharedByAll(settings: Settings): KaapanaPlatform {
  const images: KaapanaPlatform['images'] = new Images({
    registry: settings.containerRegistryUrl,
    tag: settings.platformVersion,
    tags: { ...nearestRelease(settings.platformVersion).retiredImages, ...settings.imageTags },
    pullPolicy: settings.pullPolicy,
  });
  return {
    images,
    pullSecret: 'registry-secret',
    waiter: serviceChecker(images),
    storage: storage(settings),
    proxy: Traefik.peer(settings.adminNamespace),
    scraper: { namespace: settings.servicesNamespace, podLabels: { 'app.kubernetes.io/name': 'prometheus-server' } },
    storageNode: { 'kaapana.io/node': settings.storageNode },
  };
}

function storage(settings: Settings): StorageProvider {
  const { storageProvider, nfs, instanceUid } = settings;
  const classes = STORAGE_CLASSES[storageProvider];
  if (storageProvider === 'longhorn') return new DynamicStorage(classes);
  if (storageProvider === 'hostpath') return nodeStorage(settings);
  const directories = { fast: `${instanceUid}/fast`, slow: `${instanceUid}/slow`, workflow: `${instanceUid}/fast` };
  return new NfsStorage({ server: nfs?.server ?? '', path: nfs?.path ?? '', mountOptions: nfs?.mountOptions, directories, storageClass: classes.fast });
}

function nodeStorage({ fastDataDir: fast, slowDataDir: slow }: Settings): HostPathStorage {
  return new HostPathStorage({ classes: STORAGE_CLASSES.hostpath, directories: { fast, slow, workflow: fast } });
}

function serverProps(settings: Settings): ServerStackProps {
  const release = nearestRelease(settings.platformVersion);
  const account = settings.containerRegistryUsername === undefined ? undefined
    : { username: settings.containerRegistryUsername, password: secretToken('containerRegistryPassword') };
  const { containerdSocket } = DISTRIBUTIONS[settings.distribution];
  return {
    platform: sharedByAll(settings),
    namespaces: { admin: settings.adminNamespace, services: settings.servicesNamespace },
    release: { name: settings.platformName, version: settings.platformVersion },
    registry: { url: settings.containerRegistryUrl, account },
    origin: { domain: settings.domain, httpPort: settings.httpPort, httpsPort: settings.httpsPort },
    instanceUid: settings.instanceUid,
    internalCidrs: settings.internalCidrs,
    storageClasses: {
      distribution: settings.distribution,
      directories: { fast: settings.fastDataDir, slow: settings.slowDataDir },
      mainNode: settings.mainNodeName ?? '',
      replicaCount: settings.replicaCount,
      nfs: settings.storageProvider === 'nfs',
    },
    devMode: settings.devMode,
    egress: egress(settings),
    egressClients: [settings.servicesNamespace, settings.extensionsNamespace].map((namespace) => ({ namespace })),
    kubeHelm: {
      collections: release.collections.map((name) => `${settings.containerRegistryUrl}/${name}:${settings.platformVersion}`),
      preinstall: release.preinstalled.map((name) => ({ name, version: settings.platformVersion })),
      offline: settings.offlineMode,
      prefetch: settings.prefetchExtensions,
      containerdSocket,
    },
    nfsServer: settings.components.includes('nfs-server') ? { storage: nodeStorage(settings), clusterIP: nfsAddress(settings) } : undefined,
    credentials: credentials(settings),
  };
}

function egress(settings: Settings): ServerStackProps['egress'] {
  if (settings.externalEgressProxy !== undefined) return { proxy: settings.externalEgressProxy };
  const noProxy = settings.upstreamNoProxy?.split(',').map((domain) => domain.trim()).filter((domain) => domain !== '');
  return { upstream: { httpProxy: settings.upstreamHttpProxy || undefined, httpsProxy: settings.upstreamHttpsProxy || undefined, noProxy } };
}

function credentials({ credentials: given }: Settings): ServerStackProps['credentials'] {
  // A secret without a setting is derived for the purpose that its name says.
  const secret = (name: string): string => secretToken(`credentials.${name}`);
  return {
    keycloakAdmin: { username: given.keycloakAdminUsername, password: secret('keycloakAdminPassword') },
    keycloakDatabase: secret('keycloakDatabasePassword'),
    init: secret('initPassword'),
    oidcClient: secret('oidcClientSecret'),
    cookie: secret('cookieSecret'),
    systemUser: secret('systemUserPassword'),
    kubeHelm: secret('kubeHelmSecretKey'),
  };
}

/** The 15th address of the service network, so that nodes can mount the export by it (nfs-server-chart, Kaapana 0.3.5). */
function nfsAddress(settings: Settings): string {
  const [services] = DISTRIBUTIONS[settings.distribution].cidrs;
  return services.replace(/\.\d+\/\d+$/, '.15');
}
