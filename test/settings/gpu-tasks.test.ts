import { extensionWarnings } from '../../src/settings/extensions';
import { printed } from '../findings/support';
import { settings } from './support';

const GPU = 'nvidia.com/gpu';

/** What is said where these extensions compute on GPUs of a site that are described so. */
function said(
  gpu: Readonly<Record<string, unknown>>,
  names: readonly string[] = ['otsus-method-workflow', 'nnunet-workflow', 'body-and-organ-analysis-workflow'],
): string[] {
  return printed(extensionWarnings(settings({ gpuSupport: true, gpu, extensions: names.map((name) => ({ name })) })));
}

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  [
    'taint',
    { taint: 'site.example.org/gpu' },
    'gpu.taint is site.example.org/gpu, and the tasks of these extensions tolerate no taint whatever it is: nnunet-workflow, body-and-organ-analysis-workflow. Leave a node with GPUs without it, or they wait',
  ],
  [
    'taint that an API server may tolerate for pods',
    { taint: GPU },
    `gpu.taint is ${GPU}, and the tasks of these extensions tolerate no taint whatever it is: nnunet-workflow, body-and-organ-analysis-workflow. Leave a node with GPUs without it, or they wait; or let the API server tolerate it for them, by its admission plugin ExtendedResourceToleration`,
  ],
  [
    'runtime class',
    { runtimeClass: 'nvidia' },
    'gpu.runtimeClass is nvidia, and the tasks of these extensions run by the default runtime of their node whatever it is: nnunet-workflow, body-and-organ-analysis-workflow. Let that hand out GPUs',
  ],
  [
    'node selector',
    { nodeSelector: [`${GPU}.present=true`, 'a=b'] },
    `gpu.nodeSelector is ${GPU}.present=true, a=b, and the tasks of these extensions go to any node with ${GPU} whatever it is: nnunet-workflow, body-and-organ-analysis-workflow. Let no other node offer that`,
  ],
])('tasks know nothing of a %s', (_, gpu, warning) => {
  expect(said(gpu)).toEqual([warning]);
});

test('each setting that tasks know nothing of is a warning of its own', () => {
  expect(
    said({ resource: 'amd.com/gpu', taint: 'gpu', runtimeClass: 'nvidia', nodeSelector: ['gpu=true'] }).map(
      (warning) => /^gpu\.(\w+)/.exec(warning)?.[1],
    ),
  ).toEqual(['resource', 'taint', 'runtimeClass', 'nodeSelector']);
});

test('GPUs that are asked for as tasks do, or no task that does, are no warning', () => {
  expect(said({ replicas: 2, nodeSelector: [] })).toEqual([]);
  expect(said({ taint: 'gpu', runtimeClass: 'nvidia' }, ['otsus-method-workflow'])).toEqual([]);
});
