import type { Dashboard } from './dashboard';
import type { Panel } from './panel';

const SMALL = { width: 6, height: 5 } as const;

/** Where the data lies, how fast it grows, and when it is full. */
export function storage(namespaces: readonly string[]): Dashboard {
  const own = `namespace=~"${namespaces.join('|')}"`;
  return {
    uid: 'kaapana-storage',
    title: 'Storage',
    description: 'Where the data lies, how fast it grows, and when it is full.',
    range: '7d',
    rows: [
      { title: 'Data directories', panels: [...numbers('fast'), ...numbers('slow'), ...growth()] },
      { title: 'Object store', panels: objectStore() },
      { title: 'Archive and claims', panels: claims(own) },
    ],
  };
}

function numbers(role: 'fast' | 'slow'): Panel[] {
  const available = `kaapana_${role}_fs_available_bytes`;
  const size = `kaapana_${role}_fs_size_bytes`;
  return [
    {
      kind: 'number',
      title: `Disk of the ${role} data in use`,
      ...SMALL,
      unit: 'percentunit',
      thresholds: { warning: 0.8, critical: 0.9 },
      queries: [{ expr: `1 - ${available} / ${size}`, legend: '{{path}}' }],
    },
    {
      kind: 'number',
      title: `Space left for ${role} data`,
      ...SMALL,
      unit: 'bytes',
      queries: [{ expr: available, legend: '{{path}}' }],
    },
    {
      kind: 'number',
      title: `Size of the ${role} data`,
      ...SMALL,
      unit: 'bytes',
      queries: [{ expr: `kaapana_${role}_dir_size_bytes`, legend: '{{path}}' }],
    },
    {
      kind: 'number',
      title: `Disk of the ${role} data is full in`,
      ...SMALL,
      unit: 's',
      thresholds: { warning: 2_592_000, critical: 604_800 },
      description: 'If it goes on filling as it did in the last week; nothing is shown while it does not fill.',
      queries: [{ expr: `${available} / (- deriv(${available}[7d]) > 0)`, legend: '{{path}}' }],
    },
  ];
}

function growth(): Panel[] {
  const both = (metric: string): { expr: string; legend: string }[] =>
    (['fast', 'slow'] as const).map((role) => ({ expr: `kaapana_${role}_${metric}`, legend: `${role} {{path}}` }));
  return [
    { kind: 'course', title: 'Size of the data', unit: 'bytes', queries: both('dir_size_bytes') },
    { kind: 'course', title: 'Space left', unit: 'bytes', queries: both('fs_available_bytes') },
  ];
}

function objectStore(): Panel[] {
  return [
    {
      kind: 'number',
      title: 'In buckets',
      ...SMALL,
      unit: 'bytes',
      queries: [{ expr: 'max(minio_cluster_usage_objects_total_bytes)' }],
    },
    { kind: 'number', title: 'Objects', ...SMALL, queries: [{ expr: 'max(minio_cluster_usage_objects_count)' }] },
    {
      kind: 'number',
      title: 'Space left',
      ...SMALL,
      unit: 'bytes',
      queries: [{ expr: 'max(minio_cluster_health_capacity_usable_free_bytes)' }],
    },
    {
      kind: 'number',
      title: 'Drives offline',
      ...SMALL,
      unit: 'none',
      thresholds: { warning: 0.5, critical: 1 },
      queries: [{ expr: 'max(minio_cluster_health_drives_offline_count)' }],
    },
    {
      kind: 'bars',
      title: 'Largest buckets',
      unit: 'bytes',
      queries: [{ expr: 'topk(15, max by (bucket) (minio_cluster_usage_buckets_total_bytes))', legend: '{{bucket}}' }],
    },
    {
      kind: 'course',
      title: 'Size, by bucket',
      unit: 'bytes',
      queries: [{ expr: 'topk(10, max by (bucket) (minio_cluster_usage_buckets_total_bytes))', legend: '{{bucket}}' }],
    },
    {
      kind: 'course',
      title: 'Traffic',
      unit: 'Bps',
      queries: [
        { expr: 'sum(rate(minio_api_requests_traffic_received_bytes[$__rate_interval]))', legend: 'received' },
        { expr: 'sum(rate(minio_api_requests_traffic_sent_bytes[$__rate_interval]))', legend: 'sent' },
      ],
    },
    {
      kind: 'course',
      title: 'Requests',
      unit: 'reqps',
      queries: [
        { expr: 'sum(rate(minio_api_requests_total[$__rate_interval]))', legend: 'all' },
        { expr: 'sum(rate(minio_api_requests_4xx_errors_total[$__rate_interval]))', legend: 'refused' },
        { expr: 'sum(rate(minio_api_requests_5xx_errors_total[$__rate_interval]))', legend: 'failed' },
      ],
    },
  ];
}

function claims(own: string): Panel[] {
  return [
    {
      kind: 'course',
      title: 'DICOM series',
      unit: 'none',
      queries: [{ expr: 'dicom_series_total', legend: '{{modality}}' }],
    },
    {
      kind: 'bars',
      title: 'Claims in use',
      unit: 'percentunit',
      max: 1,
      thresholds: { warning: 0.85, critical: 0.95 },
      description: 'Volumes that a storage class made; directories of a node have the size of their disk.',
      queries: [
        {
          expr: `kubelet_volume_stats_used_bytes{${own}} / kubelet_volume_stats_capacity_bytes{${own}}`,
          legend: '{{persistentvolumeclaim}}',
        },
      ],
    },
    {
      kind: 'table',
      title: 'Claims without a volume',
      columns: { namespace: 'Namespace', persistentvolumeclaim: 'Claim', phase: 'Phase' },
      queries: [{ expr: `kube_persistentvolumeclaim_status_phase{${own}, phase!="Bound"} == 1` }],
    },
    {
      kind: 'course',
      title: 'Written, ten busiest pods',
      unit: 'Bps',
      queries: [
        {
          expr: `topk(10, sum by (pod) (rate(container_fs_writes_bytes_total{${own}, container!=""}[$__rate_interval])))`,
          legend: '{{pod}}',
        },
      ],
    },
  ];
}
