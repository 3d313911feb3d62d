import { SquidProxy } from '../../constructs/admin/squid';
import { secretToken } from '../../constructs/kube';
import type { Settings } from '../settings/parse';

/**
 * The platform's values as its own chart has them: charts of extensions that kube-helm installs, and whoever asks
 * `helm get values`, find them in the release of that name (kaapana-admin-chart, Kaapana 0.6.0).
 */
export function helmValues(settings: Settings): { readonly global: Readonly<Record<string, unknown>> } {
  const { credentials, storageClasses, smtp, pullPolicy } = settings;
  const proxy = settings.externalEgressProxy ?? SquidProxy.url(settings.adminNamespace);
  const secret = (name: string): string => secretToken(`credentials.${name}`);
  return {
    global: {
      admin_namespace: settings.adminNamespace,
      services_namespace: settings.servicesNamespace,
      extensions_namespace: settings.extensionsNamespace,
      helm_namespace: settings.adminNamespace,
      release_name: settings.platformName,
      kaapana_build_version: settings.platformVersion,
      platform_build_branch: settings.platformVersion,
      instance_uid: settings.instanceUid,
      instance_name: settings.instanceName,
      hostname: settings.domain,
      http_port: String(settings.httpPort),
      https_port: String(settings.httpsPort),
      dicom_port: String(settings.dicomPort),
      internalCidrs: settings.internalCidrs,
      http_proxy: proxy,
      https_proxy: proxy,
      registry_url: settings.containerRegistryUrl,
      credentials_registry_username: settings.containerRegistryUsername ?? '',
      credentials_registry_password:
        settings.containerRegistryUsername === undefined ? '' : secretToken('containerRegistryPassword'),
      credentials_minio_username: credentials.minioUsername,
      credentials_minio_password: secret('minioPassword'),
      credentials_grafana_username: credentials.grafanaUsername,
      credentials_grafana_password: secret('grafanaPassword'),
      credentials_keycloak_admin_username: credentials.keycloakAdminUsername,
      credentials_keycloak_admin_password: secret('keycloakAdminPassword'),
      kaapana_init_password: secret('initPassword'),
      oidc_client_secret: secret('oidcClientSecret'),
      dev_mode: settings.devMode,
      gpu_support: settings.gpuSupport,
      offline_mode: settings.offlineMode,
      prefetch_extensions: settings.prefetchExtensions,
      pull_policy_images: pullPolicy,
      pull_policy_jobs: pullPolicy,
      pull_policy_pods: pullPolicy,
      fast_data_dir: settings.fastDataDir,
      slow_data_dir: settings.slowDataDir,
      storage_class_fast: storageClasses.fast,
      storage_class_slow: storageClasses.slow,
      storage_class_workflow: storageClasses.workflow,
      storage_node: settings.storageNode,
      main_node_name: settings.mainNodeName ?? '',
      replica_count: String(settings.replicaCount),
      volume_slow_data: settings.volumeSlowData,
      mount_points_to_monitor: settings.mountPointsToMonitor,
      smtp_host: smtp?.host ?? '',
      smtp_port: String(smtp?.port ?? 0),
      smtp_username: smtp?.username ?? '',
      smtp_password: smtp?.password ?? '',
      email_address_sender: smtp?.sender ?? '',
    },
  };
}
