import { Problem } from '../problem';
import type { RunResult } from '../run';
import { CONTAINERD_SOCKET } from './settings';

/**
 * The number, as the node counts, of the process that holds the network of a pod.
 *
 * @param enter runs a command in the node
 * @throws Problem if the pod has no sandbox that runs
 */
export async function sandboxProcess(
  enter: (args: readonly string[]) => Promise<RunResult>,
  namespace: string,
  pod: string,
): Promise<number> {
  const ctr = (...args: string[]): Promise<RunResult> =>
    enter(['ctr', '-a', CONTAINERD_SOCKET, '-n', 'k8s.io', ...args]);
  const labels = {
    'io.cri-containerd.kind': 'sandbox',
    'io.kubernetes.pod.namespace': namespace,
    'io.kubernetes.pod.name': pod,
  };
  const filter = Object.entries(labels).map(([label, value]) => `labels."${label}"==${value}`);
  const sandboxes = (await ctr('containers', 'list', '-q', filter.join(','))).stdout.split('\n');
  const pid = runningTask((await ctr('tasks', 'list')).stdout, sandboxes);
  if (pid === undefined)
    throw new Problem(`The pod ${pod} in ${namespace} has no network on the node: it does not run.`);
  return pid;
}

/** The process of the first of `names` that runs, in what `ctr tasks list` says: lines of name, process and state. */
export function runningTask(said: string, names: readonly string[]): number | undefined {
  const tasks = said.split('\n').map((line) => line.trim().split(/\s+/));
  const task = tasks.find(([name = '', , state]) => names.includes(name) && state === 'RUNNING');
  return task && Number(task[1]);
}
