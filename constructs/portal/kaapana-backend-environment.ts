import { type Address, origin } from '../kube';
import type { Origin } from '../platform/origin';

/** What the back end talks to. */
export interface BackendServices {
  readonly accessInformation: Address;

  /** Runs the workflows; its URL ends with the path of its pages. */
  readonly airflow: Address;

  readonly dicomWebFilter: Address;

  /** Identity provider: by TLS, and plain. */
  readonly keycloak: { readonly internal: Address; readonly external: Address };

  readonly kubeHelm: Address;
  readonly minio: Address;
  readonly openPolicyAgent: Address;
  readonly opensearch: Address;
  readonly prometheus: Address;

  /** API of the reverse proxy. */
  readonly traefik: Address;
}

/** What is deployed, as administrators see it. */
export interface Build {
  readonly version: string;

  /** Branch of the sources. @default 'release' */
  readonly branch?: string;

  /** Time of the last commit, in ISO 8601. @default 'unknown' */
  readonly committed?: string;

  /** Time of the build, in ISO 8601. @default 'unknown' */
  readonly built?: string;

  /** Time of the deployment, in ISO 8601; a new one restarts the pod. @default 'unknown' */
  readonly deployed?: string;
}

/** Where the platform is, and what it is called. */
export interface BackendSite {
  readonly namespace: string;

  /** Namespace of what the server has once. */
  readonly adminNamespace: string;

  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** Name that other instances know this one by. */
  readonly instanceName: string;

  /** File systems whose free space it shows, by the directory that they are mounted at. @default - none */
  readonly mountPoints?: readonly string[];
}

/** Variables about the site. */
export function siteEnv(site: BackendSite): Record<string, string> {
  return {
    INSTANCE_NAME: site.instanceName,
    HOSTNAME: site.origin.domain,
    HTTPS_PORT: String(site.origin.httpsPort),
    MOUNT_POINTS_TO_MONITOR: (site.mountPoints ?? []).join(','),
    SERVICES_NAMESPACE: site.namespace,
    ADMIN_NAMESPACE: site.adminNamespace,
  };
}

/** Variables about other components. */
export function servicesEnv(services: BackendServices): Record<string, string> {
  const { minio, opensearch } = services;
  return {
    ACCESS_INFORMATION_INTERFACE_URL: origin(services.accessInformation),
    AIRFLOW_URL: `${services.airflow.url}/kaapana/api`,
    KEYCLOAK_URL: origin(services.keycloak.external),
    KUBE_HELM_URL: `${origin(services.kubeHelm)}/kube-helm-api`,
    MINIO_URL: `${minio.host}:${minio.port}`,
    OPENSEARCH_HOST: opensearch.host,
    OPENSEARCH_PORT: String(opensearch.port),
    PROMETHEUS_URL: services.prometheus.url,
    TRAEFIK_URL: origin(services.traefik),
  };
}

/** Variables about what is deployed. */
export function buildEnv(build: Build): Record<string, string> {
  const { version, branch = 'release', committed = 'unknown', built = 'unknown', deployed = 'unknown' } = build;
  return {
    KAAPANA_BUILD_VERSION: version,
    KAAPANA_BUILD_BRANCH: branch,
    KAAPANA_BUILD_TIMESTAMP: built,
    KAAPANA_LAST_COMMIT_TIMESTAMP: committed,
    DEPLOYMENT_TIMESTAMP: deployed,
  };
}
