import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Endpoint, type Mount, type PriorityClass, Volume, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { type Egress, egressAddresses, egressEnv } from '../platform/egress';
import type { ImageName } from '../platform/images';

/** Properties of `DicomViewer`. */
export interface DicomViewerProps extends ComponentProps {
  /** Name of its pods. */
  readonly name: string;

  readonly image: ImageName;

  /** Name of the container. @default - `name` */
  readonly container?: string;

  /** Path that leads to it. */
  readonly path: string;

  /** Names of its service, of the service's port and of the route. */
  readonly names: { readonly service: string; readonly port: string; readonly route: string };

  /** @default - app.kubernetes.io/name: name */
  readonly labels?: Readonly<Record<string, string>>;

  /** @default - none */
  readonly priorityClass?: PriorityClass;

  /** Script with its settings, in place of the image's own. @default - the image's own */
  readonly settings?: string;

  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;
}

const PORT = 80;
const SCRIPT = 'app-config.js';
const WEB_ROOT = '/usr/share/nginx/html';

/** A viewer of DICOM images that runs in the browser: nginx hands out its files. */
export class DicomViewer extends Construct {
  /** Its pages. */
  public readonly web: Endpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DicomViewerProps,
  ) {
    super(scope, id);
    const { platform, namespace, name, names, egress } = props;

    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name,
      labels: props.labels,
      priorityClass: props.priorityClass,
      uses: egressAddresses(egress),
      container: {
        name: props.container,
        image: platform.images.ref(props.image),
        env: egressEnv(egress),
        ports: { http: PORT },
        mounts: [
          Volume.emptyDir('cache').at('/var/cache/nginx'),
          Volume.emptyDir('tmp').at('/var/run'),
          ...this.settings(),
        ],
        resources: { memoryRequest: '50Mi', memoryLimit: '100Mi' },
      },
    });
    this.web = server.expose('Service', { name: names.service, ports: { [names.port]: PORT } }).endpoint(names.port);
    new WebRoute(this, 'Route', { platform, name: names.route, paths: [props.path], to: this.web });
  }

  private settings(): Mount[] {
    const { namespace, name, path, settings } = this.props;
    if (settings === undefined) return [];
    const map = new kplus.ConfigMap(this, 'Settings', {
      metadata: { name: `${name}-settings`, namespace },
      data: { [SCRIPT]: settings },
    });
    return [Volume.configMap('settings', map).at(`${WEB_ROOT}${path}/${SCRIPT}`, { subPath: SCRIPT, readOnly: true })];
  }
}
