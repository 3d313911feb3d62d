/** A rendering, and what it is compared with. */
export interface ConformanceCase {
  /** Settings file in `settings/`, without its ending. */
  readonly settings: string;

  /** Release whose facts count. */
  readonly release: string;

  /** Values set of that release. */
  readonly set: string;

  /** Whether secrets are rendered in plain text. */
  readonly showSecrets: boolean;

  /** Registry of the settings. @default - the one of the reference inputs */
  readonly registry?: string;

  /** File with the names that objects have here, where the waivers alone would leave them out. */
  readonly renames?: string;

  /** Charts of the reference that the rendering must cover. */
  readonly charts: readonly string[];
}

/** Charts that a server has once, whatever runs on it. */
const SERVER_LAYER = [
  'admin-namespace',
  'kaapana-admin-chart',
  'cert-init-chart',
  'traefik-chart',
  'oAuth2-proxy-chart',
  'keycloak-chart',
  'keycloak-init-chart',
  'kube-dashboard-chart',
  'kube-helm-chart',
  'auth-backend-chart',
  'open-policy-agent-chart',
  'maintenance-page-chart',
  'squid-proxy',
] as const;

/** Charts of an instance, and the one that the first project is made of. */
const PLATFORM_LAYER = [
  'access-information-interface',
  'airflow-chart',
  'alertmanager-chart',
  'cert-copy-chart',
  'ctp-chart',
  'data-api',
  'data-ui',
  'dcm4chee-chart',
  'dicom-init-chart',
  'dicom-web-filter',
  'extensions-namespace',
  'grafana-chart',
  'kaapana-backend-chart',
  'kaapana-documentation',
  'kaapana-plugin-chart',
  'landing-page-kaapana-chart',
  'loki-promtail-chart',
  'meta-init-chart',
  'minio-chart',
  'minio-init-chart',
  'node-exporter-chart',
  'notification-service',
  'ohif-chart',
  'opensearch-chart',
  'os-dashboards-chart',
  'project-management-ui',
  'prometheus-chart',
  'services-namespace',
  'system-user-password-chart',
  'workflow-api',
  'workflow-ui',
  'project-namespace',
] as const;

const ALL = [...SERVER_LAYER, ...PLATFORM_LAYER];

/** Charts that Kaapana 0.3.5 was the last to ship. */
const LEGACY = [
  'auth-backend-chart',
  'debug-container-chart',
  'jobs-namespace',
  'kaapana-persistence-chart',
  'nfs-server-chart',
  'ohif-chart-v2',
  'ohif-iframe-chart',
  'static-website-chart',
] as const;

/** Registry of the settings `site`, in which every input that has no set of its own is another one. */
export const SITE_REGISTRY = 'harbor.site.example/team/kaapana';

/** What every release of this program must render. */
export const CASES: readonly ConformanceCase[] = [
  { settings: 'default', release: 'kaapana-0.6.0', set: 'default', showSecrets: true, charts: ALL },
  { settings: 'default', release: 'kaapana-0.6.0', set: 'default', showSecrets: false, charts: ALL },
  { settings: 'prod', release: 'kaapana-0.6.0', set: 'prod', showSecrets: true, charts: ALL },
  { settings: 'instance', release: 'kaapana-0.6.0', set: 'instance', showSecrets: true, charts: ALL },
  { settings: 'instance', release: 'kaapana-0.6.0', set: 'instance', showSecrets: true, charts: ALL, renames: 'renames.instance.json' },
  { settings: 'site', release: 'kaapana-0.6.0', set: 'site', registry: SITE_REGISTRY, showSecrets: true, charts: ALL },
  { settings: 'offline', release: 'kaapana-0.6.0', set: 'offline', showSecrets: true, charts: ALL },
  { settings: 'legacy', release: 'kaapana-0.3.5', set: 'default', showSecrets: true, charts: LEGACY },
  { settings: 'minio-console', release: 'kaapana-0.2.6', set: 'default', showSecrets: true, charts: ['minio-console-chart'] },
];
