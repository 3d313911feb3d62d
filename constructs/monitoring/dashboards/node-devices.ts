import type { Panel } from './panel';

/** Series of the chosen nodes. */
export const NODE = 'kubernetes_node=~"$node"';

/** File systems that fill. */
export const FILE_SYSTEMS = 'fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660|nsfs|fuse.lxcfs"';

const DISK = 'device!~"(loop|ram|dm-|sr).*"';
/** cAdvisor's root: the network of the node itself, where the exporter sees that of its pod. */
const NETWORK = 'id="/", interface!~"(lo|veth|cali|cni|docker|flannel|vxlan).*"';

/** How fast a counter grows. */
export function rate(metric: string, labels = NODE): string {
  return `rate(${metric}{${labels}}[$__rate_interval])`;
}

/** File systems and disks. */
export function disks(): Panel[] {
  const used = (what: string, of: string): string =>
    `1 - node_filesystem_${what}{${NODE}, ${FILE_SYSTEMS}} / node_filesystem_${of}{${NODE}, ${FILE_SYSTEMS}}`;
  return [
    {
      kind: 'bars',
      title: 'Space in use',
      unit: 'percentunit',
      max: 1,
      thresholds: { warning: 0.85, critical: 0.95 },
      queries: [{ expr: used('avail_bytes', 'size_bytes'), legend: '{{kubernetes_node}} {{mountpoint}}' }],
    },
    {
      kind: 'course',
      title: 'Space left',
      unit: 'bytes',
      queries: [
        { expr: `node_filesystem_avail_bytes{${NODE}, ${FILE_SYSTEMS}}`, legend: '{{kubernetes_node}} {{mountpoint}}' },
      ],
    },
    {
      kind: 'course',
      title: 'Files in use',
      unit: 'percentunit',
      max: 1,
      queries: [{ expr: used('files_free', 'files'), legend: '{{kubernetes_node}} {{mountpoint}}' }],
    },
    {
      kind: 'course',
      title: 'Throughput',
      unit: 'Bps',
      queries: [
        { expr: rate('node_disk_read_bytes_total', `${NODE}, ${DISK}`), legend: '{{device}}, read' },
        { expr: rate('node_disk_written_bytes_total', `${NODE}, ${DISK}`), legend: '{{device}}, written' },
      ],
    },
    {
      kind: 'course',
      title: 'Operations',
      unit: 'ops',
      queries: [
        { expr: rate('node_disk_reads_completed_total', `${NODE}, ${DISK}`), legend: '{{device}}, reads' },
        { expr: rate('node_disk_writes_completed_total', `${NODE}, ${DISK}`), legend: '{{device}}, writes' },
      ],
    },
    {
      kind: 'course',
      title: 'Busy',
      unit: 'percentunit',
      max: 1,
      queries: [
        { expr: rate('node_disk_io_time_seconds_total', `${NODE}, ${DISK}`), legend: '{{kubernetes_node}} {{device}}' },
      ],
    },
    {
      kind: 'course',
      title: 'Time of an operation',
      unit: 's',
      queries: [
        {
          expr: `${rate('node_disk_read_time_seconds_total', `${NODE}, ${DISK}`)} / ${rate('node_disk_reads_completed_total', `${NODE}, ${DISK}`)}`,
          legend: '{{device}}, read',
        },
        {
          expr: `${rate('node_disk_write_time_seconds_total', `${NODE}, ${DISK}`)} / ${rate('node_disk_writes_completed_total', `${NODE}, ${DISK}`)}`,
          legend: '{{device}}, write',
        },
      ],
    },
    {
      kind: 'course',
      title: 'Read-only file systems',
      unit: 'none',
      queries: [
        {
          expr: `node_filesystem_readonly{${NODE}, ${FILE_SYSTEMS}} == 1`,
          legend: '{{kubernetes_node}} {{mountpoint}}',
        },
      ],
    },
  ];
}

/** The network of the nodes, and what is left. */
export function system(): Panel[] {
  return [
    {
      kind: 'course',
      title: 'Network',
      unit: 'Bps',
      queries: [
        {
          expr: `sum by (instance) (${rate('container_network_receive_bytes_total', NETWORK)})`,
          legend: '{{instance}}, received',
        },
        {
          expr: `sum by (instance) (${rate('container_network_transmit_bytes_total', NETWORK)})`,
          legend: '{{instance}}, sent',
        },
      ],
    },
    {
      kind: 'course',
      title: 'Packets lost',
      unit: 'ops',
      queries: [
        {
          expr: `sum by (instance) (${rate('container_network_receive_packets_dropped_total', NETWORK)})`,
          legend: '{{instance}}, received',
        },
        {
          expr: `sum by (instance) (${rate('container_network_transmit_packets_dropped_total', NETWORK)})`,
          legend: '{{instance}}, sent',
        },
      ],
    },
    {
      kind: 'course',
      title: 'Open files',
      unit: 'percentunit',
      max: 1,
      queries: [
        { expr: `node_filefd_allocated{${NODE}} / node_filefd_maximum{${NODE}}`, legend: '{{kubernetes_node}}' },
      ],
    },
    {
      kind: 'course',
      title: 'Clock off by',
      unit: 's',
      queries: [{ expr: `abs(node_timex_offset_seconds{${NODE}})`, legend: '{{kubernetes_node}}' }],
    },
  ];
}
