import type { Address } from '../../kube';

/** A rule about the labels of a target or a sample, in Prometheus' own words. */
export interface RelabelRule {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly action?: 'replace' | 'keep' | 'drop' | 'labelmap';
  readonly target_label?: string;
  readonly replacement?: string;
}

/** A job that collects metrics, in Prometheus' own words. */
export interface ScrapeJob {
  readonly job_name: string;
  readonly scrape_interval?: string;
  readonly scheme?: 'http' | 'https';
  readonly metrics_path?: string;
  readonly tls_config?: { readonly ca_file?: string; readonly insecure_skip_verify?: boolean };
  readonly authorization?: { readonly credentials_file: string };
  readonly kubernetes_sd_configs?: readonly {
    readonly role: 'node' | 'pod' | 'endpoints';
    readonly namespaces?: { readonly names: readonly string[] };
  }[];
  readonly static_configs?: readonly {
    readonly targets: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
  }[];
  readonly relabel_configs?: readonly RelabelRule[];
  readonly metric_relabel_configs?: readonly RelabelRule[];
}

/** Metrics at a known address. */
export interface MetricsTarget {
  /** Name that its series are found by. */
  readonly name: string;

  readonly address: Address;

  /** @default '/metrics' */
  readonly path?: string;
}

/** A service whose endpoints all offer metrics, deployed by somebody else. */
export interface MetricsService {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
}

/** Name of the job whose series say whether a service answers at all. */
export const PROBE_JOB = 'services';

const CREDENTIALS_DIR = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The kubelets: about themselves and, by cAdvisor, about all containers. */
export function nodeJobs(): ScrapeJob[] {
  const job = (job_name: string, metrics_path: string): ScrapeJob => ({
    job_name,
    scheme: 'https',
    metrics_path,
    // A kubelet signs its certificate itself.
    tls_config: { ca_file: `${CREDENTIALS_DIR}/ca.crt`, insecure_skip_verify: true },
    authorization: { credentials_file: `${CREDENTIALS_DIR}/token` },
    kubernetes_sd_configs: [{ role: 'node' }],
    relabel_configs: [{ action: 'labelmap', regex: '__meta_kubernetes_node_label_(.+)' }],
  });
  return [job('kubernetes-nodes', '/metrics'), job('kubernetes-cadvisor', '/metrics/cadvisor')];
}

/** All endpoints of a service, with the labels that Kaapana's scheduling asks for. */
export function serviceJob(job_name: string, { service, namespace }: MetricsService): ScrapeJob {
  return {
    job_name,
    kubernetes_sd_configs: [{ role: 'endpoints', namespaces: { names: [namespace] } }],
    relabel_configs: [
      { source_labels: ['__meta_kubernetes_service_name'], action: 'keep', regex: service },
      { source_labels: ['__meta_kubernetes_namespace'], target_label: 'kubernetes_namespace' },
      { source_labels: ['__meta_kubernetes_service_name'], target_label: 'kubernetes_name' },
      { source_labels: ['__meta_kubernetes_service_name'], target_label: 'app' },
    ],
  };
}

/** Metrics at one address. */
export function targetJob({ name, address, path = '/metrics' }: MetricsTarget): ScrapeJob {
  return {
    job_name: name,
    scheme: scheme(address),
    metrics_path: path,
    static_configs: [{ targets: [target(address)] }],
  };
}

/** Whether the services answer under the names that others use; their metrics come from their pods. */
export function probeJob(targets: readonly MetricsTarget[]): ScrapeJob {
  return {
    job_name: PROBE_JOB,
    scrape_interval: '60s',
    static_configs: targets.map(({ name, address, path = '/metrics' }) => ({
      targets: [target(address)],
      labels: { service: name, __scheme__: scheme(address), __metrics_path__: path },
    })),
    metric_relabel_configs: [{ source_labels: ['__name__'], action: 'drop', regex: '.+' }],
  };
}

function target({ host, port }: Address): string {
  return `${host}:${port}`;
}

function scheme({ url }: Address): 'http' | 'https' {
  return url.startsWith('https:') ? 'https' : 'http';
}
