import type { Peer, Protocol } from '../../../src/checks/network/cluster';
import { list, type LiveObject } from '../../integration/support/kubectl';
import { type Ends, endsOf, outcomeOf, peerOf, type World } from '../../network/world';
import type { Site } from './environments';
import { livePods, type LivePod } from './pods';

/** A connection that a pod, or somebody outside, can try on the node. */
export interface Trial extends Ends {
  /** What the evaluator says of it. */
  readonly promised: boolean;

  /** Who tries it. */
  readonly source: LivePod | 'outside';
  readonly target: Target;
}

/** Where something listens. */
export interface Target {
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** A connection that cannot be tried, and why. */
export interface Untried extends Ends {
  readonly reason: string;
}

/** Pods and services of the node, by the names that the table of connections has. */
export class LiveNetwork {
  private readonly pods = livePods();
  private readonly services = new Map(
    list('services').map((service) => [`${service.metadata.namespace}/${service.metadata.name}`, service]),
  );

  /** @param probes pods that stand for others, by the names of those */
  constructor(
    private readonly site: Site,
    private readonly probes: ReadonlyMap<string, string>,
  ) {}

  /** The connections that `ends` mean, one for each address. */
  public trials(world: World, ends: Ends): (Trial | Untried)[] {
    const outcome = outcomeOf(world, ends);
    const source = ends.from === 'internet' ? 'outside' : this.podOf(peerOf(world, ends.from));
    if (source === undefined) return [{ ...ends, reason: `${ends.from} does not run` }];
    const targets = this.targets(world, ends);
    if (targets.length === 0) return [{ ...ends, reason: `${ends.to} is not on this node` }];
    return targets.map((target) => ({ ...ends, promised: outcome.kind === 'passes', source, target }));
  }

  /** The running pod of a workload, or the one that stands for it. */
  public podOf(peer: Peer | undefined): LivePod | undefined {
    if (peer?.kind !== 'pods') return undefined;
    const probe = this.probes.get(peer.name);
    return this.pods.find(
      ({ workload, name, namespace, address }) =>
        address !== undefined &&
        (probe === undefined ? workload === peer.name : name === probe && namespace === peer.namespace),
    );
  }

  private targets(world: World, { from, to, port }: Ends): Target[] {
    const protocol = port.endsWith('/udp') ? 'UDP' : 'TCP';
    const outer = this.outer(to, port);
    if (outer !== undefined) return outer.map((target) => ({ protocol, ...target }));
    if (to === 'coredns' || to.startsWith('kube-system{')) {
      const dns = this.services.get('kube-system/kube-dns');
      return dns === undefined ? [] : [{ address: dns.spec.clusterIP, port: 53, protocol: 'UDP' }];
    }
    const service = to.startsWith('svc:') ? this.services.get(to.slice('svc:'.length)) : undefined;
    if (service !== undefined) {
      const found = portOf(service, port);
      if (found === undefined) return [];
      if (from === 'internet')
        return found.nodePort ? [{ address: this.site.node, port: found.nodePort, protocol }] : [];
      if (service.spec.clusterIP !== 'None' && service.spec.type !== 'ExternalName') {
        return [{ address: service.spec.clusterIP, port: found.port, protocol }];
      }
    }
    return endsOf(world, to, port).flatMap(({ peer, port: target }) => {
      const pod = this.podOf(peer);
      return pod?.address === undefined || target === undefined
        ? []
        : [{ address: pod.address, port: target.number, protocol: target.protocol }];
    });
  }

  /** Somebody outside of the pods' network; undefined for pods. */
  private outer(to: string, port: string): { readonly address: string; readonly port: number }[] | undefined {
    const { node, outside } = this.site;
    const known: Readonly<Record<string, { address: string; port: number }[]>> = {
      'api-server': [{ address: node, port: API_SERVER_PORT }],
      node: [{ address: node, port: Number(port) }],
      'other-node': [],
      internet: [{ address: outside, port: Number(port) }],
      'mail-server': [{ address: outside, port: Number(port) }],
    };
    return known[to];
  }
}

/** Of the API server of the node; the table has that of MicroK8s. */
const API_SERVER_PORT = 6443;

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly nodePort?: number;
}

function portOf({ spec }: LiveObject, port: string): ServicePort | undefined {
  const ports = (spec.ports ?? []) as ServicePort[];
  const [wanted] = port.split('/');
  return ports.find((candidate) => String(candidate.port) === wanted || candidate.name === wanted);
}
