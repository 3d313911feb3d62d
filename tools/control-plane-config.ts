import { stringify } from 'yaml';
import { DISTRIBUTIONS } from '../src/settings/distributions';
import type { Toolchain } from './toolchain';

/** Programs a control plane consists of: name in kwokctl's configuration -> program of the toolchain. */
export const COMPONENTS = {
  etcd: 'etcd',
  kubeApiserver: 'kube-apiserver',
  kubeControllerManager: 'kube-controller-manager',
  kubeScheduler: 'kube-scheduler',
  kwokController: 'kwok',
} as const;

/** Ports of a control plane, all on the loopback address. */
export const PORT_NAMES = [
  'etcdPort',
  'etcdPeerPort',
  'kubeApiserverPort',
  'kubeControllerManagerPort',
  'kubeSchedulerPort',
  'kwokControllerPort',
] as const;

/** The networks, and Kaapana's node ports with the well-known ones: 80, 443, 11112 for DICOM. */
const {
  cidrs: [SERVICE_RANGE, POD_RANGE],
  nodePorts,
} = DISTRIBUTIONS.embedded;

/** An address reserved for documentation: nothing answers there, as nothing runs on the node. */
const NODE_ADDRESS = '192.0.2.10';

const CAPACITY = {
  cpu: '64',
  memory: '256Gi',
  'ephemeral-storage': '4Ti',
  pods: '500',
  'nvidia.com/gpu': '4',
};

/** The configuration that `kwokctl create cluster` reads. */
export function controlPlaneConfig(toolchain: Toolchain, ports: readonly number[]): string {
  const binaries = Object.entries({ ...COMPONENTS, kubectl: 'kubectl' });
  return stringify({
    apiVersion: 'config.kwok.x-k8s.io/v1alpha1',
    kind: 'KwokctlConfiguration',
    options: {
      runtime: 'binary',
      // kwokctl would listen on all addresses, etcd without any authentication.
      bindAddress: '127.0.0.1',
      disableQPSLimits: true,
      ...Object.fromEntries(binaries.map(([name, program]) => [`${name}Binary`, toolchain.path(program)])),
      ...Object.fromEntries(PORT_NAMES.map((name, index) => [name, ports[index]])),
    },
    componentsPatches: [
      {
        name: 'kube-apiserver',
        extraArgs: [
          { key: 'service-node-port-range', value: nodePorts.join('-') },
          { key: 'service-cluster-ip-range', value: SERVICE_RANGE },
        ],
      },
      {
        name: 'kube-controller-manager',
        // A claim that comes just before its volume waits for the next round: a second instead of fifteen.
        extraArgs: [{ key: 'pvclaimbinder-sync-period', value: '1s' }],
      },
      { name: 'kwok-controller', extraArgs: [{ key: 'cidr', value: POD_RANGE.replace('.0/', '.1/') }] },
    ],
  });
}

/** A simulated node, as Kaapana wants its storage node to be. */
export function simulatedNode(name: string, index: number): object {
  const address = NODE_ADDRESS.replace(/\d+$/, (last) => String(Number(last) + index));
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kaapana.io/node': 'storage',
      },
    },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      capacity: CAPACITY,
      allocatable: CAPACITY,
    },
  };
}
