import { buildPlatform } from '../../src/environment/tree';
import type { Manifest } from '../../src/objects/manifest';
import { settings } from '../settings/support';

const DESKTOP = { name: 'mitk-workbench-chart', as: 'a', parameters: { gpu_container: true } };

function platform(given: Readonly<Record<string, unknown>>): (id: string) => Manifest | undefined {
  const { graph } = buildPlatform(settings(given), 'test');
  return (id) => graph.byId.get(id)?.manifest;
}

const EVERYWHERE = {
  scrapeJobs: 'ConfigMap/services/prometheus-config',
  tasks: 'ConfigMap/services/airflow-pod-template',
  sharing: 'ConfigMap/gpu-operator/kaapana-gpu-sharing',
  scheduler: 'Deployment/services/airflow-scheduler',
} as const;

test('without GPUs nothing asks for one or measures one', () => {
  const { graph } = buildPlatform(settings(), 'test');
  const texts = graph.nodes.map(({ id, manifest }) => [id, JSON.stringify(manifest)] as const);
  expect(texts.filter(([, text]) => /nvidia|dcgm/i.test(text)).map(([id]) => id)).toEqual([]);
  expect(graph.byId.get(EVERYWHERE.tasks)?.manifest['data']).toMatchObject({
    'pod_template.yaml': expect.stringMatching(/name: GPU_SUPPORT\n +value: .false./) as string,
  });
});

test('with GPUs tasks know it, applications get one, and they are measured where the operator is', () => {
  const of = platform({
    gpuSupport: true,
    extensions: [DESKTOP],
    gpu: {
      resource: 'nvidia.com/gpu',
      runtimeClass: 'nvidia',
      nodeSelector: ['gpu=a100'],
      taint: 'gpu',
      operatorNamespace: 'gpu-operator',
    },
  });
  expect(JSON.stringify(of('Deployment/services/mitk-workbench-chart-a'))).toMatch(/"nvidia\.com\/gpu":"?1"?/);
  expect(of('Deployment/services/mitk-workbench-chart-a')).toMatchObject({
    spec: {
      template: {
        spec: {
          runtimeClassName: 'nvidia',
          nodeSelector: { gpu: 'a100', 'kaapana.io/node': 'storage' },
          tolerations: [{ key: 'gpu', operator: 'Exists' }],
        },
      },
    },
  });
  expect(of(EVERYWHERE.tasks)?.['data']).toMatchObject({
    'pod_template.yaml': expect.stringMatching(/name: GPU_SUPPORT\n +value: .true./) as string,
  });
  expect(JSON.stringify(of(EVERYWHERE.scheduler))).toContain('{"name":"GPU_SUPPORT","value":"true"}');
  expect(JSON.stringify(of(EVERYWHERE.scrapeJobs))).toContain('nvidia-dcgm-exporter.gpu-operator.svc:9400');
  expect(of(EVERYWHERE.sharing)).toBeUndefined();
});

test('GPUs are shared by a configuration beside the operator', () => {
  const of = platform({ gpuSupport: true, gpu: { replicas: 4, operatorNamespace: 'gpu-operator' } });
  expect(JSON.stringify(of(EVERYWHERE.sharing))).toContain('replicas: 4');
});
