import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { NetworkPeer } from './network';

/** Properties of `EgressPolicy`. */
export interface EgressPolicyProps {
  readonly name: string;

  /** The pods that it lets out. */
  readonly pods: NetworkPeer;

  /** TCP port that they reach. */
  readonly port: number;

  /** Network that they reach, in CIDR notation. @default - every address: policies know no names */
  readonly cidr?: string;
}

/** Lets pods out to one port of something that lives elsewhere. Policies add up: what others let them reach, they still do. */
export class EgressPolicy extends Construct {
  constructor(scope: Construct, id: string, { name, pods, port, cidr }: EgressPolicyProps) {
    super(scope, id);
    new k8s.KubeNetworkPolicy(this, 'Resource', {
      metadata: { name, namespace: pods.namespace },
      spec: {
        podSelector: pods.podLabels ? { matchLabels: { ...pods.podLabels } } : {},
        policyTypes: ['Egress'],
        egress: [{
          to: cidr === undefined ? undefined : [{ ipBlock: { cidr } }],
          ports: [{ port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' }],
        }],
      },
    });
  }
}
