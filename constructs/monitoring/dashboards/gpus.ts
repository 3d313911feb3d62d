import type { Dashboard } from './dashboard';

const GPU = '{Hostname=~"$node", gpu=~"$gpu"}';
const SMALL = { width: 6, height: 4 } as const;

/** How busy, full and hot the GPUs are, and who has them. */
export function gpus(): Dashboard {
  const legend = '{{Hostname}} GPU {{gpu}}';
  const full = `DCGM_FI_DEV_FB_USED${GPU} / (DCGM_FI_DEV_FB_USED${GPU} + DCGM_FI_DEV_FB_FREE${GPU})`;
  const resource = 'resource="nvidia_com_gpu"';
  return {
    uid: 'kaapana-gpus',
    title: 'GPUs',
    description: 'How busy, full and hot the GPUs are, and who has them.',
    variables: [
      { name: 'node', label: 'Node', values: 'label_values(DCGM_FI_DEV_GPU_TEMP, Hostname)' },
      { name: 'gpu', label: 'GPU', values: 'label_values(DCGM_FI_DEV_GPU_TEMP{Hostname=~"$node"}, gpu)' },
    ],
    rows: [
      {
        title: 'Now',
        panels: [
          {
            kind: 'number',
            title: 'GPUs',
            ...SMALL,
            unit: 'none',
            queries: [{ expr: `count(DCGM_FI_DEV_GPU_TEMP${GPU})` }],
          },
          {
            kind: 'number',
            title: 'GPUs promised to pods',
            ...SMALL,
            unit: 'none',
            queries: [{ expr: `sum(kube_pod_container_resource_limits{${resource}}) or vector(0)` }],
          },
          {
            kind: 'number',
            title: 'Hottest',
            ...SMALL,
            unit: 'celsius',
            thresholds: { warning: 80, critical: 90 },
            queries: [{ expr: `max(DCGM_FI_DEV_GPU_TEMP${GPU})` }],
          },
          {
            kind: 'number',
            title: 'Power',
            ...SMALL,
            unit: 'watt',
            queries: [{ expr: `sum(DCGM_FI_DEV_POWER_USAGE${GPU})` }],
          },
        ],
      },
      {
        title: 'Work',
        panels: [
          {
            kind: 'course',
            title: 'Busy',
            unit: 'percent',
            max: 100,
            queries: [{ expr: `DCGM_FI_DEV_GPU_UTIL${GPU}`, legend }],
          },
          {
            kind: 'course',
            title: 'Memory in use',
            unit: 'mbytes',
            queries: [{ expr: `DCGM_FI_DEV_FB_USED${GPU}`, legend }],
          },
          {
            kind: 'bars',
            title: 'Memory, share in use',
            unit: 'percentunit',
            max: 1,
            thresholds: { warning: 0.9, critical: 0.98 },
            queries: [{ expr: full, legend: `${legend} {{modelName}}` }],
          },
          {
            kind: 'course',
            title: 'Memory bus busy',
            unit: 'percent',
            max: 100,
            queries: [{ expr: `DCGM_FI_DEV_MEM_COPY_UTIL${GPU}`, legend }],
          },
          {
            kind: 'table',
            title: 'Pods with GPUs',
            columns: { namespace: 'Namespace', pod: 'Pod', node: 'Node', Value: 'GPUs' },
            unit: 'none',
            queries: [{ expr: `sum by (namespace, pod, node) (kube_pod_container_resource_limits{${resource}}) > 0` }],
          },
          {
            kind: 'course',
            title: 'Tasks that wait for GPUs',
            unit: 'none',
            queries: [{ expr: 'af_agg_pool_queued_slots{pool_name=~".*GPU.*"}', legend: '{{pool_name}}' }],
          },
        ],
      },
      {
        title: 'Hardware',
        panels: [
          {
            kind: 'course',
            title: 'Temperature',
            unit: 'celsius',
            queries: [{ expr: `DCGM_FI_DEV_GPU_TEMP${GPU}`, legend }],
          },
          {
            kind: 'course',
            title: 'Power',
            unit: 'watt',
            queries: [{ expr: `DCGM_FI_DEV_POWER_USAGE${GPU}`, legend }],
          },
          {
            kind: 'course',
            title: 'Clock',
            unit: 'hertz',
            queries: [{ expr: `DCGM_FI_DEV_SM_CLOCK${GPU} * 1e6`, legend }],
          },
          {
            kind: 'course',
            title: 'Errors',
            description: "The last error's number in NVIDIA's list of XID errors; 0 is none.",
            unit: 'none',
            queries: [{ expr: `DCGM_FI_DEV_XID_ERRORS${GPU}`, legend }],
          },
        ],
      },
    ],
  };
}
