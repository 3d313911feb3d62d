import { Construct } from 'constructs';
import { type Endpoint, Volume, WebRoute, Workload } from '../kube';
import type { ComponentProps } from './component-props';
import type { ImageName } from './images';
import { HIGH_PRIORITY } from './priority';

/** Properties of `StaticPages`. */
export interface StaticPagesProps extends ComponentProps {
  /** Name of its objects, and of its image. */
  readonly name: ImageName;

  /** Name of its route. @default - `name` */
  readonly routeName?: string;

  /** Path that leads to it. @default - `name` */
  readonly path?: string;

  /** Names of its port, at the container and at the service. @default - http-port and http */
  readonly portNames?: { readonly container: string; readonly service: string };
}

const PORT = 80;

/** Pages that nginx hands out as they are; what they show, the browser itself asks for. */
export class StaticPages extends Construct {
  public readonly web: Endpoint;

  constructor(scope: Construct, id: string, props: StaticPagesProps) {
    super(scope, id);
    const { platform, namespace, name, routeName = name, path = `/${name}` } = props;
    const portNames = props.portNames ?? { container: 'http-port', service: 'http' };

    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name,
      labels: { 'app.kubernetes.io/name': `${name}-app` },
      priorityClass: HIGH_PRIORITY,
      container: {
        name: `${name}-container`,
        image: platform.images.ref(name),
        ports: { [portNames.container]: PORT },
        mounts: [Volume.emptyDir('tmp').at('/var/run'), Volume.emptyDir('cache').at('/var/cache/nginx')],
        resources: { memoryRequest: '100Mi', memoryLimit: '5Gi' },
      },
    });

    const service = server.expose('Service', {
      name: `${name}-service`,
      labels: { 'app.kubernetes.io/name': `${name}-service` },
      ports: { [portNames.service]: PORT },
    });
    this.web = service.endpoint(portNames.service);
    new WebRoute(this, 'Route', {
      platform,
      name: `${routeName}-ingress`,
      paths: [path],
      to: this.web,
      strip: `strip-prefix-${routeName}`,
    });
  }
}
