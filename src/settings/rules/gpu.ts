import { howToRemove, howToSet } from '../problems';
import { rule } from './rule';

/** What is said of GPUs is for a server that has some; how they are shared is the same for all its instances. */
export const gpu = rule(['gpuSupport', 'gpu'], ({ gpuSupport, gpu: given, serverStack }) => {
  if (given === undefined) return [];
  if (!gpuSupport) {
    return [{ key: 'gpu', message: 'is set, but gpuSupport is false: nothing asks for a GPU', remedy: `${howToSet('gpuSupport', true)}; or do without. ${howToRemove('gpu')}` }];
  }
  return given.replicas > 1 && serverStack !== undefined
    ? [{ key: 'gpu.replicas', message: `${given.replicas} is set on a second instance, but GPUs are shared by all of the server`, remedy: `Set it in the environment ${serverStack}. ${howToRemove('gpu.replicas')}` }] : [];
});
