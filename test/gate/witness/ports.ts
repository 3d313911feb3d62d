import { type Protocol, protocolOf } from '../../../src/checks/network/cluster';
import { objectsAt } from '../../../src/objects/manifest';
import { isEnding, type Place } from './places';

/** A port on which a container listens. */
export interface WitnessPort {
  readonly number: number;
  readonly protocol: Protocol;
}

/**
 * Where a container listens: on the ports that it declares, and nowhere else, so that a probe, a Service or a row of
 * the table of connections with another port fails as it does in life.
 */
export function portsOf(place: Place): readonly WitnessPort[] {
  if (isEnding(place)) return [];
  return objectsAt(place.container.ports).flatMap((port) =>
    typeof port.containerPort === 'number' ? [{ number: port.containerPort, protocol: protocolOf(port) }] : [],
  );
}
