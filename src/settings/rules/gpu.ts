import { mistake, remove, set } from '../problems';
import { rule } from './rule';

/** What is said of GPUs is for a server that has some; how they are shared is the same for all its instances. */
export const gpu = rule(['gpuSupport', 'gpu'], ({ gpuSupport, gpu: given, serverStack }) => {
  if (given === undefined) return [];
  if (!gpuSupport) return [mistake('gpu-settings-unused', 'gpu', {}, set('gpuSupport', true), remove('gpu'))];
  const key = 'gpu.replicas';
  return given.replicas > 1 && serverStack !== undefined
    ? [mistake('gpu-replicas-of-server', key, { replicas: given.replicas, primary: serverStack }, remove(key))]
    : [];
});
