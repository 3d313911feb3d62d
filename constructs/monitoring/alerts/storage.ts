import type { AlertRule } from './alert-rule';

const DAY = 86_400;

/** What may go wrong with data; `own` selects the namespaces of the platform. */
export function storageAlerts(own: string): AlertRule[] {
  return [...dataAlerts(), ...claimAlerts(own)];
}

function dataAlerts(): AlertRule[] {
  // Both directories may lie on one disk: `or` tells about it once.
  const either = (condition: (available: string, size: string) => string): string =>
    ['fast', 'slow']
      .map((role) => condition(`kaapana_${role}_fs_available_bytes`, `kaapana_${role}_fs_size_bytes`))
      .join(' or ');
  const filling = {
    alert: 'DataDirectoryFilling',
    summary: 'the data directory {{ $labels.path }} has {{ $value | humanizePercentage }} left',
    description: 'Extend the disk, or delete data that nobody needs; databases stop when it is full.',
  };
  return [
    { ...filling, severity: 'warning', expr: either((available, size) => `${available} / ${size} < 0.2`) },
    { ...filling, severity: 'critical', expr: either((available, size) => `${available} / ${size} < 0.1`) },
    {
      alert: 'DataDirectoryFullSoon',
      severity: 'warning',
      for: '1h',
      expr: either(
        (available, size) => `predict_linear(${available}[6h], ${3 * DAY}) < 0 and ${available} / ${size} < 0.4`,
      ),
      summary: 'the data directory {{ $labels.path }} is full within three days',
      description: 'It fills as fast as in the last six hours: find out what writes so much.',
    },
  ];
}

function claimAlerts(own: string): AlertRule[] {
  return [
    {
      alert: 'ClaimNotBound',
      severity: 'warning',
      for: '15m',
      expr: `kube_persistentvolumeclaim_status_phase{${own}, phase=~"Pending|Lost"} == 1`,
      summary: 'claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} is {{ $labels.phase }}',
      description: 'Its events tell which volume or storage class is missing.',
    },
    {
      alert: 'ClaimFilling',
      severity: 'warning',
      for: '15m',
      expr: `kubelet_volume_stats_available_bytes{${own}} / kubelet_volume_stats_capacity_bytes < 0.1`,
      summary:
        'claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has {{ $value | humanizePercentage }} left',
      description: 'Extend the claim, if its storage class allows it.',
    },
    {
      alert: 'ObjectStoreFails',
      severity: 'warning',
      for: '10m',
      expr: 'sum(rate(minio_api_requests_5xx_errors_total[5m])) > 0.1',
      summary: 'MinIO fails {{ $value | humanize }} requests a second',
      description: 'Read its log; a full or read-only disk is the usual reason.',
    },
  ];
}
