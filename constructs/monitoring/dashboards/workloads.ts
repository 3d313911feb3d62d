import type { Dashboard } from './dashboard';
import type { Panel } from './panel';

/** Panels that the landing page embeds, by their numbers. */
const EMBEDDED = { cpu: 72, memory: 55, network: 44 } as const;
const OWN = 'namespace=~"$namespace"';
const CONTAINERS = `${OWN}, container!="", container!="POD"`;
const SMALL = { width: 4, height: 4 } as const;

/** What runs in Kubernetes: who takes how much, and who does not run. */
export function workloads(): Dashboard {
  return {
    uid: 'adadsdasd',
    title: 'Workloads',
    description: 'Pods, jobs and claims: who takes how much, and who does not run.',
    variables: [{ name: 'namespace', label: 'Namespace', values: 'label_values(kube_pod_info, namespace)' }],
    rows: [
      { title: 'Cluster', panels: cluster() },
      { title: 'Not as it should be', panels: troubles() },
      { title: 'Processors and memory', panels: consumption() },
      { title: 'Network and jobs', panels: others() },
    ],
  };
}

function cluster(): Panel[] {
  const rate = (direction: string): string =>
    `sum(rate(container_network_${direction}_bytes_total{id="/"}[$__rate_interval]))`;
  return [
    {
      kind: 'course',
      id: EMBEDDED.cpu,
      title: 'CPU in use',
      width: 8,
      unit: 'percentunit',
      max: 1,
      queries: [{ expr: '1 - avg(rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))', legend: 'CPU' }],
    },
    {
      kind: 'course',
      id: EMBEDDED.memory,
      title: 'Memory in use',
      width: 8,
      unit: 'percentunit',
      max: 1,
      queries: [
        { expr: '1 - sum(node_memory_MemAvailable_bytes) / sum(node_memory_MemTotal_bytes)', legend: 'memory' },
      ],
    },
    {
      kind: 'course',
      id: EMBEDDED.network,
      title: 'Network',
      width: 8,
      unit: 'Bps',
      queries: [
        { expr: rate('receive'), legend: 'received' },
        { expr: rate('transmit'), legend: 'sent' },
      ],
    },
    { kind: 'number', title: 'Nodes', ...SMALL, unit: 'none', queries: [{ expr: 'count(kube_node_info)' }] },
    {
      kind: 'number',
      title: 'Namespaces',
      ...SMALL,
      unit: 'none',
      queries: [{ expr: 'count(kube_namespace_created)' }],
    },
    {
      kind: 'number',
      title: 'Pods running',
      ...SMALL,
      unit: 'none',
      queries: [{ expr: `sum(kube_pod_status_phase{${OWN}, phase="Running"})` }],
    },
    {
      kind: 'number',
      title: 'CPU promised',
      ...SMALL,
      unit: 'percentunit',
      thresholds: { warning: 0.8, critical: 0.95 },
      queries: [
        {
          expr: 'sum(kube_pod_container_resource_requests{resource="cpu"}) / sum(kube_node_status_allocatable{resource="cpu"})',
        },
      ],
    },
    {
      kind: 'number',
      title: 'Memory promised',
      ...SMALL,
      unit: 'percentunit',
      thresholds: { warning: 0.8, critical: 0.95 },
      queries: [
        {
          expr: 'sum(kube_pod_container_resource_requests{resource="memory"}) / sum(kube_node_status_allocatable{resource="memory"})',
        },
      ],
    },
    {
      kind: 'number',
      title: 'Restarts within an hour',
      ...SMALL,
      unit: 'none',
      thresholds: { warning: 1, critical: 5 },
      queries: [{ expr: `round(sum(increase(kube_pod_container_status_restarts_total{${OWN}}[1h])))` }],
    },
  ];
}

