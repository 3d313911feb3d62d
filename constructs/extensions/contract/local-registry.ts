import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { DataVolume, type Endpoint, Middleware, type Platform, Volume, WebRoute, Workload } from '../../kube';
import { yaml } from '../../kube/yaml';

/** Properties of `LocalRegistry`. */
export interface LocalRegistryProps {
  readonly platform: Platform<'local-registry' | 'local-registry-ui'>;

  readonly namespace: string;
}

const NAME = 'local-registry';
const PAGES = `${NAME}-ui`;
const PAGES_PATH = `/${PAGES}`;
const DATA_DIR = '/var/lib/registry';
const PORT = 5000;

/** Where the container runtime of MicroK8s takes images from without TLS. */
const NODE_PORT = 32000;

/**
 * A registry of images in the cluster, with pages on it (edk, Kaapana 0.6.0). It knows no accounts, and a port of every
 * node leads to it: the runtime that pulls from it is no pod.
 */
export class LocalRegistry extends Construct {
  /** What images are pushed to, inside the cluster. */
  public readonly endpoint: Endpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LocalRegistryProps,
  ) {
    super(scope, id);
    const { platform, namespace } = props;
    const images = new DataVolume(this, 'Images', {
      platform,
      namespace,
      name: `${NAME}-pv-claim`,
      role: 'fast',
      size: '100Gi',
      holds: 'images of extensions in development',
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      nodeSelector: platform.storageNode,
      container: {
        image: platform.images.ref(NAME),
        env: {
          REGISTRY_HTTP_ADDR: `:${PORT}`,
          REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: DATA_DIR,
          REGISTRY_STORAGE_DELETE_ENABLED: 'yes',
        },
        ports: { [NAME]: PORT },
        mounts: [Volume.claim(NAME, images).at(DATA_DIR)],
        resources: { memoryRequest: '50Mi', memoryLimit: '500Mi' },
        exceptions: { writableRoot: 'nothing proves that it writes to its directory of images alone' },
      },
    });
    this.endpoint = server
      .expose('Service', { name: NAME, ports: { [NAME]: { port: PORT, nodePort: NODE_PORT } } })
      .endpoint(NAME, { clusterDomain: 'cluster.local' });
    // Tools on the server find the registry by it (KEP 1755).
    new kplus.ConfigMap(this, 'Hosting', {
      metadata: { name: `${NAME}-hosting`, namespace: 'kube-public' },
      data: {
        'localRegistryHosting.v1': yaml({
          host: `localhost:${NODE_PORT}`,
          help: 'https://microk8s.io/docs/registry-built-in',
        }),
      },
    });
    this.createPages();
  }

  private createPages(): void {
    const { platform, namespace } = this.props;
    const pages = new Workload(this, 'Pages', {
      platform,
      namespace,
      name: PAGES,
      uses: [this.endpoint],
      container: {
        image: platform.images.ref(PAGES),
        env: {
          NGINX_PROXY_PASS_URL: this.endpoint.url,
          SINGLE_REGISTRY: 'true',
          BASE_PATH: PAGES_PATH,
          DELETE_IMAGES: 'true',
        },
        ports: { http: 80 },
        exceptions: { writableRoot: 'its entrypoint changes its pages, and nginx writes to /var/cache' },
      },
    });
    new WebRoute(this, 'Route', {
      platform,
      name: PAGES,
      paths: [PAGES_PATH],
      to: pages.expose('PagesService', { name: PAGES, ports: { http: 80 } }).endpoint('http'),
      middlewares: [
        Middleware.stripPrefix(this, 'StripPrefix', { namespace, name: `strip-prefix-${PAGES}`, prefix: PAGES_PATH }),
      ],
    });
  }
}
