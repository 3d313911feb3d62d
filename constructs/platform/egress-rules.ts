import { k8s } from 'cdk8s-plus-27';
import { isLinkLocal, type NetworkPeer, policyPeers } from '../kube';

/** Pods that are reached, and their port. */
interface Reached {
  readonly pods: NetworkPeer;
  readonly targetPort: number;
}

/** Where the cluster's DNS servers are, and the port that they listen on. */
const DNS = { namespace: 'kube-system', port: 53 } as const;

/** Rules that let pods of `namespace` reach these pods alone, at their ports. */
export function reach(namespace: string, ...reached: readonly Reached[]): k8s.NetworkPolicyEgressRule[] {
  return reached.map(({ pods, targetPort }) => ({ to: policyPeers(namespace, pods), ports: ports(targetPort, 'TCP') }));
}

/**
 * The rule that lets pods of `namespace` ask for names: servers are labelled otherwise in each distribution. A resolver
 * of the nodes (NodeLocal DNSCache) is no pod of the network, and answers at the address of the service too: where one
 * is among the networks `inside`, all of these may be asked at that port.
 */
export function reachDns(namespace: string, inside: readonly string[]): k8s.NetworkPolicyEgressRule[] {
  const hasOwn = inside.some((cidr) => isLinkLocal(cidr));
  const networks = hasOwn ? inside.map((cidr) => ({ ipBlock: { cidr } })) : [];
  return [
    {
      to: [...policyPeers(namespace, { namespace: DNS.namespace }), ...networks],
      ports: ports(DNS.port, 'UDP', 'TCP'),
    },
  ];
}

function ports(number: number, ...protocols: readonly string[]): k8s.NetworkPolicyPort[] {
  return protocols.map((protocol) => ({ port: k8s.IntOrString.fromNumber(number), protocol }));
}
