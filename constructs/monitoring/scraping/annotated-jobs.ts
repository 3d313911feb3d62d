import type { RelabelRule, ScrapeJob } from './scrape-jobs';

/** Job names that images of Kaapana ask for; the pods' annotations spell them otherwise. */
const ASKED_FOR: Readonly<Record<string, string>> = {
  'node-exporter': 'Node-Exporter',
  'oauth2-proxy': 'oAuth2-proxy',
};

/** Pods and services in `namespaces` that say by annotations where their metrics are. */
export function annotatedJobs(namespaces: readonly string[]): ScrapeJob[] {
  const pods = (job_name: string, suffix: string, insecure: boolean): ScrapeJob => ({
    job_name,
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: namespaces } }],
    ...(insecure ? { tls_config: { insecure_skip_verify: true } } : {}),
    relabel_configs: podRules(suffix, insecure),
  });
  return [
    pods('kubernetes-pods', '', false),
    pods('kubernetes-pods-extra', '_2', false),
    pods('kubernetes-pods-insecure', '', true),
    {
      job_name: 'kubernetes-service-endpoints',
      kubernetes_sd_configs: [{ role: 'endpoints', namespaces: { names: namespaces } }],
      relabel_configs: serviceRules(),
    },
  ];
}

function podRules(suffix: string, insecure: boolean): RelabelRule[] {
  const annotation = (name: string): string => `__meta_kubernetes_pod_annotation_prometheus_io_${name}${suffix}`;
  return [
    { source_labels: [annotation('scrape')], action: 'keep', regex: 'true' },
    { source_labels: [annotation('insecure_skip_verify')], action: insecure ? 'keep' : 'drop', regex: 'true' },
    { source_labels: ['__meta_kubernetes_pod_phase'], action: 'drop', regex: 'Succeeded|Failed' },
    { source_labels: [annotation('scheme')], regex: '(https?)', target_label: '__scheme__' },
    { source_labels: [annotation('path')], regex: '(.+)', target_label: '__metrics_path__' },
    {
      source_labels: ['__meta_kubernetes_pod_ip', annotation('port')],
      regex: '(.+);(\\d+)',
      target_label: '__address__',
      replacement: '$1:$2',
    },
    { source_labels: [annotation('scrape_interval')], regex: '(.+)', target_label: '__scrape_interval__' },
    { source_labels: [annotation('scrape_timeout')], regex: '(.+)', target_label: '__scrape_timeout__' },
    { source_labels: ['__meta_kubernetes_namespace'], target_label: 'kubernetes_namespace' },
    { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'kubernetes_pod_name' },
    { source_labels: ['__meta_kubernetes_pod_node_name'], target_label: 'kubernetes_node' },
    { source_labels: [annotation('custom_job_name')], regex: '(.+)', target_label: 'custom_job_name' },
    { source_labels: [annotation('custom_job_name')], regex: '(.+)', target_label: 'job' },
    ...Object.entries(ASKED_FOR).map(([regex, replacement]) => ({
      source_labels: [annotation('custom_job_name')],
      regex,
      target_label: 'job',
      replacement,
    })),
  ];
}

function serviceRules(): RelabelRule[] {
  const annotation = (name: string): string => `__meta_kubernetes_service_annotation_prometheus_io_${name}`;
  return [
    { source_labels: [annotation('scrape')], action: 'keep', regex: 'true' },
    { source_labels: [annotation('scheme')], regex: '(https?)', target_label: '__scheme__' },
    { source_labels: [annotation('path')], regex: '(.+)', target_label: '__metrics_path__' },
    {
      source_labels: ['__address__', annotation('port')],
      regex: '([^:]+)(?::\\d+)?;(\\d+)',
      target_label: '__address__',
      replacement: '$1:$2',
    },
    { action: 'labelmap', regex: '__meta_kubernetes_service_label_(.+)' },
    { source_labels: ['__meta_kubernetes_namespace'], target_label: 'kubernetes_namespace' },
    { source_labels: ['__meta_kubernetes_service_name'], target_label: 'kubernetes_name' },
  ];
}
