import type { Dashboard } from './dashboard';

const SMALL = { width: 4, height: 4 } as const;

/** Whether what watches the platform works itself. */
export function monitoring(): Dashboard {
  const rate = (metric: string, labels = ''): string => `rate(${metric}${labels}[$__rate_interval])`;
  return {
    uid: 'prometheus',
    title: 'Monitoring',
    description: 'Whether what watches the platform works itself: Prometheus, Alertmanager, Loki, Grafana.',
    rows: [
      {
        title: 'Now',
        panels: [
          {
            kind: 'number',
            title: 'Targets without an answer',
            ...SMALL,
            unit: 'none',
            thresholds: { warning: 1, critical: 3 },
            queries: [{ expr: 'count(up == 0) or vector(0)' }],
          },
          { kind: 'number', title: 'Series', ...SMALL, queries: [{ expr: 'sum(prometheus_tsdb_head_series)' }] },
          {
            kind: 'number',
            title: 'Metrics on disk',
            ...SMALL,
            unit: 'bytes',
            queries: [
              { expr: 'sum(prometheus_tsdb_storage_blocks_bytes) + sum(prometheus_tsdb_wal_storage_size_bytes)' },
            ],
          },
          {
            kind: 'number',
            title: 'Rules that fail',
            ...SMALL,
            unit: 'none',
            thresholds: { warning: 1, critical: 2 },
            queries: [{ expr: 'round(sum(increase(prometheus_rule_evaluation_failures_total[1h])))' }],
          },
          {
            kind: 'number',
            title: 'Alerts not sent',
            ...SMALL,
            unit: 'none',
            thresholds: { warning: 1, critical: 2 },
            queries: [{ expr: 'round(sum(increase(alertmanager_notifications_failed_total[1h])))' }],
          },
          {
            kind: 'number',
            title: 'Log lines, per second',
            ...SMALL,
            unit: 'none',
            queries: [{ expr: 'sum(rate(loki_distributor_lines_received_total[5m]))' }],
          },
        ],
      },
      {
        title: 'Metrics',
        panels: [
          {
            kind: 'table',
            title: 'Targets without an answer',
            columns: {
              job: 'Job',
              instance: 'Instance',
              kubernetes_namespace: 'Namespace',
              kubernetes_pod_name: 'Pod',
            },
            queries: [{ expr: 'up == 0' }],
          },
          {
            kind: 'course',
            title: 'Slowest targets',
            unit: 's',
            queries: [{ expr: 'topk(10, scrape_duration_seconds)', legend: '{{job}} {{instance}}' }],
          },
          {
            kind: 'course',
            title: 'Series, by job',
            unit: 'short',
            queries: [{ expr: 'topk(10, sum by (job) (scrape_samples_scraped))', legend: '{{job}}' }],
          },
          {
            kind: 'course',
            title: 'Samples stored',
            unit: 'ops',
            queries: [{ expr: rate('prometheus_tsdb_head_samples_appended_total'), legend: 'samples' }],
          },
          {
            kind: 'course',
            title: 'Memory of Prometheus',
            unit: 'bytes',
            queries: [{ expr: 'process_resident_memory_bytes{custom_job_name="prometheus"}', legend: 'in use' }],
          },
          {
            kind: 'course',
            title: 'Time to evaluate rules, share of the interval',
            unit: 'percentunit',
            queries: [
              {
                expr: 'prometheus_rule_group_last_duration_seconds / prometheus_rule_group_interval_seconds',
                legend: '{{rule_group}}',
              },
            ],
          },
        ],
      },
      {
        title: 'Alerts',
        panels: [
          {
            kind: 'course',
            title: 'Alerts, by state',
            unit: 'none',
            queries: [{ expr: 'sum by (state) (alertmanager_alerts)', legend: '{{state}}' }],
          },
          {
            kind: 'course',
            title: 'Messages, per hour',
            unit: 'none',
            queries: [
              {
                expr: 'sum by (integration) (increase(alertmanager_notifications_total[1h])) > 0',
                legend: '{{integration}}, sent',
              },
              {
                expr: 'sum by (integration) (increase(alertmanager_notifications_failed_total[1h])) > 0',
                legend: '{{integration}}, failed',
              },
            ],
          },
        ],
      },
      {
        title: 'Logs and pages',
        panels: [
          {
            kind: 'course',
            title: 'Logs received',
            unit: 'Bps',
            queries: [{ expr: `sum(${rate('loki_distributor_bytes_received_total')})`, legend: 'received' }],
          },
          {
            kind: 'course',
            title: 'Log streams in memory',
            unit: 'none',
            queries: [{ expr: 'sum(loki_ingester_memory_streams)', legend: 'streams' }],
          },
          {
            kind: 'course',
            title: 'Requests to Loki, by answer',
            unit: 'reqps',
            queries: [
              {
                expr: `sum by (status_code) (${rate('loki_request_duration_seconds_count')})`,
                legend: '{{status_code}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Requests to Grafana, by answer',
            unit: 'reqps',
            queries: [
              {
                expr: `sum by (status_code) (${rate('grafana_http_request_duration_seconds_count')})`,
                legend: '{{status_code}}',
              },
            ],
          },
        ],
      },
    ],
  };
}