function troubles(): Panel[] {
  const pod = { namespace: 'Namespace', pod: 'Pod' };
  return [
    {
      kind: 'table',
      title: 'Pods that are not ready',
      columns: pod,
      queries: [
        {
          expr: `kube_pod_status_ready{${OWN}, condition="false"} == 1 unless on (namespace, pod) kube_pod_status_phase{phase="Succeeded"} == 1`,
        },
      ],
    },
    {
      kind: 'table',
      title: 'What containers wait for',
      columns: { ...pod, container: 'Container', reason: 'Reason' },
      queries: [
        {
          expr: `kube_pod_container_status_waiting_reason{${OWN}} == 1 or kube_pod_init_container_status_waiting_reason{${OWN}} == 1`,
        },
      ],
    },
    {
      kind: 'table',
      title: 'Why containers ended last',
      columns: { ...pod, container: 'Container', reason: 'Reason' },
      queries: [{ expr: `kube_pod_container_status_last_terminated_reason{${OWN}, reason!="Completed"} == 1` }],
    },
    {
      kind: 'course',
      title: 'Restarts',
      unit: 'none',
      queries: [
        {
          expr: `sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total{${OWN}}[10m])) > 0`,
          legend: '{{pod}} {{container}}',
        },
      ],
    },
  ];
}

function consumption(): Panel[] {
  const limit = `sum by (namespace, pod) (kube_pod_container_resource_limits{${OWN}, resource="memory"})`;
  return [
    {
      kind: 'course',
      title: 'CPU, by namespace',
      unit: 'none',
      stacked: true,
      queries: [
        {
          expr: `sum by (namespace) (rate(container_cpu_usage_seconds_total{${CONTAINERS}}[$__rate_interval]))`,
          legend: '{{namespace}}',
        },
      ],
    },
    {
      kind: 'course',
      title: 'CPU, ten largest pods',
      unit: 'none',
      queries: [
        {
          expr: `topk(10, sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{${CONTAINERS}}[$__rate_interval])))`,
          legend: '{{namespace}} {{pod}}',
        },
      ],
    },
    {
      kind: 'course',
      title: 'Memory, by namespace',
      unit: 'bytes',
      stacked: true,
      queries: [
        { expr: `sum by (namespace) (container_memory_working_set_bytes{${CONTAINERS}})`, legend: '{{namespace}}' },
      ],
    },
    {
      kind: 'course',
      title: 'Memory, ten largest pods',
      unit: 'bytes',
      queries: [
        {
          expr: `topk(10, sum by (namespace, pod) (container_memory_working_set_bytes{${CONTAINERS}}))`,
          legend: '{{namespace}} {{pod}}',
        },
      ],
    },
    {
      kind: 'bars',
      title: 'Memory, share of the limit',
      unit: 'percentunit',
      max: 1,
      thresholds: { warning: 0.8, critical: 0.95 },
      description: 'A container that reaches its limit is ended.',
      queries: [
        {
          expr: `topk(15, sum by (namespace, pod) (container_memory_working_set_bytes{${CONTAINERS}}) / ${limit})`,
          legend: '{{pod}}',
        },
      ],
    },
    {
      kind: 'bars',
      title: 'Memory promised, by namespace',
      unit: 'bytes',
      queries: [
        {
          expr: `sort_desc(sum by (namespace) (kube_pod_container_resource_requests{${OWN}, resource="memory"}))`,
          legend: '{{namespace}}',
        },
      ],
    },
  ];
}

function others(): Panel[] {
  const rate = (direction: string): string =>
    `topk(10, sum by (namespace, pod) (rate(container_network_${direction}_bytes_total{${OWN}, pod!=""}[$__rate_interval])))`;
  return [
    {
      kind: 'course',
      title: 'Received, ten largest pods',
      unit: 'Bps',
      queries: [{ expr: rate('receive'), legend: '{{namespace}} {{pod}}' }],
    },
    {
      kind: 'course',
      title: 'Sent, ten largest pods',
      unit: 'Bps',
      queries: [{ expr: rate('transmit'), legend: '{{namespace}} {{pod}}' }],
    },
    {
      kind: 'table',
      title: 'Jobs that failed',
      columns: { namespace: 'Namespace', job_name: 'Job' },
      queries: [{ expr: `kube_job_failed{${OWN}, condition="true"} == 1` }],
    },
    {
      kind: 'course',
      title: 'Pods, by phase',
      unit: 'none',
      stacked: true,
      queries: [{ expr: `sum by (phase) (kube_pod_status_phase{${OWN}})`, legend: '{{phase}}' }],
    },
  ];
}
