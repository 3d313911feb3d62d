import { Traefik } from '../../constructs/admin/traefik';
import type { KaapanaPlatform } from '../../constructs/platform/images';
import { installedPods } from '../../constructs/platform/installed-charts';
import {
  DynamicStorage,
  HostPathStorage,
  Images,
  NfsStorage,
  secretToken,
  type StorageProvider,
} from '../../constructs/kube';
import { Prometheus } from '../../constructs/monitoring/prometheus';
import type { Registry } from '../../constructs/platform/platform-namespace';
import { serviceChecker } from '../../constructs/platform/service-checker';
import type { Account } from '../../constructs/platform/shared-accounts';
import type { SecondaryServerStackProps } from '../../stacks/secondary-server';
import type { InstanceStackProps } from '../../stacks/instance';
import type { ServerStackProps } from '../../stacks/server';
import { helmValues } from '../charts/platform-values';
import { nearestRelease } from '../releases';
import { storageClassNames } from '../settings/derived';
import { DISTRIBUTIONS } from '../settings/distributions';
import type { Settings } from '../settings/parse';

/** Where the reverse proxy is: in the admin namespace of its server, or in the one of a further instance's own. */
function proxyNamespace({ serverStack, helmNamespace, adminNamespace }: Settings): string {
  return serverStack === undefined ? adminNamespace : helmNamespace;
}

