import type { AlertRule } from './alert-rule';

/** File systems that are full or empty by nature. */
const PSEUDO_FILE_SYSTEMS = 'tmpfs|ramfs|overlay|squashfs|iso9660|nsfs|fuse.lxcfs';

/** What may go wrong with the nodes. */
export function nodeAlerts(): AlertRule[] {
  const free = `node_filesystem_avail_bytes{fstype!~"${PSEUDO_FILE_SYSTEMS}"} / node_filesystem_size_bytes`;
  const filling = {
    alert: 'FileSystemFilling',
    summary: '{{ $labels.mountpoint }} of {{ $labels.kubernetes_node }} has {{ $value | humanizePercentage }} left',
    description: 'Kubernetes evicts pods from a node whose disk is full: make room.',
  };
  return [
    {
      alert: 'NodeNotReady',
      severity: 'critical',
      expr: 'kube_node_status_condition{condition="Ready", status="true"} == 0',
      summary: 'node {{ $labels.node }} is not ready',
      description: 'Its kubelet does not report, or reports a fault: kubectl describe node {{ $labels.node }}.',
    },
    {
      alert: 'NodeUnderPressure',
      severity: 'critical',
      expr: 'kube_node_status_condition{condition=~"DiskPressure|MemoryPressure|PIDPressure", status="true"} == 1',
      summary: 'node {{ $labels.node }}: {{ $labels.condition }}',
      description: 'Pods are evicted until the pressure is gone.',
    },
    {
      alert: 'NodeMemoryLow',
      severity: 'warning',
      for: '15m',
      expr: 'node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.05',
      summary: '{{ $labels.kubernetes_node }} has {{ $value | humanizePercentage }} of its memory left',
      description: 'The dashboard Workloads shows who uses it.',
    },
    { ...filling, severity: 'warning', for: '15m', expr: `${free} < 0.1` },
    { ...filling, severity: 'critical', expr: `${free} < 0.05` },
  ];
}
