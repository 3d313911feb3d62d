import type { RawSettings } from './schema';

/** A program of the nodes, and the port that it listens on there. */
interface NodeProgram {
  readonly name: string;
  readonly ports: readonly number[];

  /** Which servers have it. @default - all */
  readonly on?: readonly RawSettings['distribution'][];
}

/**
 * Programs of the nodes by their TCP ports: a service or a pod that has one of these on every node would get their
 * traffic, and who administers the server would be locked out. From the lists of ports of Kubernetes 1.33, MicroK8s
 * 1.33, k3s 1.33, Calico 3.30 and OpenSSH.
 */
const PROGRAMS: readonly NodeProgram[] = [
  { name: 'SSH', ports: [22] },
  { name: 'the DNS resolver of the nodes', ports: [53] },
  { name: 'the port mapper of NFS', ports: [111] },
  { name: 'NFS', ports: [2049] },
  { name: 'BGP of the pod network', ports: [179] },
  { name: 'etcd', ports: [2379, 2380, 2381] },
  { name: 'the API server', ports: [6443] },
  { name: 'the API server of MicroK8s', ports: [16443] },
  { name: 'the kubelet', ports: [10248, 10250, 10255] },
  { name: 'kube-proxy', ports: [10249, 10256] },
  { name: 'the controller manager', ports: [10252, 10257] },
  { name: 'the cloud controller manager', ports: [10258] },
  { name: 'the scheduler', ports: [10251, 10259] },
  { name: 'the pod network', ports: [5473, 9091, 9098, 9099] },
  { name: 'the cluster agent of MicroK8s', ports: [25000], on: ['microk8s'] },
  { name: 'the data store of MicroK8s', ports: [12379, 19001], on: ['microk8s'] },
  { name: 'containerd', ports: [1338], on: ['microk8s'] },
  { name: 'containerd', ports: [10010], on: ['k3s'] },
  { name: 'the load balancer of k3s', ports: [6444], on: ['k3s'] },
  { name: 'the image mirror of k3s', ports: [5001], on: ['k3s'] },
];

/** The program of the nodes that listens on a TCP port. */
export function nodeProgram(port: number, distribution: RawSettings['distribution'] = 'microk8s'): string | undefined {
  return PROGRAMS.find(({ ports, on }) => ports.includes(port) && (on === undefined || on.includes(distribution)))
    ?.name;
}
