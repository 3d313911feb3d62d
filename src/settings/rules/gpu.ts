import { mistake, remove, set } from '../problems';
import { rule } from './rule';

/** Whose device plugin shares GPUs by a configuration; that of AMD partitions the devices themselves. */
const NVIDIA = 'nvidia.com/';

/** What is said of GPUs is for a server that has some; how they are shared is the same for all its instances. */
export const gpu = rule(['gpuSupport', 'gpu'], ({ gpuSupport, gpu: given, serverStack }) => {
  if (given === undefined) return [];
  if (!gpuSupport) return [mistake('gpu-settings-unused', 'gpu', {}, set('gpuSupport', true), remove('gpu'))];
  const key = 'gpu.replicas';
  if (given.replicas > 1 && !given.resource.startsWith(NVIDIA))
    return [
      mistake('gpu-replicas-not-nvidia', key, { replicas: given.replicas, resource: given.resource }, remove(key)),
    ];
  return given.replicas > 1 && serverStack !== undefined
    ? [mistake('gpu-replicas-of-server', key, { replicas: given.replicas, primary: serverStack }, remove(key))]
    : [];
});
