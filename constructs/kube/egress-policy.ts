import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { networkOf, type NetworkPeer } from './network';

/** Properties of `EgressPolicy`. */
export interface EgressPolicyProps {
  readonly name: string;

  /** The pods that it lets out. */
  readonly pods: NetworkPeer;

  /** TCP port that they reach. */
  readonly port: number;

  /** Host that they reach; by a name, every address of IPv4: policies know no names. @default - every address */
  readonly host?: string;
}

/**
 * Lets pods out to one port of something that lives elsewhere. Policies add up: what others let them reach, they still
 * do.
 */
export class EgressPolicy extends Construct {
  constructor(scope: Construct, id: string, { name, pods, port, host }: EgressPolicyProps) {
    super(scope, id);
    new k8s.KubeNetworkPolicy(this, 'Resource', {
      metadata: { name, namespace: pods.namespace },
      spec: {
        podSelector: pods.podLabels ? { matchLabels: { ...pods.podLabels } } : {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: host === undefined ? undefined : [{ ipBlock: { cidr: networkOf(host) } }],
            ports: [{ port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' }],
          },
        ],
      },
    });
  }
}