/** What every component of an environment takes. */
export function sharedByAll(settings: Settings): KaapanaPlatform {
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

function storage(settings: Settings): StorageProvider {
  const { storageProvider, nfs, instanceUid } = settings;
  const classes = settings.storageClasses;
  if (storageProvider === 'longhorn' || storageProvider === 'class') return new DynamicStorage(classes);
  if (storageProvider === 'hostpath') return nodeStorage(settings);
  const directories = { fast: `${instanceUid}/fast`, slow: `${instanceUid}/slow`, workflow: `${instanceUid}/fast` };
  return new NfsStorage({
    server: nfs?.server ?? '',
    path: nfs?.path ?? '',
    mountOptions: nfs?.mountOptions,
    directories,
    storageClass: classes.fast,
  });
}

function nodeStorage(settings: Settings): HostPathStorage {
  const { fastDataDir: fast, slowDataDir: slow } = settings;
  return new HostPathStorage({
    classes: storageClassNames({ storageProvider: 'hostpath' }),
    directories: { fast, slow, workflow: fast },
    node: storageNode(settings),
  });
}

/** Labels of the node that holds the data. */
function storageNode(settings: Settings): KaapanaPlatform['storageNode'] {
  return { 'kaapana.io/node': settings.storageNode };
}

/** The layer that a server has once. */
export function serverProps(settings: Settings): Omit<ServerStackProps, 'platform'> {
  const release = nearestRelease(settings.platformVersion);
  const { containerdSocket, hostPathProvisioner } = DISTRIBUTIONS[settings.distribution];
  return {
    namespaces: { admin: settings.adminNamespace, services: settings.servicesNamespace },
    release: { name: settings.platformName, version: settings.platformVersion },
    registry: registry(settings),
    origin: { domain: settings.domain, httpPort: settings.httpPort, httpsPort: settings.httpsPort },
    instanceUid: settings.instanceUid,
    internalCidrs: settings.internalCidrs,
    storageClasses: {
      provisioner: hostPathProvisioner,
      directories: { fast: settings.fastDataDir, slow: settings.slowDataDir },
      mainNode: settings.mainNodeName ?? '',
      replicaCount: settings.replicaCount,
      nfs: settings.storageProvider === 'nfs',
    },
    values: helmValues(settings),
    gpuSharing: gpuSharing(settings),
    devMode: settings.devMode,
    egress: egress(settings),
    egressClients: egressClients(settings),
    kubeHelm: {
      collections: release.collections.map(
        (name) => `${settings.containerRegistryUrl}/${name}:${settings.platformVersion}`,
      ),
      // Helm refuses objects that it does not own: what the settings install is ours.
      preinstall: release.preinstalled
        .filter((name) => !settings.extensions.some((install) => install.name === name))
        .map((name) => ({ name, version: settings.platformVersion })),
      offline: settings.offlineMode,
      prefetch: settings.prefetchExtensions,
      containerdSocket,
    },
    nfsServer: settings.components.includes('nfs-server')
      ? { storage: nodeStorage(settings), clusterIP: nfsAddress(settings) }
      : undefined,
    credentials: serverCredentials(settings),
  };
}

function gpuSharing({ gpu }: Settings): ServerStackProps['gpuSharing'] {
  return gpu === undefined || gpu.replicas === 1
    ? undefined
    : { namespace: gpu.operatorNamespace, resource: gpu.resource, replicas: gpu.replicas };
}

/** What a further instance has of its own, instead of the layer of its server. */
export function secondaryServerProps(
  settings: Settings,
  primary: Settings,
): Omit<SecondaryServerStackProps, 'platform' | 'server'> {
  const { domain, httpPort, httpsPort } = settings;
  return {
    namespace: proxyNamespace(settings),
    registry: registry(settings),
    origin: { domain, httpPort, httpsPort },
    serverOrigin: { domain: primary.domain, httpsPort: primary.httpsPort },
    instanceUid: settings.instanceUid,
    internalCidrs: settings.internalCidrs,
    accounts: sharedAccounts(settings),
    cookieSecret: credential('cookieSecret'),
    egressClients: egressClients(settings),
  };
}

/** Charts that users install; components say themselves that they use it. */
function egressClients({ servicesNamespace, extensionsNamespace }: Settings): ServerStackProps['egressClients'] {
  return [servicesNamespace, extensionsNamespace].map(installedPods);
}

/** The services of an instance; a further one on a server has them where its host keeps what is shared. */
export function instanceProps(
  settings: Settings,
  { adminNamespace } = settings,
): Omit<InstanceStackProps, 'platform' | 'server' | 'projects'> {
  return {
    namespaces: {
      admin: adminNamespace,
      proxy: proxyNamespace(settings),
      services: settings.servicesNamespace,
      extensions: settings.extensionsNamespace,
      helm: adminNamespace,
    },
    release: { name: settings.platformName, version: settings.platformVersion },
    registry: registry(settings),
    origin: { domain: settings.domain, httpsPort: settings.httpsPort },
    address: settings.serverIp,
    dicomPort: settings.dicomPort,
    instanceUid: settings.instanceUid,
    instanceName: settings.instanceName,
    internalCidrs: settings.internalCidrs,
    directories: { fast: settings.fastDataDir, slow: settings.slowDataDir },
    kubeletDirectory: DISTRIBUTIONS[settings.distribution].kubeletDirectory,
    mountPoints: settings.mountPointsToMonitor.split(',').filter((path) => path !== ''),
    slowVolumeSize: settings.volumeSlowData,
    prefetch: settings.prefetchExtensions,
    mainNode: settings.mainNodeName,
    memory: settings.memory,
    gpu: settings.gpu,
    mail: settings.smtp,
    legacy: new Set(settings.components.filter((name) => name !== 'nfs-server')),
    jobsNamespace: settings.jobsNamespace,
    credentials: instanceCredentials(settings),
  };
}

function registry({ containerRegistryUrl: url, containerRegistryUsername: username }: Settings): Registry {
  return {
    url,
    account: username === undefined ? undefined : { username, password: secretToken('containerRegistryPassword') },
  };
}

function egress(settings: Settings): ServerStackProps['egress'] {
  if (settings.externalEgressProxy !== undefined) return { proxy: settings.externalEgressProxy };
  const noProxy = settings.upstreamNoProxy
    ?.split(',')
    .map((domain) => domain.trim())
    .filter((domain) => domain !== '');
  return {
    upstream: {
      httpProxy: settings.upstreamHttpProxy || undefined,
      httpsProxy: settings.upstreamHttpsProxy || undefined,
      noProxy,
    },
  };
}

function serverCredentials(settings: Settings): ServerStackProps['credentials'] {
  return {
    keycloakAdmin: keycloakAdmin(settings),
    keycloakDatabase: credential('keycloakDatabasePassword'),
    init: credential('initPassword'),
    oidcClient: credential('oidcClientSecret'),
    cookie: credential('cookieSecret'),
    systemUser: credential('systemUserPassword'),
    kubeHelm: credential('kubeHelmSecretKey'),
  };
}

function instanceCredentials(settings: Settings): InstanceStackProps['credentials'] {
  const { minioUsername, grafanaUsername } = settings.credentials;
  return {
    shared: sharedAccounts(settings),
    minio: { username: minioUsername, password: credential('minioPassword') },
    grafana: { username: grafanaUsername, password: credential('grafanaPassword') },
    grafanaKey: credential('grafanaSecretKey'),
    ldap: credential('ldapPassword'),
    opensearchDashboards: credential('opensearchDashboardsPassword'),
    airflowWebserver: credential('airflowWebserverKey'),
    airflowApi: credential('airflowApiPassword'),
    kaapanaBackendKey: credential('kaapanaBackendSecretKey'),
    databases: {
      accessInformation: credential('accessInformationDatabasePassword'),
      airflow: credential('airflowDatabasePassword'),
      dataApi: credential('dataApiDatabasePassword'),
      dcm4chee: credential('dcm4cheeDatabasePassword'),
      dicomWebFilter: credential('dicomWebFilterDatabasePassword'),
      kaapanaBackend: credential('kaapanaBackendDatabasePassword'),
      kaapanaPersistence: credential('kaapanaPersistenceDatabasePassword'),
      notificationService: credential('notificationServiceDatabasePassword'),
      workflowApi: credential('workflowApiDatabasePassword'),
    },
  };
}

function sharedAccounts(settings: Settings): SecondaryServerStackProps['accounts'] {
  return {
    clientSecret: credential('oidcClientSecret'),
    systemPassword: credential('systemUserPassword'),
    keycloakAdmin: keycloakAdmin(settings),
  };
}

function keycloakAdmin({ credentials }: Settings): Account {
  return { username: credentials.keycloakAdminUsername, password: credential('keycloakAdminPassword') };
}

/** A secret of that name. One without a setting is derived for the purpose that its name says. */
function credential(name: keyof Settings['credentials']): string {
  return secretToken(`credentials.${name}`);
}

/** The 15th address of the service network, so that nodes can mount the export by it (nfs-server-chart, Kaapana 0.3.5). */
function nfsAddress(settings: Settings): string {
  const [services] = DISTRIBUTIONS[settings.distribution].cidrs;
  return services.replace(/\.\d+\/\d+$/, '.15');
}
