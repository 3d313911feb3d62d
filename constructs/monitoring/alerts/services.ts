import type { AlertRule } from './alert-rule';

const DAY = 86_400;

/** What may go wrong with workflows. */
export const WORKFLOW_ALERTS: readonly AlertRule[] = [
  {
    alert: 'SchedulerSilent',
    severity: 'critical',
    expr: 'increase(af_agg_scheduler_heartbeat[5m]) == 0',
    summary: "Airflow's scheduler gives no sign of life",
    description: 'No workflow starts or goes on: restart the scheduler.',
  },
  {
    alert: 'WorkflowsNotLoaded',
    severity: 'warning',
    for: '15m',
    expr: 'af_agg_dag_processing_import_errors > 0',
    summary: '{{ $value }} files of workflows cannot be loaded',
    description: "Airflow's start page shows the errors.",
  },
  {
    alert: 'TasksFailing',
    severity: 'warning',
    for: '0s',
    expr: 'increase(af_agg_ti_failures[1h]) > 5 and increase(af_agg_ti_failures[1h]) > increase(af_agg_ti_successes[1h])',
    summary: 'more tasks fail than succeed: {{ $value | humanize }} within an hour',
    description: 'The dashboard Workflows shows which.',
  },
  {
    alert: 'TasksWaiting',
    severity: 'warning',
    for: '30m',
    expr: 'af_agg_executor_queued_tasks > 0 and af_agg_executor_running_tasks == 0',
    summary: '{{ $value }} tasks wait, and none runs',
    description: 'Their pods do not fit on any node, or the limits of a pool are too small.',
  },
];

const CERTIFICATE_LEFT = 'traefik_tls_certs_not_after - time()';
const CERTIFICATE_EXPIRES = {
  alert: 'CertificateExpires',
  summary: 'the certificate of {{ $labels.cn }} expires in {{ $value | humanizeDuration }}',
  description: 'Replace it before browsers and other sites refuse to connect.',
} as const;

/** What users notice first. */
export const ACCESS_ALERTS: readonly AlertRule[] = [
  {
    ...CERTIFICATE_EXPIRES,
    severity: 'warning',
    expr: `${CERTIFICATE_LEFT} < ${14 * DAY}`,
  },
  {
    ...CERTIFICATE_EXPIRES,
    severity: 'critical',
    expr: `${CERTIFICATE_LEFT} < ${3 * DAY}`,
  },
  {
    alert: 'RequestsFail',
    severity: 'warning',
    for: '10m',
    expr: `${requests('{code=~"5.."}')} / ${requests('')} > 0.1 and ${requests('')} > 0.05`,
    summary: '{{ $labels.service }} fails {{ $value | humanizePercentage }} of its requests',
    description: 'Read the log of its pods.',
  },
];

/** What may keep an alert from arriving. */
export const MONITORING_ALERTS: readonly AlertRule[] = [
  {
    alert: 'AlertsNotSent',
    severity: 'warning',
    for: '10m',
    expr: 'rate(alertmanager_notifications_failed_total[5m]) > 0',
    summary: 'Alertmanager cannot send alerts by {{ $labels.integration }}',
    description: 'Read its log; for mail, check server and account.',
  },
  {
    alert: 'RulesFail',
    severity: 'warning',
    expr: 'increase(prometheus_rule_evaluation_failures_total[10m]) > 0',
    summary: 'rules of {{ $labels.rule_group }} cannot be evaluated',
    description: 'The page Status, Rules of Prometheus shows the error.',
  },
  {
    alert: 'ConfigurationNotLoaded',
    severity: 'warning',
    expr: 'prometheus_config_last_reload_successful == 0 or alertmanager_config_last_reload_successful == 0',
    summary: '{{ $labels.job }} runs with an old configuration',
    description: 'Its log names the line that it refuses.',
  },
];

/** What may go wrong with GPUs. */
export const GPU_ALERTS: readonly AlertRule[] = [
  {
    alert: 'GpuHot',
    severity: 'warning',
    for: '10m',
    expr: 'DCGM_FI_DEV_GPU_TEMP > 90',
    summary: 'GPU {{ $labels.gpu }} of {{ $labels.Hostname }} has {{ $value }} °C',
    description: 'Look after fans and air flow; a hot GPU slows down, then switches off.',
  },
  {
    alert: 'GpuError',
    severity: 'warning',
    for: '1m',
    expr: 'DCGM_FI_DEV_XID_ERRORS > 0',
    summary: 'GPU {{ $labels.gpu }} of {{ $labels.Hostname }} reports error {{ $value }}',
    description: "NVIDIA's list of XID errors tells whether a program or the hardware is at fault.",
  },
];

/** Requests a second to each service; `selected` selects some of them. */
function requests(selected: string): string {
  return `sum by (service) (rate(traefik_service_requests_total${selected}[5m]))`;
}
