import { type Peer, podsThatCouldBe, type Port } from '../../../src/checks/network/cluster';
import type { World } from '../../network/world';
import fc from '../../random';
import { dialAll } from '../support/dial';
import type { Gate } from '../support/gate';
import type { Trial } from '../support/network';
import { livePods, type LivePod } from '../support/pods';

/** Connections that must not pass, and what came of them. */
export interface Refusals {
  readonly tried: number;

  /** Those that passed, a sentence each. */
  readonly findings: readonly string[];
}

/** What is not tried. @default - everything is */
type Choice = (trial: Trial) => boolean;

/**
 * Tries `count` of the connections that the evaluator says are stopped, chosen by chance with the seed of all tests,
 * at ports where something listens.
 */
export async function refusedConnections(
  gate: Gate,
  world: World,
  count: number,
  choice: Choice = () => true,
): Promise<Refusals> {
  const ends = livePods()
    .filter(({ address, onNode }) => address !== undefined && !onNode)
    .map((pod): End => ({ pod, peer: peerOf(world, pod) }));
  const listeners = listenersOf(ends);
  const candidates = ends.flatMap((source) =>
    listeners
      .filter(({ pod }) => pod !== source.pod)
      .map((target) => ({ target, trial: trialOf(world, source, target) }))
      .filter(({ trial }) => !trial.promised && choice(trial)),
  );
  const open = await answering(gate, world, [...new Set(candidates.map(({ target }) => target))]);
  const trials = chosen(
    candidates.filter(({ target }) => open.has(target)).map(({ trial }) => trial),
    count,
  );
  const outcomes = await dialAll(trials, gate.enter);
  return {
    tried: trials.length,
    findings: trials.flatMap(({ from, to, port }, index) =>
      outcomes[index] === 'connected' ? [`${from} -> ${to}:${port} passed, and the policies should stop it`] : [],
    ),
  };
}

/** A pod, and what the evaluator knows it as: the same object each time, as it keeps what it found out of each. */
interface End {
  readonly pod: LivePod;
  readonly peer: Peer;
}

interface Listener extends End {
  readonly port: Port;
}

/** The ports that pods declare. */
function listenersOf(ends: readonly End[]): Listener[] {
  return ends.flatMap((end) => {
    const ports = end.peer.kind === 'pods' ? end.peer.ports.filter(({ protocol }) => protocol === 'TCP') : [];
    return ports.map((port) => ({ ...end, port }));
  });
}

/** Those at which something answers the pod itself. */
async function answering(gate: Gate, world: World, listeners: readonly Listener[]): Promise<ReadonlySet<Listener>> {
  const own = listeners.map((listener) => trialOf(world, listener, listener));
  const outcomes = await dialAll(own, gate.enter);
  return new Set(listeners.filter((_, index) => outcomes[index] === 'connected'));
}

function trialOf(world: World, from: End, { pod, peer, port }: Listener): Trial {
  return {
    from: from.peer.name,
    to: peer.name,
    port: String(port.number),
    promised: world.connectivity.check(from.peer, peer, port).allowed,
    source: from.pod,
    target: { address: pod.address ?? '', port: port.number, protocol: port.protocol },
  };
}

function peerOf({ connectivity: { cluster } }: World, { workload, namespace, labels }: LivePod): Peer {
  return cluster.workloads.get(workload) ?? podsThatCouldBe(namespace, labels);
}

function chosen<Value>(values: readonly Value[], count: number): Value[] {
  const [sample] = fc.sample(fc.shuffledSubarray([...values], { minLength: Math.min(count, values.length) }), {
    numRuns: 1,
    seed: fc.readConfigureGlobal().seed,
  });
  return (sample ?? []).slice(0, count);
}
