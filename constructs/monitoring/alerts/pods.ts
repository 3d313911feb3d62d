import { PROBE_JOB } from '../scraping/scrape-jobs';
import type { AlertRule } from './alert-rule';

/** What may go wrong with pods; `own` selects the namespaces of the platform. */
export function podAlerts(own: string): AlertRule[] {
  const pulling = 'reason=~"ImagePullBackOff|ErrImagePull|InvalidImageName"';
  return [
    {
      alert: 'ServiceUnreachable',
      severity: 'critical',
      expr: `up{job="${PROBE_JOB}"} == 0`,
      summary: '{{ $labels.service }} does not answer at {{ $labels.instance }}',
      description: 'Look at its pods; if they are ready, at its Service and NetworkPolicy.',
    },
    {
      alert: 'MetricsMissing',
      severity: 'warning',
      for: '10m',
      expr: 'up{kubernetes_pod_name!=""} == 0',
      summary: 'no metrics of {{ $labels.kubernetes_pod_name }} in {{ $labels.kubernetes_namespace }}',
      description: 'The pod does not run, or does not answer Prometheus.',
    },
    {
      alert: 'PodNotReady',
      severity: 'warning',
      for: '15m',
      expr: `kube_pod_status_ready{${own}, condition="false"} == 1 unless on (namespace, pod) kube_pod_status_phase{phase="Succeeded"} == 1`,
      summary: '{{ $labels.pod }} in {{ $labels.namespace }} is not ready',
      description: 'Its events and the log of its init container tell what it waits for.',
    },
    {
      alert: 'ImageNotPulled',
      severity: 'warning',
      for: '15m',
      expr: `kube_pod_container_status_waiting_reason{${own}, ${pulling}} == 1 or kube_pod_init_container_status_waiting_reason{${own}, ${pulling}} == 1`,
      summary: 'the image of {{ $labels.container }} in {{ $labels.pod }} cannot be pulled',
      description: 'Check the registry, its account, and the version of the platform.',
    },
    {
      alert: 'ContainerRestarts',
      severity: 'warning',
      for: '0s',
      expr: `increase(kube_pod_container_status_restarts_total{${own}}[1h]) > 3`,
      summary: '{{ $labels.container }} in {{ $labels.pod }} started {{ $value | humanize }} times within an hour',
      description: 'The log of its previous run tells why it ended.',
    },
    {
      alert: 'OutOfMemory',
      severity: 'warning',
      for: '0s',
      expr:
        `kube_pod_container_status_last_terminated_reason{${own}, reason="OOMKilled"} == 1` +
        ' and on (namespace, pod, container) increase(kube_pod_container_status_restarts_total[15m]) > 0',
      summary: '{{ $labels.container }} in {{ $labels.pod }} was ended at its memory limit',
      description: 'Give it more memory, or less to do at a time.',
    },
    {
      alert: 'JobFailed',
      severity: 'warning',
      expr: `kube_job_failed{${own}, condition="true"} == 1`,
      summary: 'job {{ $labels.job_name }} in {{ $labels.namespace }} failed',
      description: 'Read the log of its pod; a deployment makes the job again.',
    },
  ];
}
