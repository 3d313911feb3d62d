import type { HostPathProvisioner } from '../../constructs/server/storage-classes';
import type { RawSettings } from './schema';

/** What Kubernetes distributions have differently, each as it is installed. */
export interface Distribution {
  /** Networks of services and pods. */
  readonly cidrs: readonly [services: string, pods: string];

  /** Address of the DNS server. @default - there is none */
  readonly dns?: string;

  /** Ports that a service can have on every node. */
  readonly nodePorts: readonly [first: number, last: number];

  /** Where the kubelet keeps the volumes of pods. */
  readonly kubeletDirectory: string;

  /** Path of containerd's socket on the node. */
  readonly containerdSocket: string;

  /** What makes volumes in directories of the node. @default - nothing */
  readonly hostPathProvisioner?: HostPathProvisioner;
}

const KUBELET_DIRECTORY = '/var/lib/kubelet';

/** The profile of each distribution. */
export const DISTRIBUTIONS: Readonly<Record<RawSettings['distribution'], Distribution>> = {
  microk8s: {
    cidrs: ['10.152.183.0/24', '10.1.0.0/16'],
    dns: '10.152.183.10',
    // As Kaapana's server installation sets it (0.6.0).
    nodePorts: [80, 32000],
    kubeletDirectory: `/var/snap/microk8s/common${KUBELET_DIRECTORY}`,
    containerdSocket: '/var/snap/microk8s/common/run/containerd.sock',
    hostPathProvisioner: { name: 'microk8s.io/hostpath', directoryParameter: 'pvDir' },
  },
  k3s: {
    cidrs: ['10.43.0.0/16', '10.42.0.0/16'],
    dns: '10.43.0.10',
    nodePorts: [30000, 32767],
    kubeletDirectory: KUBELET_DIRECTORY,
    containerdSocket: '/run/k3s/containerd/containerd.sock',
    hostPathProvisioner: { name: 'rancher.io/local-path' },
  },
  kubeadm: {
    cidrs: ['10.96.0.0/12', '10.244.0.0/16'],
    dns: '10.96.0.10',
    nodePorts: [30000, 32767],
    kubeletDirectory: KUBELET_DIRECTORY,
    containerdSocket: '/run/containerd/containerd.sock',
  },
  embedded: {
    cidrs: ['10.152.183.0/24', '10.1.0.0/16'],
    nodePorts: [80, 32767],
    kubeletDirectory: KUBELET_DIRECTORY,
    containerdSocket: '/run/containerd/containerd.sock',
  },
};
