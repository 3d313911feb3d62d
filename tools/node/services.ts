import * as path from 'node:path';
import { PROJECT } from '../paths';
import type { Toolchain } from '../toolchain';
import { REGISTRY_PORT } from './config';
import { type NodeSettings, placesOf } from './settings';

/** A program of a node that runs as long as the node does. */
export interface Service {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** Programs of the toolchain that a node takes. */
export const NODE_PROGRAMS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
  'kubelet',
  'kube-proxy',
  'coredns',
  'netpol',
  'pause',
] as const;

const ETCD = 'http://127.0.0.1:2379';
const ETCD_PEER = 'http://127.0.0.1:2380';

/** What pods and the API server wait for; it needs nothing itself. */
export function foundation(settings: NodeSettings, toolchain: Toolchain): Service[] {
  const { config, etcd } = placesOf(settings);
  return [
    service('etcd', toolchain.path('etcd'), {
      'data-dir': etcd,
      'listen-client-urls': ETCD,
      'advertise-client-urls': ETCD,
      'listen-peer-urls': ETCD_PEER,
      'initial-advertise-peer-urls': ETCD_PEER,
      'initial-cluster': `default=${ETCD_PEER}`,
      // A node for tests survives its own end, not that of the machine.
      'unsafe-no-fsync': true,
    }),
    apiServer(settings, toolchain),
    service('containerd', 'containerd', { config: path.join(config, 'containerd.toml') }),
    registry(settings),
  ];
}

/** What takes an API server that answers. */
export function controllers(settings: NodeSettings, toolchain: Toolchain): Service[] {
  const { pki, config } = placesOf(settings);
  const kubeconfig = (name: string): string => path.join(pki, `${name}.kubeconfig`);
  const client = (name: string): Record<string, string | boolean> => ({
    kubeconfig: kubeconfig(name),
    'authentication-kubeconfig': kubeconfig(name),
    'authorization-kubeconfig': kubeconfig(name),
    'bind-address': '127.0.0.1',
    'leader-elect': false,
    profiling: false,
  });
  return [
    service('kube-controller-manager', toolchain.path('kube-controller-manager'), {
      ...client('controller-manager'),
      'use-service-account-credentials': true,
      'root-ca-file': path.join(pki, 'ca.crt'),
      'service-account-private-key-file': path.join(pki, 'sa.key'),
      'cluster-signing-cert-file': path.join(pki, 'ca.crt'),
      'cluster-signing-key-file': path.join(pki, 'ca.key'),
      'allocate-node-cidrs': true,
      'cluster-cidr': settings.pods,
      'service-cluster-ip-range': settings.services,
      'node-cidr-mask-size': '24',
      // A claim that comes just before its volume waits for the next round: a second instead of fifteen.
      'pvclaimbinder-sync-period': '1s',
    }),
    service('kube-scheduler', toolchain.path('kube-scheduler'), client('scheduler')),
    service('kubelet', toolchain.path('kubelet'), {
      config: path.join(config, 'kubelet.yaml'),
      kubeconfig: kubeconfig('kubelet'),
      'hostname-override': settings.nodeName,
      'node-ip': settings.address,
      // Kaapana wants its storage node to be labelled so.
      'node-labels': 'kaapana.io/node=storage',
      v: '2',
    }),
    service('kube-proxy', toolchain.path('kube-proxy'), { config: path.join(config, 'kube-proxy.yaml'), v: '2' }),
  ];
}

/** What takes a node that is registered. */
export function policyAgent(settings: NodeSettings, toolchain: Toolchain): Service {
  return service('netpol', toolchain.path('netpol'), {
    kubeconfig: path.join(placesOf(settings).pki, 'kube-router.kubeconfig'),
    'hostname-override': settings.nodeName,
    'enable-ipv6': false,
    'service-cluster-ip-range': settings.services,
    // Its INPUT chain opens this range of ports on the node for all pods. kube-proxy does not need that, and the API
    // server and the kubelet must not be in it.
    'service-node-port-range': '32766:32767',
    // A new pod is shut off until its policies are in force, not open.
    'netpol-default-deny': true,
    v: '1',
  });
}

/** The command that runs a script of the project, from any folder. */
export function script(entry: string): string[] {
  return [process.execPath, path.join(PROJECT, 'bin', 'run.cjs'), entry];
}

function apiServer(settings: NodeSettings, toolchain: Toolchain): Service {
  const at = (file: string): string => path.join(placesOf(settings).pki, file);
  return service('kube-apiserver', toolchain.path('kube-apiserver'), {
    'advertise-address': settings.address,
    'bind-address': '0.0.0.0',
    'secure-port': '6443',
    'etcd-servers': ETCD,
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'allow-privileged': true,
    'client-ca-file': at('ca.crt'),
    'tls-cert-file': at('apiserver.crt'),
    'tls-private-key-file': at('apiserver.key'),
    'kubelet-client-certificate': at('apiserver-kubelet.crt'),
    'kubelet-client-key': at('apiserver-kubelet.key'),
    'kubelet-certificate-authority': at('ca.crt'),
    'kubelet-preferred-address-types': 'InternalIP',
    'service-cluster-ip-range': settings.services,
    'service-node-port-range': settings.nodePorts.join('-'),
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': at('sa.pub'),
    'service-account-signing-key-file': at('sa.key'),
    'requestheader-client-ca-file': at('ca.crt'),
    'requestheader-allowed-names': 'front-proxy',
    'requestheader-username-headers': 'X-Remote-User',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'proxy-client-cert-file': at('front-proxy.crt'),
    'proxy-client-key-file': at('front-proxy.key'),
    'enable-aggregator-routing': true,
    profiling: false,
  });
}

function registry(settings: NodeSettings): Service {
  const [command = '', ...args] = script('tools/node/serve-registry.ts');
  const dirs = [placesOf(settings).systemImages, ...settings.images];
  return { name: 'registry', command, args: [...args, String(REGISTRY_PORT), ...dirs] };
}

function service(name: string, command: string, flags: Readonly<Record<string, string | boolean>>): Service {
  return { name, command, args: Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`) };
}
