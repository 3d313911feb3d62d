import * as fs from 'node:fs';
import { Problem } from '../problem';
import { processes } from './processes';

/** The program that holds the namespaces of a pod, in the image of the sandbox. */
const PAUSE = '/pause';

/** The processes that hold the networks of pods, as this machine counts, by the pods' uids. */
export class Sandboxes {
  private known = new Map<string, number>();

  /**
   * The process that holds the network of a pod.
   *
   * @throws Problem if the pod does not run on this machine
   */
  public processOf(uid: string): number {
    if (!this.isCurrent(uid)) this.known = this.scan();
    const pid = this.known.get(uid);
    if (pid === undefined)
      throw new Problem(`The pod with the uid ${uid} has no network on this machine: it does not run.`);
    return pid;
  }

  private isCurrent(uid: string): boolean {
    const pid = this.known.get(uid);
    return pid !== undefined && podOf(cgroupsOf(pid)) === uid;
  }

  private scan(): Map<string, number> {
    const pauses = processes().filter(({ args: [command] }) => command === PAUSE);
    return new Map(
      pauses.flatMap(({ pid }) => {
        const pod = podOf(cgroupsOf(pid));
        return pod === undefined ? [] : [[pod, pid] as const];
      }),
    );
  }
}

/** The uid of the pod that a process belongs to, by its cgroups; the kubelet names them after it. */
export function podOf(cgroups: string): string | undefined {
  return /\/pod([0-9a-f-]{36})\//.exec(cgroups)?.[1];
}

function cgroupsOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cgroup`, 'utf8');
  } catch {
    return '';
  }
}
