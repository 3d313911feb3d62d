import { Construct } from 'constructs';
import type { KaapanaPlatform } from '../images';
import { type Endpoint, Middleware, Volume, WebRoute, Workload } from '../kube';

/** Properties of `WorkflowUi`. */
export interface WorkflowUiProps {
  readonly platform: KaapanaPlatform;

  readonly namespace: string;
}

const NAME = 'workflow-ui';
const PATH = `/${NAME}`;
const PORT = 80;

/** Pages for workflows and their runs; the browser itself asks workflow-api (workflow-ui, Kaapana 0.6.0). */
export class WorkflowUi extends Construct {
  public readonly endpoint: Endpoint;

  constructor(scope: Construct, id: string, props: WorkflowUiProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: { 'app.kubernetes.io/name': `${NAME}-app` },
      priorityClass: 'kaapana-high-priority',
      container: {
        name: `${NAME}-container`,
        image: platform.images.ref('workflow-ui'),
        ports: { 'http-port': PORT },
        mounts: [Volume.emptyDir('tmp').at('/var/run'), Volume.emptyDir('cache').at('/var/cache/nginx')],
        resources: { memoryRequest: '100Mi', memoryLimit: '5Gi' },
        security: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      },
    });

    const name = `${NAME}-service`;
    this.endpoint = server
      .expose('Service', { name, ports: { http: { port: PORT, target: 'http-port' } }, labels: { 'app.kubernetes.io/name': name } })
      .endpoint('http');
    const strip = new Middleware(this, 'StripPrefix', {
      namespace, name: `strip-prefix-${NAME}`, spec: { stripPrefix: { prefixes: [PATH] } },
    });
    new WebRoute(this, 'Route', { platform, name: `${NAME}-ingress`, paths: [PATH], to: this.endpoint, middlewares: [strip] });
  }
}
