import {
  namedPort,
  type Port,
  type Pods,
  type Protocol,
  protocolOf,
  type ServiceModel,
} from '../../src/checks/network/cluster';

/** Where a port of a Service leads. */
interface Target {
  readonly pods: Pods;

  /** @default - the name of its target port is none of the pods' ports */
  readonly port?: Port;
}

/** Where `port` of `service` leads, by its number or name. */
export function targetsOf({ ports, pods }: ServiceModel, port: number | string, protocol: Protocol = 'TCP'): Target[] {
  const found = ports.find(
    (candidate) => (candidate.port === port || candidate.name === port) && protocolOf(candidate) === protocol,
  );
  if (!found) return [];
  const wanted = found.targetPort ?? found.port;
  return pods.map((behind) => ({
    pods: behind,
    port: typeof wanted === 'number' ? { number: wanted, protocol } : namedPort(behind, wanted, protocol),
  }));
}
