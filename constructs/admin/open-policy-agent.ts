import { Construct } from 'constructs';
import { type Endpoint, Volume, Workload, httpProbe } from '../kube';
import type { ComponentProps } from '../platform/component-props';

/** Properties of `OpenPolicyAgent`. */
export interface OpenPolicyAgentProps extends ComponentProps {
  /** Where it gets its policies; who serves them there also asks for its decisions. */
  readonly bundles: Endpoint;
}

const PORT = 8181;

/** Where it keeps the policies that it got, below its working directory: the image's own belongs to another user. */
const BUNDLE_DIR = '/kaapana/opa/.opa';

/** Decides by the policies of the platform who may do what (open-policy-agent-chart, Kaapana 0.6.0). */
export class OpenPolicyAgent extends Construct {
  /** Its REST interface: decisions and the data they rest on. */
  public readonly api: Endpoint;

  constructor(scope: Construct, id: string, props: OpenPolicyAgentProps) {
    super(scope, id);
    const { platform, namespace, bundles } = props;

    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'open-policy-agent',
      uses: [bundles],
      container: {
        image: platform.images.ref('open-policy-agent'),
        env: { ADMIN_NAMESPACE: bundles.service.namespace },
        ports: { http: PORT },
        mounts: [Volume.emptyDir('bundles').at(BUNDLE_DIR)],
        resources: { memoryRequest: '10Mi', memoryLimit: '100Mi' },
        exceptions: { writableRoot: 'nothing proves that it writes to its directory of bundles alone' },
        readinessProbe: {
          ...httpProbe('/health?bundles=true', 'http'),
          periodSeconds: 10,
        },
      },
    });

    this.api = server
      .expose('Service', { name: 'open-policy-agent-service', ports: { 'bundle-http': PORT } })
      .endpoint('bundle-http');
    server.allow(bundles.service.workload, PORT);
  }
}
