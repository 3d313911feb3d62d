import { Construct } from 'constructs';
import { type ContainerProps, type Endpoint, type Mount, Volume, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';

/** Properties of `NodeExporter`. */
export interface NodeExporterProps extends ComponentProps {
  /** Data directories of the instance, whose sizes are measured. */
  readonly directories: { readonly fast: string; readonly slow: string };

  /** Where the kubelet keeps the volumes of pods, which are no file systems of the node. @default '/var/lib/kubelet' */
  readonly kubeletDirectory?: string;
}

const NAME = 'node-exporter';
const PORT = 9100;
const LABELS = { 'app.kubernetes.io/component': 'exporter', 'app.kubernetes.io/name': NAME };
const SYS_DIR = '/host/sys';
const ROOT_DIR = '/host/root';
const TEXT_DIR = '/var/lib/node_exporter/textfile_collector';
const MEASURE_SECONDS = 300;

/** Metrics about the nodes, and the sizes of the data directories (node-exporter-chart, Kaapana 0.6.0). */
export class NodeExporter extends Construct {
  /** The metrics of some node. */
  public readonly metrics: Endpoint;

  constructor(scope: Construct, id: string, props: NodeExporterProps) {
    super(scope, id);
    const { platform, namespace, kubeletDirectory = '/var/lib/kubelet' } = props;

    const measured = Volume.emptyDir('textfile-collector');
    const exporter = new Workload(this, 'Exporter', {
      platform,
      namespace,
      name: NAME,
      kind: 'DaemonSet',
      labels: LABELS,
      scrape: { port: NAME, path: '/metrics', job: NAME, interval: '15s' },
      exceptions: { hostPath: 'it measures the file systems and devices of the node; all of it is read alone' },
      container: {
        image: platform.images.ref('node-exporter'),
        args: [
          `--path.sysfs=${SYS_DIR}`,
          `--path.rootfs=${ROOT_DIR}`,
          '--no-collector.wifi',
          '--no-collector.hwmon',
          `--collector.filesystem.ignored-mount-points=^/(dev|proc|sys|var/lib/docker/.+|${kubeletDirectory.slice(1)}/pods/.+)($|/)`,
          '--collector.netclass.ignored-devices=^(veth.*)$',
          `--collector.textfile.directory=${TEXT_DIR}`,
        ],
        ports: { [NAME]: PORT },
        mounts: [ofNode('sys', '/sys', SYS_DIR), ofNode('root', '/', ROOT_DIR), measured.at(TEXT_DIR)],
        resources: { memoryLimit: '180Mi', cpuRequest: '102m', cpuLimit: '250m' },
      },
      sidecars: [measure(props, measured.at('/textfile'))],
    });
    this.metrics = exporter.expose('Service', { name: NAME, ports: { [NAME]: PORT } }).endpoint(NAME);
  }
}

/** Measures the data directories, again and again; the exporter reads the files it writes. */
function measure({ platform, directories }: NodeExporterProps, results: Mount): ContainerProps {
  // A node without data has no such directory, and its exporter has to start all the same.
  const data = (role: 'fast' | 'slow'): Mount =>
    Volume.hostPath(`kaapana-${role}`, directories[role], 'DirectoryOrCreate').at(`/${role}`, { readOnly: true });
  return {
    name: 'custom-node-exporter-textfile-collector',
    image: platform.images.ref('node-exporter-textfile-collector'),
    env: { TEXTFILE_POLL_INTERVAL: String(MEASURE_SECONDS), FAST_PATH: directories.fast, SLOW_PATH: directories.slow },
    mounts: [results, data('fast'), data('slow')],
    resources: { memoryLimit: '50Mi' },
  };
}

function ofNode(name: string, path: string, mountPath: string): Mount {
  return Volume.hostPath(name, path).at(mountPath, { readOnly: true, mountPropagation: 'HostToContainer' });
}
