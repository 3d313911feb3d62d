import * as fs from 'node:fs';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { VERSIONS } from '../versions';
import { CONTAINERD_SOCKET, type NodeSettings, placesOf } from './settings';

/** The image of a pod's sandbox. */
export const PAUSE_IMAGE = `registry.k8s.io/pause:${VERSIONS.pause}`;

/** Where Debian's package containernetworking-plugins has its programs. */
const CNI_PROGRAMS = '/usr/lib/cni';

/** Port of the node's registry, on its loopback address. */
export const REGISTRY_PORT = 5000;

const REGISTRY = `http://127.0.0.1:${REGISTRY_PORT}`;

/** Writes the configuration files of all programs of a node; the names of the files are those of `configFiles`. */
export function writeConfig(settings: NodeSettings, openFiles: number): void {
  const { config } = placesOf(settings);
  for (const [name, text] of Object.entries(configFiles(settings, openFiles))) {
    const file = path.join(config, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

/** The configuration files of a node: name -> text. `openFiles` is how many files a process may have open at most. */
export function configFiles(settings: NodeSettings, openFiles: number): Record<string, string> {
  return {
    'containerd.toml': containerd(settings),
    'registries/_default/hosts.toml': hosts(),
    'cni/net.d/10-node.conflist': cni(settings),
    'kubelet.yaml': stringify(kubelet(settings, openFiles)),
    'kube-proxy.yaml': stringify(kubeProxy(settings)),
    'resolv.conf': `nameserver ${settings.address}\n`,
    hosts: `127.0.0.1 localhost\n${settings.address} ${settings.nodeName}\n`,
  };
}

function containerd(settings: NodeSettings): string {
  const snapshotters = ['aufs', 'btrfs', 'zfs', 'devmapper'].map((name) => `io.containerd.snapshotter.v1.${name}`);
  return `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
oom_score = 0
disabled_plugins = ${JSON.stringify(snapshotters)}
[grpc]
  address = "${CONTAINERD_SOCKET}"
[plugins."io.containerd.internal.v1.opt"]
  path = "/var/lib/containerd/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  # Without CAP_SYS_RESOURCE, as in containers, no process may lower its oom_score_adj.
  restrict_oom_score_adj = true
  stream_server_address = "127.0.0.1"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "${path.join(placesOf(settings).config, 'registries')}"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${CNI_PROGRAMS}"
    conf_dir = "/etc/cni/net.d"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
`;
}

/** Every registry is the node's own: without "server", containerd would go on to the one that the image names. */
function hosts(): string {
  return `server = "${REGISTRY}"\n[host."${REGISTRY}"]\n  capabilities = ["pull", "resolve"]\n`;
}

function cni({ pods }: NodeSettings): string {
  const subnet = nodePods(pods);
  return JSON.stringify({
    cniVersion: '1.0.0',
    name: 'node',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        isDefaultGateway: true,
        hairpinMode: true,
        // Network policies are about the pods' own addresses.
        ipMasq: false,
        // Addresses are given anew when the node starts, as all sandboxes are.
        ipam: { type: 'host-local', ranges: [[{ subnet }]], dataDir: '/run/cni/networks' },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  });
}

/** The network of the pods of the only node: what the controller manager gives to the first one. */
function nodePods(pods: string): string {
  return pods.replace(/\/\d+$/, '/24');
}

function kubelet(settings: NodeSettings, openFiles: number): object {
  const { pki, config } = placesOf(settings);
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: settings.address,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: path.join(pki, 'ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: path.join(pki, 'kubelet-server.crt'),
    tlsPrivateKeyFile: path.join(pki, 'kubelet-server.key'),
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${settings.name}`,
    clusterDomain: 'cluster.local',
    clusterDNS: [settings.dns],
    resolvConf: path.join(config, 'resolv.conf'),
    failSwapOn: false,
    // Without CAP_SYS_RESOURCE: keep what this process has.
    oomScoreAdj: 0,
    maxOpenFiles: openFiles,
    seccompDefault: true,
    maxPods: 250,
    // Images and pods stay, however full the disk of this machine is.
    imageGCHighThresholdPercent: 100,
    imageMinimumGCAge: '8760h',
    evictionHard: { 'memory.available': '200Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    healthzBindAddress: '127.0.0.1',
    nodeStatusUpdateFrequency: '5s',
    serializeImagePulls: false,
    registryPullQPS: 0,
    eventRecordQPS: 50,
    kubeAPIQPS: 50,
    kubeAPIBurst: 100,
  };
}

function kubeProxy(settings: NodeSettings): object {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'nftables',
    clusterCIDR: settings.pods,
    hostnameOverride: settings.nodeName,
    bindAddress: '0.0.0.0',
    healthzBindAddress: '127.0.0.1:10256',
    metricsBindAddress: '127.0.0.1:10249',
    nodePortAddresses: [`${settings.address}/32`],
    clientConnection: { kubeconfig: path.join(placesOf(settings).pki, 'kube-proxy.kubeconfig') },
    // nf_conntrack_max belongs to the machine's own network namespace: nothing of it is set.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  };
}
