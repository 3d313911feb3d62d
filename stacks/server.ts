import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { AdminNamespace, type Registry } from '../constructs/admin/admin-namespace';
import { AuthBackend } from '../constructs/admin/auth-backend';
import { CertInit } from '../constructs/admin/cert-init';
import { Keycloak } from '../constructs/admin/keycloak';
import { KeycloakInit } from '../constructs/admin/keycloak-init';
import { KubeDashboard } from '../constructs/admin/kube-dashboard';
import { type ExtensionChart, KubeHelm } from '../constructs/admin/kube-helm';
import { KubeStateMetrics } from '../constructs/admin/kube-state-metrics';
import { MaintenancePage } from '../constructs/admin/maintenance-page';
import { NfsServer } from '../constructs/admin/nfs-server';
import { OAuth2Proxy } from '../constructs/admin/oauth2-proxy';
import { OpenPolicyAgent } from '../constructs/admin/open-policy-agent';
import { SquidProxy, type Upstream } from '../constructs/admin/squid';
import { Traefik } from '../constructs/admin/traefik';
import { TraefikDefinitions } from '../constructs/admin/traefik-crds';
import { VersionFile } from '../constructs/admin/version-file';
import { HelmRelease } from '../constructs/platform/helm-release';
import type { KaapanaPlatform } from '../constructs/platform/images';
import { type Address, type Endpoint, externalAddress, type Peer, type StorageProvider } from '../constructs/kube';
import { ForbidPrivileged } from '../constructs/server/admission-policy';
import { GpuSharing, type GpuSharingProps } from '../constructs/server/gpu-sharing';
import { PriorityClasses } from '../constructs/server/priority-classes';
import { ProjectPods } from '../constructs/server/project-pods';
import { StorageClasses, type StorageClassesProps } from '../constructs/server/storage-classes';
import { TaskLabels } from '../constructs/server/task-labels';
import type { ServerServices } from './instance/server-services';

/** Properties of `ServerStack`. */
export interface ServerStackProps {
  readonly platform: KaapanaPlatform;

  readonly namespaces: { readonly admin: string; readonly services: string };

  /** Version and chart name of the platform, as its pages and kube-helm show them. */
  readonly release: { readonly name: string; readonly version: string };

  readonly registry: Registry;

  /** Where users reach the platform; an httpPort of 0 means none. */
  readonly origin: { readonly domain: string; readonly httpPort: number; readonly httpsPort: number };

  readonly instanceUid: string;

  /** Networks that count as inside, in CIDR notation. */
  readonly internalCidrs: readonly string[];

  readonly storageClasses: StorageClassesProps;

  /** The platform's values, as its chart has them: charts that users install are given them. */
  readonly values: object;

  /** How pods share GPUs. @default - each has its own */
  readonly gpuSharing?: GpuSharingProps;

  /** Weak passwords and privileged pods are allowed. */
  readonly devMode: boolean;

  /** Way out of the cluster: the site's proxies behind a squid of ours, or a proxy that lives elsewhere. */
  readonly egress: { readonly upstream: Upstream } | { readonly proxy: string };

  /** Pods outside of the admin namespace that may use the squid. */
  readonly egressClients: readonly Peer[];

  readonly kubeHelm: {
    readonly collections: readonly string[];
    readonly preinstall: readonly ExtensionChart[];
    readonly offline: boolean;
    readonly prefetch: boolean;
    readonly containerdSocket?: string;
  };

  /** An NFS server of our own, with storage of the node. @default - none */
  readonly nfsServer?: { readonly storage: StorageProvider; readonly clusterIP?: string };

  readonly credentials: {
    readonly keycloakAdmin: { readonly username: string; readonly password: string };
    readonly keycloakDatabase: string;
    readonly init: string;
    readonly oidcClient: string;
    readonly cookie: string;
    readonly systemUser: string;
    readonly kubeHelm: string;
  };
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
    super(scope, id, { namespace: props.namespaces.admin, disableResourceNameHashes: true });
    const { platform, origin, release, credentials, devMode } = props;
    const shared = { platform, namespace: props.namespaces.admin };

