import { parse } from 'yaml';
import { GpuSharing } from '../../constructs/server/gpu-sharing';
import { chart, object } from '../support';

function sharing(resource: string): unknown {
  const scope = chart();
  new GpuSharing(scope, 'GpuSharing', { namespace: 'gpu-operator', resource, replicas: 4 });
  const map = object(scope, 'ConfigMap', 'kaapana-gpu-sharing');
  expect(map.metadata.namespace).toBe('gpu-operator');
  return parse(map['data'].shared as string);
}

test('pods take turns on each GPU', () => {
  expect(sharing('nvidia.com/gpu')).toEqual({
    version: 'v1',
    sharing: { timeSlicing: { renameByDefault: false, resources: [{ name: 'nvidia.com/gpu', replicas: 4 }] } },
  });
});

test('shared ones may have a name of their own', () => {
  expect(sharing('nvidia.com/gpu.shared')).toEqual({
    version: 'v1',
    sharing: { timeSlicing: { renameByDefault: true, resources: [{ name: 'nvidia.com/gpu', replicas: 4 }] } },
  });
});
