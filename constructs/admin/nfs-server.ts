import { Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ANYWHERE, DataVolume, type Service, Volume, Workload, type QuantityText } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { UNREAD_IMAGE } from '../platform/unread-image';

/** Properties of `NfsServer`. */
export interface NfsServerProps extends ComponentProps {
  /**
   * Fixed address in the service network: nodes that mount the export cannot resolve service names.
   *
   * @default - Kubernetes assigns one
   */
  readonly clusterIP?: string;

  /** Size of the export. @default '100Gi' */
  readonly size?: QuantityText;
}

const PORTS = { nfs: 2049, mountd: 20048, rpcbind: 111 } as const;
const LABELS = { role: 'nfs-server' };
const EXPORT_DIR = '/exports';

/** Who owns the directories; images that run as somebody else take over theirs when they start. */
const OWNER = 1000;

/** Offers a directory of the storage node to all nodes by NFS (nfs-server-chart, Kaapana 0.3.5). */
export class NfsServer extends Construct {
  /** Why its pods are privileged. */
  public static readonly PRIVILEGED_REASON =
    'the NFS server is in the kernel: it is started and told its exports as root of the node';

  /** The pods; an admission policy has to let them. */
  public readonly server: Workload;

  public readonly service: Service;

  constructor(scope: Construct, id: string, props: NfsServerProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const claim = new DataVolume(this, 'Data', {
      platform,
      namespace,
      name: 'nfs-fast-pv-claim',
      role: 'fast',
      directory: 'nfs',
      size: props.size ?? '100Gi',
      holds: 'all that lies on the NFS export',
    });
    if (claim.plan.source?.nfs) {
      throw new Error('nfs-server cannot keep its data on an NFS export; give it storage of the node');
    }
    const directories = new kplus.ConfigMap(this, 'Directories', {
      metadata: { name: 'nfs-dir-config', namespace },
      data: { 'dirs.txt': Lazy.any({ produce: () => this.directories(claim) }) as unknown as string },
    });

    const data = Volume.claim('mypvc', claim);
    const list = Volume.configMap('nfs-dir-config', directories, { 'dirs.txt': 'dirs.txt' });
    this.server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'nfs-server',
      labels: LABELS,
      nodeSelector: platform.storageNode,
      exceptions: { privileged: NfsServer.PRIVILEGED_REASON },
      initContainers: [
        {
          name: 'nfs-dirs',
          image: platform.images.ref('nfs-init'),
          mounts: [data.at(EXPORT_DIR), list.at('/tmp/dirs.txt', { subPath: 'dirs.txt' })],
          security: { runAsUser: 0 },
          exceptions: UNREAD_IMAGE,
        },
      ],
      container: {
        image: platform.images.ref('volume-nfs'),
        ports: PORTS,
        mounts: [data.at(EXPORT_DIR)],
        resources: { memoryRequest: '50Mi', memoryLimit: '500Mi' },
        exceptions: UNREAD_IMAGE,
      },
    });
    this.service = this.server.expose('Service', { name: 'nfs-service', ports: PORTS, clusterIP: props.clusterIP });
    // The kubelets mount the export, from the nodes' own addresses.
    for (const port of Object.values(PORTS)) this.server.allow(ANYWHERE, port);
  }

  /** Directory, user and group of every other volume of the platform, as nfs-init reads them. */
  private directories(own: DataVolume): string {
    const volumes = this.node.root.node
      .findAll()
      .filter((node): node is DataVolume => node instanceof DataVolume && node !== own);
    return volumes
      .map(({ role, directory }) => `${role === 'slow' ? 'slow' : 'fast'}/${directory} ${OWNER} ${OWNER}\n`)
      .join('');
  }
}
