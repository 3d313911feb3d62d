import { Construct } from 'constructs';
import { Volume, WebRoute, Workload } from '../../kube';
import { UNREAD_IMAGE } from '../../platform/unread-image';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';

const definition = defineExtension({
  name: 'rateme-chart',
  title: 'RateMe',
  purpose: 'Readers rate images, one after the other',
  kind: 'application',
  listedInUse: true,
  maturity: 'experimental',
  hardware: 'cpu',
  multiInstallable: true,
  versions: ['0.3.5'],
  images: ['rateme'],
});

const PORT = 8050;

/** The claim of the object store, whose files it looks at. */
const MINIO_CLAIM = { name: 'minio-pv-claim' };

/** Images are rated by readers (rateme-chart, Kaapana 0.3.5). Without a workflow, each downloads the ratings. */
export class RatemeApplication extends Construct {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, { platform, services, name }: ExtensionProps<typeof definition>) {
    super(scope, id);
    const path = `/${name}`;
    const server = new Workload(this, 'Server', {
      platform,
      namespace: services.namespaces.services,
      name,
      labels: { 'app-name': name },
      nodeSelector: platform.storageNode,
      container: {
        name: 'rateme',
        image: platform.images.ref('rateme'),
        env: { INGRESS_PATH: path, BATCH_NAME: '', OPERATOR_OUT_DIR: '', ANNOTATOR: 'annotator' },
        ports: { 'rateme-http': PORT },
        mounts: [Volume.claim('minio', MINIO_CLAIM).at('/kaapana/mounted/minio', { readOnly: true })],
        resources: { memoryRequest: '10Mi', memoryLimit: '200Mi' },
        exceptions: UNREAD_IMAGE,
      },
    });
    const web = server.expose('Service', { name, ports: { 'log-http-port': PORT } }).endpoint('log-http-port');
    new WebRoute(this, 'Route', { platform, name, paths: [path], to: web });
  }
}
