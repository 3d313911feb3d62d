import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { AdminNamespace } from '../constructs/admin/admin-namespace';
import { AuthBackend } from '../constructs/admin/auth-backend';
import { CertInit } from '../constructs/admin/cert-init';
import { Keycloak } from '../constructs/admin/keycloak';
import { KeycloakInit } from '../constructs/admin/keycloak-init';
import { KubeDashboard } from '../constructs/admin/kube-dashboard';
import { KubeHelm } from '../constructs/admin/kube-helm';
import { KubeStateMetrics } from '../constructs/admin/kube-state-metrics';
import { MaintenancePage } from '../constructs/admin/maintenance-page';
import { NfsServer } from '../constructs/admin/nfs-server';
import { OAuth2Proxy } from '../constructs/admin/oauth2-proxy';
import { OpenPolicyAgent } from '../constructs/admin/open-policy-agent';
import { SquidProxy } from '../constructs/admin/squid';
import { Traefik } from '../constructs/admin/traefik';
import { TraefikDefinitions } from '../constructs/admin/traefik-crds';
import { VersionFile } from '../constructs/admin/version-file';
import { type Address, type Endpoint, externalAddress } from '../constructs/kube';
import { HelmRelease } from '../constructs/platform/helm-release';
import type { KaapanaPlatform } from '../constructs/platform/kaapana-platform';
import { ForbidPrivileged } from '../constructs/server/admission-policy';
import { GpuSharing } from '../constructs/server/gpu-sharing';
import { PriorityClasses } from '../constructs/server/priority-classes';
import { ProjectPods } from '../constructs/server/project-pods';
import { StorageClasses, type StorageClassesProps } from '../constructs/server/storage-classes';
import { TaskLabels } from '../constructs/server/task-labels';
import { credential, keycloakAdmin } from '../src/settings/credentials';
import { DISTRIBUTIONS } from '../src/settings/distributions';
import type { PrimarySettings, Settings } from '../src/settings/parse';
import type { ServerServices } from './instance/server-services';
import { chartOf, directoriesOf, egressClients, nodeStorage, originOf, registryOf } from './platform';

/** Properties of `ServerStack`. */
export interface ServerStackProps {
  readonly platform: KaapanaPlatform;
  readonly settings: PrimarySettings;

  /** The platform's values, as its chart has them: charts that users install are given them. */
  readonly values: object;
}

/** Where kube-helm looks for the platform's own release, whatever its settings. */
const RELEASE_NAMESPACE = 'default';

/** What a server has once: cluster-wide objects, and the admin namespace with the way in and out. */
export class ServerStack extends Chart implements ServerServices {
  /** TLS certificate, which instances copy. */
  public readonly certificate: CertInit;

  /** Decides about each request; asks the instances who may do what. */
  public readonly auth: AuthBackend;

  /** Policies that users' rights follow from. */
  public readonly policies: OpenPolicyAgent;

  /** Reverse proxy. */
  public readonly traefik: Traefik;

  /** Identity provider. */
  public readonly keycloak: Record<'internal' | 'external', Endpoint> & { readonly realm: Construct };

  /** Extension manager. */
  public readonly kubeHelm: KubeHelm;

  /** Metrics about the objects of the cluster. */
  public readonly kubeStateMetrics: KubeStateMetrics;

  /** Way out of the cluster. @default - a proxy that lives elsewhere */
  public readonly squid?: SquidProxy;

  /** Where requests leave the cluster. */
  public readonly egressProxy: Address;