    new PriorityClasses(this, 'PriorityClasses');
    new StorageClasses(this, 'StorageClasses', props.storageClasses);
    if (props.gpuSharing) new GpuSharing(this, 'GpuSharing', props.gpuSharing);
    new TraefikDefinitions(this, 'TraefikDefinitions');
    const admin = new AdminNamespace(this, 'AdminNamespace', {
      name: props.namespaces.admin,
      registry: props.registry,
      internalCidrs: props.internalCidrs,
      externalProxy: 'proxy' in props.egress ? externalAddress(props.egress.proxy) : undefined,
      privileged: "kube-helm mounts containerd's socket, and the version file is written to the node",
    });
    const { directories } = props.storageClasses;
    new VersionFile(this, 'VersionFile', { ...shared, directory: directories.fast, version: release.version });

    this.certificate = new CertInit(this, 'CertInit', {
      ...shared,
      domain: origin.domain,
      servicesNamespace: props.namespaces.services,
      servicesDeployed: true,
    });
    const { certificate } = this.certificate;
    this.auth = new AuthBackend(this, 'AuthBackend', shared);
    this.policies = new OpenPolicyAgent(this, 'OpenPolicyAgent', { ...shared, bundles: this.auth.bundles });
    this.traefik = new Traefik(this, 'Traefik', {
      ...shared,
      ...origin,
      instanceUid: props.instanceUid,
      certificate,
      authCheck: this.auth.check,
      cors: admin.cors,
    });
    const keycloak = new Keycloak(this, 'Keycloak', {
      ...shared,
      origin,
      certificate,
      admin: credentials.keycloakAdmin,
      databasePassword: credentials.keycloakDatabase,
    });
    const { job: realm } = new KeycloakInit(this, 'KeycloakInit', {
      ...shared,
      origin,
      devMode,
      keycloak: keycloak.internal,
      admin: keycloak.admin,
      initPassword: credentials.init,
      clientSecret: credentials.oidcClient,
      systemPassword: credentials.systemUser,
    });
    this.keycloak = { internal: keycloak.internal, external: keycloak.external, realm };
    new OAuth2Proxy(this, 'OAuth2Proxy', {
      ...shared,
      origin,
      certificate,
      keycloak: keycloak.internal,
      upstream: this.traefik.https,
      clientSecret: credentials.oidcClient,
      cookieSecret: credentials.cookie,
    });
    new MaintenancePage(this, 'MaintenancePage', { ...shared, release });

    if ('proxy' in props.egress) {
      this.egressProxy = externalAddress(props.egress.proxy);
    } else {
      this.squid = new SquidProxy(this, 'SquidProxy', {
        ...shared,
        upstream: props.egress.upstream,
        clients: props.egressClients,
      });
      this.egressProxy = this.squid.endpoint;
    }
    new HelmRelease(this, 'HelmRelease', {
      name: release.name,
      namespace: RELEASE_NAMESPACE,
      chart: { name: release.name, version: release.version },
      values: props.values,
    });
    this.kubeHelm = new KubeHelm(this, 'KubeHelm', {
      ...shared,
      ...props.kubeHelm,
      helmNamespace: props.namespaces.admin,
      release: { ...release, registry: props.registry.url },
      secretKey: credentials.kubeHelm,
      egress: { proxy: this.egressProxy, domain: origin.domain, internalCidrs: props.internalCidrs },
    });
    new KubeDashboard(this, 'KubeDashboard', shared);
    this.kubeStateMetrics = new KubeStateMetrics(this, 'KubeStateMetrics', shared);
    const nfs =
      props.nfsServer &&
      new NfsServer(this, 'NfsServer', {
        ...shared,
        platform: { ...platform, storage: props.nfsServer.storage },
        clusterIP: props.nfsServer.clusterIP,
      });
    new ProjectPods(this, 'ProjectPods');
    new TaskLabels(this, 'TaskLabels');
    if (!devMode) {
      new ForbidPrivileged(this, 'ForbidPrivileged', {
        exempt: nfs && [{ pods: nfs.server, reason: NfsServer.PRIVILEGED_REASON }],
      });
    }
  }
}
