import { objectAt } from '../../../src/objects/manifest';
import { instancesOf, matcherOf } from '../../network/needs';
import { called, type Connection, connectionsOf, placed } from '../../network/table';
import { endsOf, type Ends, type World } from '../../network/world';
import type { Place } from './places';
import type { TableProps } from './table';

/** A connection that a container makes. */
export interface Call {
  /** The row of the table of connections, by the names that the platform has. */
  readonly row: string;

  /** `api` is the address of the API server that Kubernetes gives to each pod. */
  readonly kind: 'tcp' | 'udp' | 'dns' | 'api';

  readonly host: string;
  readonly port: number;
}

/** A row that no container of the witness makes, with the reason. */
export interface Left {
  readonly row: string;
  readonly why:
    | 'its program is a real one'
    | 'no workload of the platform makes it'
    | 'the caller is outside of the pods'
    | 'it leads to the internet'
    | 'its address is not given'
    | 'its pods are dialled by address';
}

/** A name that every cluster resolves. */
const KNOWN_NAME = 'kubernetes.default.svc.cluster.local';

const DNS = '53/udp';

/**
 * Who makes which needed row of the table of connections: the first container of its workload that the witness runs.
 */
export function callsOf(
  { world, isWitness, addresses = {} }: TableProps,
  all: readonly Place[],
): { readonly made: ReadonlyMap<Place, readonly Call[]>; readonly left: readonly Left[] } {
  const made = new Map<Place, Call[]>();
  const left: Left[] = [];
  for (const { row, ends } of neededRows(world)) {
    const name = called(ends);
    const callers = all.filter((place) => !place.isInit && isCaller(place, ends.from));
    const why = reasonFor(row, ends, callers, isWitness);
    const call = why === undefined ? callOf(world, ends, addresses) : why;
    if (typeof call === 'string') {
      left.push({ row: name, why: call });
      continue;
    }
    for (const workload of new Set(callers.map(({ pods }) => pods))) {
      const place = callers.find(({ pods, image }) => pods === workload && isWitness(image));
      if (place) made.set(place, [...(made.get(place) ?? []), { row: name, ...call }]);
    }
  }
  return { made, left };
}

/** Needed rows by the names that the platform has, each once: those of the instance and of its server's first one. */
export function neededRows(world: World): { readonly row: Connection; readonly ends: Ends }[] {
  const rows = instancesOf(world).flatMap((each) =>
    connectionsOf(each)
      .filter(({ needed }) => needed === 'yes')
      .map((row) => ({ row, ends: placed(each, row) })),
  );
  return [...new Map(rows.map((each) => [called(each.ends), each])).values()];
}

function isCaller({ pods }: Place, from: string): boolean {
  return from === 'internet' ? false : matcherOf(from)(pods);
}

function reasonFor(
  { from }: Connection,
  ends: Ends,
  callers: readonly Place[],
  isWitness: (image: string) => boolean,
): Left['why'] | undefined {
  if (ends.to === 'internet') return 'it leads to the internet';
  if (callers.some(({ image }) => isWitness(image))) return undefined;
  if (callers.length > 0) return 'its program is a real one';
  return /[/{]/.test(from) ? 'no workload of the platform makes it' : 'the caller is outside of the pods';
}

/** How a call is made. */
function callOf(
  world: World,
  { to, port }: Ends,
  addresses: Readonly<Record<string, string>>,
): Omit<Call, 'row'> | Left['why'] {
  const [number = ''] = port.split('/');
  const kind = port.endsWith('/udp') ? 'udp' : 'tcp';
  if (to === 'api-server') return { kind: 'api', host: '', port: 0 };
  if (port === DNS) return { kind: 'dns', host: KNOWN_NAME, port: 0 };
  if (to.startsWith('svc:')) {
    const [namespace = '', service = ''] = to.slice('svc:'.length).split('/');
    return { kind, host: `${service}.${namespace}.svc.cluster.local`, port: servicePort(world, to, number) };
  }
  const address = addresses[to];
  if (address !== undefined) return { kind, host: address, port: Number(number) };
  return endsOf(world, to, port).some(({ peer }) => peer.kind === 'pods')
    ? 'its pods are dialled by address'
    : 'its address is not given';
}

/** The number of a Service's port, by its number or name. */
function servicePort({ connectivity: { cluster } }: World, to: string, port: string): number {
  const service = cluster.services.get(to.slice('svc:'.length));
  const found = service?.ports.find(({ name, port: number }) => name === port || String(number) === port);
  return Number(objectAt(found).port ?? port);
}
