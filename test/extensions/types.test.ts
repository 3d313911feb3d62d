import type { Install } from '../../constructs/extensions/install';
import { installName } from '../../constructs/extensions/install';

/** What the compiler refuses; `npm run build` fails when it no longer does. */
const REFUSED: readonly Install[] = [
  // @ts-expect-error - there is no such extension
  { name: 'otsu-workflow' },
  // @ts-expect-error - it needs a name of its own
  { name: 'jupyterlab-chart' },
  // @ts-expect-error - it is installed once
  { name: 'otsus-method-workflow', as: 'a' },
  // @ts-expect-error - it has no such parameter
  { name: 'jupyterlab-chart', as: 'a', parameters: { display: 'x' } },
  // @ts-expect-error - it is no such choice
  { name: 'minio-sync-chart', as: 'a', parameters: { sync_strategy: 'Both' } },
  // @ts-expect-error - a switch is no text
  { name: 'mitk-workbench-chart', as: 'a', parameters: { gpu_container: 'true' } },
  // @ts-expect-error - it is no such model
  { name: 'total-segmentator-v2-workflow', parameters: { task_ids: ['Dataset1'] } },
  // @ts-expect-error - a map has texts
  { name: 'mitk-flow-chart', as: 'a', parameters: { workflow_dir: '/a', dynamicVolumes: { models: true } } },
  // @ts-expect-error - it cannot do without parameters
  { name: 'custom-registry-chart', as: 'a' },
  // @ts-expect-error - a parameter without a default is missing
  {
    name: 'custom-registry-chart',
    as: 'a',
    parameters: { custom_registry_name: 'a', custom_registry_url: 'b', credentials_custom_registry_username: 'c' },
  },
];

const TAKEN: readonly Install[] = [
  { name: 'otsus-method-workflow', version: '0.6.0', project: 'admin' },
  { name: 'mitk-workbench-chart', as: 'a', parameters: { gpu_container: true, service_type: 'NodePort' } },
  { name: 'total-segmentator-v2-workflow', parameters: { task_ids: ['Dataset315_thoraxCT'] } },
  {
    name: 'mitk-flow-chart',
    as: 'run-1',
    parameters: { workflow_dir: '/kaapana/mounted/data/run-1', dynamicVolumes: { models: '/models' } },
  },
];

test('an install has the name of its extension, and its own', () => {
  expect(TAKEN.map(installName)).toEqual([
    'otsus-method-workflow',
    'mitk-workbench-chart-a',
    'total-segmentator-v2-workflow',
    'kaapanaint-run-1',
  ]);
  expect(REFUSED).toHaveLength(10);
});
