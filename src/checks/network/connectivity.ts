import type { Cluster, Peer, Pods, Port } from './cluster';
import { type Direction, type Policy, policyOf } from './policy';

/** What the policies of one end say. */
export interface Side {
  readonly allowed: boolean;

  /** Those that allow it, or else those that isolate the pods; none where nothing isolates them. */
  readonly policies: readonly string[];
}

/** Whether a connection is let through, and by whom. */
export interface Verdict {
  readonly allowed: boolean;

  /** Out of its source. */
  readonly egress: Side;

  /** Into its destination. */
  readonly ingress: Side;
}

const OPEN: Side = { allowed: true, policies: [] };

/**
 * Who may connect to whom in a cluster, by its network policies. Policies add up; pods that none of a direction selects
 * are open in it, and a connection needs both ends.
 */
export class Connectivity {
  private readonly policies: readonly Policy[];
  private readonly isolating = new Map<Pods, Readonly<Record<Direction, readonly Policy[]>>>();

  constructor(public readonly cluster: Cluster) {
    this.policies = cluster.policies.map((policy) => policyOf(policy, cluster));
  }

  /**
   * Whether `source` may connect to `port` of `destination`. Pods that meet are never the same one: replicas are
   * several.
   */
  public check(source: Peer, destination: Peer, port: Port): Verdict {
    const egress = this.side('egress', source, destination, destination, port);
    const ingress =
      source.kind === 'outsider' && source.isKubelet
        ? OPEN
        : this.side('ingress', destination, source, destination, port);
    return { allowed: egress.allowed && ingress.allowed, egress, ingress };
  }

  /** Names of the policies that isolate `pods`. */
  public isolation(pods: Pods, direction: Direction): string[] {
    return this.isolatingOf(pods)[direction].map(({ name }) => name);
  }

  private side(direction: Direction, subject: Peer, other: Peer, listener: Peer, port: Port): Side {
    if (subject.kind === 'outsider' || subject.onNode) return OPEN;
    const isolating = this.isolatingOf(subject)[direction];
    if (isolating.length === 0) return OPEN;
    const allowing = isolating.filter((policy) => policy.allows(direction, other, listener, port));
    return {
      allowed: allowing.length > 0,
      policies: (allowing.length > 0 ? allowing : isolating).map(({ name }) => name),
    };
  }

  private isolatingOf(pods: Pods): Readonly<Record<Direction, readonly Policy[]>> {
    const known = this.isolating.get(pods);
    if (known) return known;
    const of = (direction: Direction): Policy[] => this.policies.filter((policy) => policy.isolates(pods, direction));
    const found = { ingress: of('ingress'), egress: of('egress') };
    this.isolating.set(pods, found);
    return found;
  }
}