  constructor(scope: Construct, id: string, props: ServerStackProps) {
    const { platform, settings } = props;
    super(scope, id, { namespace: settings.adminNamespace, disableResourceNameHashes: true });
    const { adminNamespace: namespace, servicesNamespace, internalCidrs, devMode } = settings;
    const shared = { platform, namespace };
    const [origin, chart, registry] = [originOf(settings), chartOf(settings), registryOf(settings)];
    const externalProxy =
      settings.externalEgressProxy === undefined ? undefined : externalAddress(settings.externalEgressProxy);

    new PriorityClasses(this, 'PriorityClasses');
    new StorageClasses(this, 'StorageClasses', storageClasses(settings));
    this.shareGpus(settings);
    new TraefikDefinitions(this, 'TraefikDefinitions');
    const admin = new AdminNamespace(this, 'AdminNamespace', {
      name: namespace,
      registry,
      internalCidrs,
      externalProxy,
      privileged: "kube-helm mounts containerd's socket, and the version file is written to the node",
    });
    new VersionFile(this, 'VersionFile', { ...shared, directory: settings.fastDataDir, version: chart.version });

    this.certificate = new CertInit(this, 'CertInit', {
      ...shared,
      domain: origin.domain,
      servicesNamespace,
      servicesDeployed: true,
    });
    const { certificate } = this.certificate;
    this.auth = new AuthBackend(this, 'AuthBackend', shared);
    this.policies = new OpenPolicyAgent(this, 'OpenPolicyAgent', { ...shared, bundles: this.auth.bundles });
    this.traefik = new Traefik(this, 'Traefik', {
      ...shared,
      ...origin,
      instanceUid: settings.instanceUid,
      certificate,
      authCheck: this.auth.check,
      cors: admin.cors,
    });
    const keycloak = new Keycloak(this, 'Keycloak', {
      ...shared,
      origin,
      certificate,
      admin: keycloakAdmin(settings),
      databasePassword: credential('keycloakDatabasePassword'),
    });
    const { job: realm } = new KeycloakInit(this, 'KeycloakInit', {
      ...shared,
      origin,
      devMode,
      keycloak: keycloak.internal,
      admin: keycloak.admin,
      initPassword: credential('initPassword'),
      clientSecret: credential('oidcClientSecret'),
      systemPassword: credential('systemUserPassword'),
    });
    this.keycloak = { internal: keycloak.internal, external: keycloak.external, realm };
    new OAuth2Proxy(this, 'OAuth2Proxy', {
      ...shared,
      origin,
      certificate,
      keycloak: keycloak.internal,
      upstream: this.traefik.https,
      clientSecret: credential('oidcClientSecret'),
      cookieSecret: credential('cookieSecret'),
    });
    new MaintenancePage(this, 'MaintenancePage', { ...shared, release: chart });

    if (externalProxy) {
      this.egressProxy = externalProxy;
    } else {
      this.squid = this.createSquid(shared, settings);
      this.egressProxy = this.squid.endpoint;
    }
    new HelmRelease(this, 'HelmRelease', {
      name: chart.name,
      namespace: RELEASE_NAMESPACE,
      chart,
      values: props.values,
    });
    const { collections, preinstalled } = platform.release;
    this.kubeHelm = new KubeHelm(this, 'KubeHelm', {
      ...shared,
      collections: collections.map((name) => `${registry.url}/${name}:${chart.version}`),
      // Helm refuses objects that it does not own: what the settings install is ours.
      preinstall: preinstalled
        .filter((name) => !settings.extensions.some((install) => install.name === name))
        .map((name) => ({ name, version: chart.version })),
      offline: settings.offlineMode,
      prefetch: settings.prefetchExtensions,
      containerdSocket: DISTRIBUTIONS[settings.distribution].containerdSocket,
      helmNamespace: namespace,
      release: { ...chart, registry: registry.url },
      secretKey: credential('kubeHelmSecretKey'),
      egress: { proxy: this.egressProxy, domain: origin.domain, internalCidrs },
    });
    new KubeDashboard(this, 'KubeDashboard', shared);
    this.kubeStateMetrics = new KubeStateMetrics(this, 'KubeStateMetrics', shared);
    const nfs = settings.components.includes('nfs-server')
      ? new NfsServer(this, 'NfsServer', {
          ...shared,
          platform: { ...platform, storage: nodeStorage(settings) },
          clusterIP: nfsAddress(settings),
        })
      : undefined;
    new ProjectPods(this, 'ProjectPods');
    new TaskLabels(this, 'TaskLabels');
    if (!devMode) {
      new ForbidPrivileged(this, 'ForbidPrivileged', {
        exempt: nfs && [{ pods: nfs.server, reason: NfsServer.PRIVILEGED_REASON }],
      });
    }
  }

  /** How pods share GPUs, where several take turns on one. */
  private shareGpus({ gpu }: Settings): void {
    if (gpu === undefined || gpu.replicas === 1) return;
    const { operatorNamespace: namespace, resource, replicas } = gpu;
    new GpuSharing(this, 'GpuSharing', { namespace, resource, replicas });
  }

  /** A proxy of our own, behind those of the site. */
  private createSquid(shared: { platform: KaapanaPlatform; namespace: string }, settings: Settings): SquidProxy {
    const { upstreamHttpProxy: httpProxy, upstreamHttpsProxy: httpsProxy, upstreamNoProxy } = settings;
    const noProxy = upstreamNoProxy
      ?.split(',')
      .map((domain) => domain.trim())
      .filter((domain) => domain !== '');
    return new SquidProxy(this, 'SquidProxy', {
      ...shared,
      upstream: { httpProxy, httpsProxy, noProxy },
      clients: egressClients(settings),
    });
  }
}

function storageClasses(settings: Settings): StorageClassesProps {
  return {
    provisioner: DISTRIBUTIONS[settings.distribution].hostPathProvisioner,
    directories: directoriesOf(settings),
    mainNode: settings.mainNodeName ?? '',
    replicaCount: settings.replicaCount,
    nfs: settings.storageProvider === 'nfs',
  };
}

/**
 * The 15th address of the service network, so that nodes can mount the export by it (nfs-server-chart, Kaapana 0.3.5).
 */
function nfsAddress({ distribution }: Settings): string {
  const [services] = DISTRIBUTIONS[distribution].cidrs;
  return services.replace(/\.\d+\/\d+$/, '.15');
}
