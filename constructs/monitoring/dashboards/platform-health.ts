import { PROBE_JOB } from '../scraping/scrape-jobs';
import type { Dashboard } from './dashboard';

const UP = { 0: { text: 'down', color: 'red' }, 1: { text: 'up', color: 'green' } };
const SMALL = { width: 4, height: 4 } as const;

/** The page that an operator keeps open: what is wrong, and where to look next. */
export function platformHealth(namespaces: readonly string[]): Dashboard {
  const own = `namespace=~"${namespaces.join('|')}"`;
  const used = (role: string): string => `1 - kaapana_${role}_fs_available_bytes / kaapana_${role}_fs_size_bytes`;
  return {
    uid: 'kaapana-platform',
    title: 'Platform health',
    description: 'What is wrong with this Kaapana, and where to look next.',
    rows: [
      {
        title: 'Now',
        panels: [
          {
            kind: 'number',
            title: 'Alerts',
            ...SMALL,
            thresholds: { warning: 1, critical: 5 },
            queries: [{ expr: 'sum(ALERTS{alertstate="firing"}) or vector(0)' }],
          },
          {
            kind: 'number',
            title: 'Services without an answer',
            ...SMALL,
            thresholds: { warning: 0.5, critical: 1 },
            queries: [{ expr: `count(up{job="${PROBE_JOB}"} == 0) or vector(0)` }],
          },
          {
            kind: 'number',
            title: 'Pods not ready',
            ...SMALL,
            thresholds: { warning: 1, critical: 3 },
            queries: [
              {
                expr: `sum(kube_pod_status_ready{${own}, condition="false"} unless on (namespace, pod) kube_pod_status_phase{phase="Succeeded"} == 1) or vector(0)`,
              },
            ],
          },
          {
            kind: 'number',
            title: 'Restarts within an hour',
            ...SMALL,
            unit: 'none',
            thresholds: { warning: 1, critical: 5 },
            queries: [
              { expr: `round(sum(increase(kube_pod_container_status_restarts_total{${own}}[1h]))) or vector(0)` },
            ],
          },
          {
            kind: 'number',
            title: 'Certificate expires',
            ...SMALL,
            unit: 'dateTimeFromNow',
            queries: [{ expr: 'min(traefik_tls_certs_not_after) * 1000' }],
          },
          {
            kind: 'number',
            title: 'Running for',
            ...SMALL,
            unit: 's',
            queries: [{ expr: 'max(component_uptime_seconds)' }],
          },
          {
            kind: 'table',
            title: 'Alerts',
            width: 24,
            height: 7,
            columns: {
              alertname: 'Alert',
              severity: 'Severity',
              namespace: 'Namespace',
              pod: 'Pod',
              service: 'Service',
              path: 'Directory',
              instance: 'Instance',
            },
            queries: [{ expr: 'ALERTS{alertstate="firing"}' }],
          },
          {
            kind: 'number',
            title: 'Services',
            width: 24,
            height: 5,
            words: UP,
            unit: 'none',
            thresholds: { warning: 1, critical: 0.5 },
            description: 'Whether each service answers under the name that the others use.',
            queries: [{ expr: `up{job="${PROBE_JOB}"}`, legend: '{{service}}' }],
          },
        ],
      },
      {
        title: 'Capacity',
        panels: [
          {
            kind: 'course',
            title: 'CPU in use, by node',
            width: 8,
            unit: 'percentunit',
            max: 1,
            queries: [
              {
                expr: '1 - avg by (kubernetes_node) (rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))',
                legend: '{{kubernetes_node}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Memory in use, by node',
            width: 8,
            unit: 'percentunit',
            max: 1,
            queries: [
              {
                expr: '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes',
                legend: '{{kubernetes_node}}',
              },
            ],
          },
          {
            kind: 'bars',
            title: 'Data directories in use',
            width: 8,
            unit: 'percentunit',
            max: 1,
            thresholds: { warning: 0.8, critical: 0.9 },
            queries: [
              { expr: used('fast'), legend: 'fast {{path}}' },
              { expr: used('slow'), legend: 'slow {{path}}' },
            ],
          },
        ],
      },
      {
        title: 'Use',
        panels: [
          {
            kind: 'course',
            title: 'Requests, by service',
            width: 8,
            unit: 'reqps',
            queries: [
              {
                expr: 'topk(8, sum by (service) (rate(traefik_service_requests_total[$__rate_interval])))',
                legend: '{{service}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Failed requests, by service',
            width: 8,
            unit: 'reqps',
            queries: [
              {
                expr: 'sum by (service) (rate(traefik_service_requests_total{code=~"5.."}[$__rate_interval])) > 0',
                legend: '{{service}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Tasks of workflows',
            width: 8,
            unit: 'none',
            queries: [
              { expr: 'sum(af_agg_executor_running_tasks)', legend: 'running' },
              { expr: 'sum(af_agg_executor_queued_tasks)', legend: 'waiting' },
            ],
          },
          {
            kind: 'bars',
            title: 'DICOM series, by modality',
            width: 16,
            height: 6,
            unit: 'none',
            queries: [{ expr: 'sort_desc(dicom_series_total{modality!="total"})', legend: '{{modality}}' }],
          },
          {
            kind: 'number',
            title: 'DICOM archive',
            width: 8,
            height: 6,
            unit: 'none',
            queries: [
              { expr: 'dicom_patients_total', legend: 'patients' },
              { expr: 'dicom_studies_total', legend: 'studies' },
              { expr: 'dicom_series_total{modality="total"}', legend: 'series' },
            ],
          },
        ],
      },
    ],
  };
}
