import { namedPort, type Pods, type Protocol, protocolOf } from '../../../src/checks/network/cluster';
import { objectAt, objectsAt } from '../../../src/objects/manifest';
import { endsOf, type World } from '../../network/world';
import { neededRows } from './calls';
import type { Place } from './places';

/** A port on which a container listens. */
export interface WitnessPort {
  readonly number: number;
  readonly protocol: Protocol;
}

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];

/**
 * Where a container listens: its own ports, those of its probes and, in the first container of a pod, those that
 * Services lead to or other programs call, and that no container names.
 */
export function portsOf(place: Place, all: readonly Place[], world: World): readonly WitnessPort[] {
  const { pods, container, isInit, workload } = place;
  if (isInit || workload.kind === 'Job' || workload.kind === 'CronJob') return [];
  const beside = all.filter((other) => other.pods === pods && !other.isInit);
  const own = declaredBy(place);
  const probed = PROBES.flatMap((probe) => {
    const { httpGet, tcpSocket } = objectAt(container[probe]);
    return numbered(pods, objectAt(httpGet ?? tcpSocket).port);
  });
  const declared = beside.flatMap((other) => [...declaredBy(other)]);
  const called = beside[0] === place ? calledAt(pods, world) : [];
  const others = called.filter((port) => !declared.some((known) => keyOf(known) === keyOf(port)));
  return [...new Map([...own, ...probed, ...others].map((port) => [keyOf(port), port])).values()];
}

function declaredBy({ container }: Place): WitnessPort[] {
  return objectsAt(container.ports).flatMap((port) =>
    typeof port.containerPort === 'number' ? [{ number: port.containerPort, protocol: protocolOf(port) }] : [],
  );
}

/** What Services lead to, and what needed rows of the table of connections call. */
function calledAt(pods: Pods, world: World): WitnessPort[] {
  const { services } = world.connectivity.cluster;
  const served = [...services.values()]
    .filter((service) => service.pods.includes(pods))
    .flatMap(({ ports }) => ports.flatMap((port) => numbered(pods, port.targetPort ?? port.port, protocolOf(port))));
  const rows = neededRows(world)
    .flatMap(({ ends }) => endsOf(world, ends.to, ends.port))
    .flatMap(({ peer, port }) => (peer.kind === 'pods' && peer.name === pods.name && port ? [port] : []));
  return [...served, ...rows.map(({ number, protocol }) => ({ number, protocol }))];
}

function numbered(pods: Pods, port: unknown, protocol: Protocol = 'TCP'): WitnessPort[] {
  if (typeof port === 'number') return [{ number: port, protocol }];
  const found = namedPort(pods, port, protocol);
  return found ? [{ number: found.number, protocol }] : [];
}

function keyOf({ number, protocol }: WitnessPort): string {
  return `${number}/${protocol}`;
}
