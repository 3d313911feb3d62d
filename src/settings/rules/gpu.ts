import { rule } from './rule';

/** What is said of GPUs is for a server that has some; how they are shared is the same for all its instances. */
export const gpu = rule(['gpuSupport', 'gpu'], ({ gpuSupport, gpu: given, serverStack }, { howTo }) => {
  if (given === undefined) return [];
  if (!gpuSupport) {
    return [
      {
        key: 'gpu',
        message: 'is set, but gpuSupport is false: nothing asks for a GPU',
        remedy: `${howTo.set('gpuSupport', true)}; or do without. ${howTo.remove('gpu')}`,
      },
    ];
  }
  return given.replicas > 1 && serverStack !== undefined
    ? [
        {
          key: 'gpu.replicas',
          message: `${given.replicas} is set on a second instance, but GPUs are shared by all of the server`,
          remedy: `Set it in the environment ${serverStack}. ${howTo.remove('gpu.replicas')}`,
        },
      ]
    : [];
});
