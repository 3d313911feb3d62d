import { Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Address } from './address';
import { type InboundRule, ingressRules, type NetworkPeer, type Peer } from './network';
import type { Endpoint } from './service';

/** Properties of `NeighbourPods`. */
export interface NeighbourPodsProps {
  /** Name of the pods, as their owner calls them. */
  readonly name: string;

  readonly namespace: string;

  readonly podLabels: Readonly<Record<string, string>>;

  /** Stands before the name of the policy: it tells whose it is. */
  readonly guest: string;
}

/**
 * Pods that another environment of the server deploys. Network policies add up, so whom they let in besides their
 * owner's own is a policy of this tree: their owner need not know, and it goes when this tree goes.
 */
export class NeighbourPods extends Construct {
  private readonly inbound: InboundRule[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NeighbourPodsProps,
  ) {
    super(scope, id);
  }

  /** A service in front of them, for this tree. */
  public endpoint(service: Endpoint): NeighbourEndpoint {
    return new NeighbourEndpoint(this, service);
  }

  /** @internal */
  public allow(rule: InboundRule): void {
    if (this.inbound.length === 0) this.createPolicy();
    this.inbound.push(rule);
  }

  private createPolicy(): void {
    const { name, namespace, podLabels, guest } = this.props;
    new k8s.KubeNetworkPolicy(this, 'Ingress', {
      metadata: { name: `${guest}-${name}-ingress`, namespace },
      spec: {
        podSelector: { matchLabels: { ...podLabels } },
        policyTypes: ['Ingress'],
        ingress: Lazy.any({ produce: () => ingressRules(namespace, this.inbound) }),
      },
    });
  }
}

/** Where a neighbour's service listens. It is no part of this tree, so nothing is deployed after it. */
class NeighbourEndpoint implements Address {
  public readonly host: string;
  public readonly port: number;
  public readonly url: string;

  /** Number of the pods' port behind it. */
  public readonly targetPort: number;

  /** The pods behind it. */
  public readonly pods: NetworkPeer;

  constructor(
    private readonly owner: NeighbourPods,
    service: Endpoint,
  ) {
    ({ host: this.host, port: this.port, url: this.url, targetPort: this.targetPort, pods: this.pods } = service);
  }

  /** @internal */
  public openTo(from: Peer): void {
    this.owner.allow({ from, port: this.targetPort, protocol: 'TCP' });
  }
}
