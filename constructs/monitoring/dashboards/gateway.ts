import type { Dashboard } from './dashboard';

const SMALL = { width: 6, height: 4 } as const;

/** What users meet first: reverse proxy, login, certificates. */
export function gateway(): Dashboard {
  const rate = (metric: string, labels = ''): string => `rate(${metric}${labels}[$__rate_interval])`;
  const quantile = (q: number): string =>
    `histogram_quantile(${q}, sum by (le) (${rate('traefik_entrypoint_request_duration_seconds_bucket', '{entrypoint="websecure"}')}))`;
  return {
    uid: 'kaapana-gateway',
    title: 'Gateway and login',
    description: 'Requests from outside: how many, how fast, how many fail; logins; certificates.',
    rows: [
      {
        title: 'Now',
        panels: [
          {
            kind: 'number',
            title: 'Requests',
            ...SMALL,
            unit: 'reqps',
            queries: [{ expr: 'sum(rate(traefik_entrypoint_requests_total{entrypoint="websecure"}[5m]))' }],
          },
          {
            kind: 'number',
            title: 'Requests that fail',
            ...SMALL,
            unit: 'percentunit',
            thresholds: { warning: 0.01, critical: 0.05 },
            queries: [
              {
                expr: 'sum(rate(traefik_entrypoint_requests_total{entrypoint="websecure", code=~"5.."}[5m])) / sum(rate(traefik_entrypoint_requests_total{entrypoint="websecure"}[5m]))',
              },
            ],
          },
          {
            kind: 'number',
            title: 'Open connections',
            ...SMALL,
            unit: 'none',
            queries: [{ expr: 'sum(traefik_open_connections{entrypoint="websecure"})' }],
          },
          {
            kind: 'number',
            title: 'Certificate expires',
            ...SMALL,
            unit: 'dateTimeFromNow',
            queries: [{ expr: 'min by (cn) (traefik_tls_certs_not_after) * 1000', legend: '{{cn}}' }],
          },
        ],
      },
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
                expr: `sum by (code) (${rate('traefik_entrypoint_requests_total', '{entrypoint="websecure"}')})`,
                legend: '{{code}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Time to answer',
            unit: 's',
            queries: [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q), legend: `${q * 100} % are faster` })),
          },
          {
            kind: 'course',
            title: 'Requests, by service',
            unit: 'reqps',
            queries: [
              { expr: `topk(10, sum by (service) (${rate('traefik_service_requests_total')}))`, legend: '{{service}}' },
            ],
          },
          {
            kind: 'course',
            title: 'Mean time to answer, by service',
            unit: 's',
            queries: [
              {
                expr: `topk(10, sum by (service) (${rate('traefik_service_request_duration_seconds_sum')}) / sum by (service) (${rate('traefik_service_request_duration_seconds_count')}))`,
                legend: '{{service}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Failed requests, by service',
            unit: 'reqps',
            queries: [
              {
                expr: `sum by (service, code) (${rate('traefik_service_requests_total', '{code=~"5.."}')}) > 0`,
                legend: '{{service}} {{code}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Refused requests, by service',
            description: 'No login, no right, or no such page.',
            unit: 'reqps',
            queries: [
              {
                expr: `sum by (service, code) (${rate('traefik_service_requests_total', '{code=~"4.."}')}) > 0`,
                legend: '{{service}} {{code}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Traffic',
            unit: 'Bps',
            queries: [
              { expr: `sum(${rate('traefik_entrypoint_requests_bytes_total')})`, legend: 'received' },
              { expr: `sum(${rate('traefik_entrypoint_responses_bytes_total')})`, legend: 'sent' },
            ],
          },
          {
            kind: 'course',
            title: 'Open connections, by entry point',
            unit: 'none',
            queries: [{ expr: 'sum by (entrypoint) (traefik_open_connections)', legend: '{{entrypoint}}' }],
          },
        ],
      },
      {
        title: 'Login',
        panels: [
          {
            kind: 'course',
            title: 'Front door, by answer',
            unit: 'reqps',
            stacked: true,
            queries: [{ expr: `sum by (code) (${rate('oauth2_proxy_requests_total')})`, legend: '{{code}}' }],
          },
          {
            kind: 'course',
            title: 'Identity provider, by answer',
            unit: 'reqps',
            stacked: true,
            queries: [
              {
                expr: `sum by (status) (${rate('http_server_requests_seconds_count', '{custom_job_name="keycloak"}')})`,
                legend: '{{status}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Identity provider, mean time to answer',
            unit: 's',
            queries: [
              {
                expr: `sum(${rate('http_server_requests_seconds_sum', '{custom_job_name="keycloak"}')}) / sum(${rate('http_server_requests_seconds_count', '{custom_job_name="keycloak"}')})`,
                legend: 'mean',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Identity provider, memory',
            unit: 'bytes',
            stacked: true,
            queries: [
              { expr: 'sum by (area) (jvm_memory_used_bytes{custom_job_name="keycloak"})', legend: '{{area}}' },
            ],
          },
        ],
      },
    ],
  };
}
