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

/** What every release of this program must render. */
export const CASES: readonly ConformanceCase[] = [
  { settings: 'default', release: 'kaapana-0.6.0', set: 'default', showSecrets: true, charts: SERVER_LAYER },
  { settings: 'default', release: 'kaapana-0.6.0', set: 'default', showSecrets: false, charts: SERVER_LAYER },
  { settings: 'prod', release: 'kaapana-0.6.0', set: 'prod', showSecrets: true, charts: SERVER_LAYER },
  { settings: 'nfs-server', release: 'kaapana-0.3.5', set: 'default', showSecrets: true, charts: ['nfs-server-chart'] },
];
