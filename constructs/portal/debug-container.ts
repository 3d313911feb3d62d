import { Construct } from 'constructs';
import { type Endpoint, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { UNREAD_IMAGE } from '../platform/unread-image';

/** Properties of `DebugContainer`. */
export type DebugContainerProps = ComponentProps;

const NAME = 'debug-container';
const PORT = 5000;

/**
 * Shows a request as it arrives behind the reverse proxy, with cookies and tokens, and has network tools for a shell
 * (debug-container-chart, Kaapana 0.3.5). For development: its program runs in debug mode.
 */
export class DebugContainer extends Construct {
  /** Its page. */
  public readonly web: Endpoint;

  constructor(scope: Construct, id: string, props: DebugContainerProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: { 'app-name': NAME },
      container: {
        name: 'debug',
        image: platform.images.ref(NAME),
        ports: { 'debug-http': PORT },
        // In debug mode there are two processes of it.
        resources: { memoryRequest: '50Mi', memoryLimit: '200Mi' },
        keeps: { NET_RAW: 'its network tools ping and listen' },
        exceptions: UNREAD_IMAGE,
      },
    });
    this.web = server
      .expose('Service', { name: 'debug-service', ports: { 'log-http-port': PORT } })
      .endpoint('log-http-port');
    new WebRoute(this, 'Route', { platform, name: 'debug-ingress-ip', paths: ['/debug'], to: this.web });
  }
}
