import type { Dashboard } from './dashboard';

/** Programs of the platform that count their requests in the same way. */
export function interfaces(): Dashboard {
  const own = 'custom_job_name=~"$program"';
  const rate = (metric: string, labels = own): string => `rate(${metric}{${labels}}[$__rate_interval])`;
  const duration = 'http_request_duration_seconds';
  return {
    uid: 'kaapana-interfaces',
    title: 'Interfaces',
    description: 'Requests to kaapana-backend and kube-helm, by page.',
    variables: [{ name: 'program', label: 'Program', values: 'label_values(http_requests_total, custom_job_name)' }],
    rows: [
      {
        title: 'Requests',
        panels: [
          {
            kind: 'course',
            title: 'Requests, by answer',
            unit: 'reqps',
            stacked: true,
            queries: [
              {
                expr: `sum by (custom_job_name, status) (${rate('http_requests_total')})`,
                legend: '{{custom_job_name}} {{status}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Failed requests, by page',
            unit: 'reqps',
            queries: [
              {
                expr: `sum by (custom_job_name, method, handler) (${rate('http_requests_total', `${own}, status="5xx"`)}) > 0`,
                legend: '{{method}} {{handler}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Requests, ten busiest pages',
            unit: 'reqps',
            queries: [
              {
                expr: `topk(10, sum by (custom_job_name, method, handler) (${rate('http_requests_total')}))`,
                legend: '{{method}} {{handler}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Mean time to answer, ten slowest pages',
            unit: 's',
            queries: [
              {
                expr: `topk(10, sum by (method, handler) (${rate(`${duration}_sum`)}) / sum by (method, handler) (${rate(`${duration}_count`)}))`,
                legend: '{{method}} {{handler}}',
              },
            ],
          },
        ],
      },
      {
        title: 'Programs',
        panels: [
          {
            kind: 'course',
            title: 'Memory',
            unit: 'bytes',
            queries: [{ expr: `process_resident_memory_bytes{${own}}`, legend: '{{custom_job_name}}' }],
          },
          {
            kind: 'course',
            title: 'Processors',
            unit: 'none',
            queries: [{ expr: rate('process_cpu_seconds_total'), legend: '{{custom_job_name}}' }],
          },
          {
            kind: 'course',
            title: 'Open files',
            unit: 'percentunit',
            max: 1,
            queries: [{ expr: `process_open_fds{${own}} / process_max_fds{${own}}`, legend: '{{custom_job_name}}' }],
          },
          {
            kind: 'course',
            title: 'Running for',
            unit: 's',
            queries: [{ expr: `time() - process_start_time_seconds{${own}}`, legend: '{{custom_job_name}}' }],
          },
        ],
      },
    ],
  };
}
