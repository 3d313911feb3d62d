import { Construct } from 'constructs';
import { type Address, type Endpoint, type NetworkPeer, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { HIGH_PRIORITY } from '../platform/priority';

/** Properties of `ServicesAuthBackend`. */
export interface ServicesAuthBackendProps extends ComponentProps {
  /** REST interface of the policy agent, by its name in Kaapana. */
  readonly policyAgent: Address & { readonly pods: NetworkPeer };
}

const NAME = 'auth-backend';
const PORT = 5000;

/**
 * Second auth-backend, next to the components that it answers: it puts requests before the policy agent of the admin
 * namespace, and has no policies of its own (auth-backend-chart of the platform, Kaapana 0.3.5).
 */
export class ServicesAuthBackend extends Construct {
  /** Answers whether a request may pass. */
  public readonly check: Endpoint;

  constructor(scope: Construct, id: string, props: ServicesAuthBackendProps) {
    super(scope, id);
    const { platform, namespace, policyAgent } = props;

    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: { 'app-name': NAME },
      priorityClass: HIGH_PRIORITY,
      uses: [policyAgent],
      container: {
        image: platform.images.ref(NAME),
        env: { ADMIN_NAMESPACE: policyAgent.pods.namespace, PORT: String(PORT) },
        ports: { http: PORT },
        resources: { memoryRequest: '50Mi', memoryLimit: '100Mi' },
      },
    });
    const service = server.expose('Service', { name: 'auth-backend-service', ports: { 'auth-check-http': PORT } });
    this.check = service.endpoint('auth-check-http', { path: '/auth-check' });
    new WebRoute(this, 'Route', { platform, name: 'auth-backend-ingress', paths: ['/auth-backend'], to: this.check });
  }
}
