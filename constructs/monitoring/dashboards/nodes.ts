import type { Dashboard } from './dashboard';
import { disks, FILE_SYSTEMS, NODE, rate, system } from './node-devices';
import type { Panel } from './panel';

const SMALL = { width: 4, height: 4 } as const;

/** The machines below the platform. */
export function nodes(): Dashboard {
  return {
    uid: 'kaapana-nodes',
    title: 'Nodes',
    description: 'Processors, memory, disks and network of the machines.',
    range: '24h',
    variables: [{ name: 'node', label: 'Node', values: 'label_values(node_uname_info, kubernetes_node)' }],
    rows: [
      { title: 'Now', panels: now() },
      { title: 'Processors', panels: processors() },
      { title: 'Memory', panels: memory() },
      { title: 'Disks', panels: disks() },
      { title: 'Network and system', panels: system() },
    ],
  };
}

function now(): Panel[] {
  return [
    {
      kind: 'number',
      title: 'Up for',
      ...SMALL,
      unit: 's',
      queries: [{ expr: `time() - node_boot_time_seconds{${NODE}}`, legend: '{{kubernetes_node}}' }],
    },
    {
      kind: 'number',
      title: 'Processors',
      ...SMALL,
      unit: 'none',
      queries: [
        {
          expr: `count by (kubernetes_node) (node_cpu_seconds_total{${NODE}, mode="idle"})`,
          legend: '{{kubernetes_node}}',
        },
      ],
    },
    {
      kind: 'number',
      title: 'Memory',
      ...SMALL,
      unit: 'bytes',
      queries: [{ expr: `node_memory_MemTotal_bytes{${NODE}}`, legend: '{{kubernetes_node}}' }],
    },
    {
      kind: 'number',
      title: 'CPU in use',
      ...SMALL,
      unit: 'percentunit',
      thresholds: { warning: 0.8, critical: 0.95 },
      queries: [
        {
          expr: `1 - avg by (kubernetes_node) (${rate('node_cpu_seconds_total', `${NODE}, mode="idle"`)})`,
          legend: '{{kubernetes_node}}',
        },
      ],
    },
    {
      kind: 'number',
      title: 'Memory in use',
      ...SMALL,
      unit: 'percentunit',
      thresholds: { warning: 0.85, critical: 0.95 },
      queries: [
        {
          expr: `1 - node_memory_MemAvailable_bytes{${NODE}} / node_memory_MemTotal_bytes{${NODE}}`,
          legend: '{{kubernetes_node}}',
        },
      ],
    },
    {
      kind: 'number',
      title: 'Fullest file system',
      ...SMALL,
      unit: 'percentunit',
      thresholds: { warning: 0.85, critical: 0.95 },
      queries: [
        {
          expr: `max by (kubernetes_node) (1 - node_filesystem_avail_bytes{${NODE}, ${FILE_SYSTEMS}} / node_filesystem_size_bytes{${NODE}, ${FILE_SYSTEMS}})`,
          legend: '{{kubernetes_node}}',
        },
      ],
    },
  ];
}

function processors(): Panel[] {
  return [
    {
      kind: 'course',
      title: 'CPU, by mode',
      unit: 'percentunit',
      stacked: true,
      max: 1,
      queries: [
        { expr: `avg by (mode) (${rate('node_cpu_seconds_total', `${NODE}, mode!="idle"`)})`, legend: '{{mode}}' },
      ],
    },
    {
      kind: 'course',
      title: 'Load, per processor',
      unit: 'none',
      description: 'Above 1, work waits for a processor or a disk.',
      queries: [
        {
          expr: `node_load1{${NODE}} / on (kubernetes_node) count by (kubernetes_node) (node_cpu_seconds_total{${NODE}, mode="idle"})`,
          legend: '{{kubernetes_node}}, 1 minute',
        },
        {
          expr: `node_load15{${NODE}} / on (kubernetes_node) count by (kubernetes_node) (node_cpu_seconds_total{${NODE}, mode="idle"})`,
          legend: '{{kubernetes_node}}, 15 minutes',
        },
      ],
    },
    {
      kind: 'course',
      title: 'Time lost by waiting',
      unit: 'percentunit',
      description: 'Share of the time in which some process waited for this.',
      queries: ['cpu', 'memory', 'io'].map((what) => ({
        expr: rate(`node_pressure_${what}_waiting_seconds_total`),
        legend: `{{kubernetes_node}}, ${what}`,
      })),
    },
    {
      kind: 'course',
      title: 'Processes',
      unit: 'none',
      queries: [
        { expr: `node_procs_running{${NODE}}`, legend: '{{kubernetes_node}}, running' },
        { expr: `node_procs_blocked{${NODE}}`, legend: '{{kubernetes_node}}, blocked' },
      ],
    },
  ];
}

function memory(): Panel[] {
  return [
    {
      kind: 'course',
      title: 'Memory',
      unit: 'bytes',
      stacked: true,
      queries: [
        {
          expr: `sum(node_memory_MemTotal_bytes{${NODE}} - node_memory_MemAvailable_bytes{${NODE}})`,
          legend: 'in use',
        },
        {
          expr: `sum(node_memory_MemAvailable_bytes{${NODE}} - node_memory_MemFree_bytes{${NODE}})`,
          legend: 'given back when needed',
        },
        { expr: `sum(node_memory_MemFree_bytes{${NODE}})`, legend: 'free' },
      ],
    },
    {
      kind: 'course',
      title: 'Swap in use',
      unit: 'bytes',
      queries: [
        {
          expr: `node_memory_SwapTotal_bytes{${NODE}} - node_memory_SwapFree_bytes{${NODE}}`,
          legend: '{{kubernetes_node}}',
        },
      ],
    },
    {
      kind: 'course',
      title: 'Page faults from disk',
      unit: 'ops',
      queries: [{ expr: rate('node_vmstat_pgmajfault'), legend: '{{kubernetes_node}}' }],
    },
    {
      kind: 'course',
      title: 'Processes ended for want of memory',
      unit: 'none',
      queries: [{ expr: `increase(node_vmstat_oom_kill{${NODE}}[$__rate_interval])`, legend: '{{kubernetes_node}}' }],
    },
  ];
}
