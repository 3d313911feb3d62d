import { type Peer, podsThatCouldBe, type Port } from '../../src/checks/network/cluster';
import { references } from './derived';
import { namesOf } from './names';
import { connectionsOf, placed } from './table';
import { type Ends, endsOf, peerOf, type World } from './world';

/** Someone who may connect to a port. */
export interface Opening {
  readonly source: Peer;
  readonly place: Place;
}

/** A port of pods: `namespace/workload:number/protocol`. */
export type Place = string;

/** The place of `port` of `pods`. */
export function placeOf({ name }: Peer, { number, protocol }: Port): Place {
  return `${name}:${number}/${protocol}`;
}

/** Who needs which port: whoever `matches`, as pods with more labels than those of the table do. */
export function needsOf(world: World): ReadonlyMap<Place, readonly ((source: Peer) => boolean)[]> {
  const rows: readonly Ends[] = [...instancesOf(world).flatMap(neededBy), ...references(world)];
  const found = new Map<Place, ((source: Peer) => boolean)[]>();
  for (const { from, to, port } of rows) {
    for (const place of placesOf(world, to, port)) found.set(place, [...(found.get(place) ?? []), matcherOf(from)]);
  }
  return found;
}

/** Everybody who might connect to something: all workloads, the pods of the table, and pods that nobody knows. */
export function sourcesOf(world: World): Peer[] {
  const {
    settings,
    connectivity: { cluster },
  } = world;
  const others = connectionsOf(world)
    .map((row) => peerOf(world, placed(world, row).from))
    .filter((peer) => peer?.kind === 'pods' && !peer.workload);
  const homes = ['admin', 'services', 'project-admin', 'project-new', 'extensions'].map(
    (name) => namesOf(name, settings).at(-1) ?? name,
  );
  const strangers = [...homes, 'default', 'kube-system', 'elsewhere'].map((namespace) =>
    podsThatCouldBe(namespace, {}),
  );
  const imposters = [
    podsThatCouldBe('elsewhere', { 'kaapana.ai/type': 'processing-container', kubernetes_executor: 'True' }),
  ];
  const all = [...cluster.workloads.values(), ...others, ...strangers, ...imposters].filter(
    (peer) => peer !== undefined,
  );
  return [...new Map(all.map((peer) => [peer.name, peer])).values()];
}

/**
 * Whether `from` of the table means `source`: `namespace{label=value}` is all pods with these labels, `*` any namespace
 * or value, and what the internet may reach, all may.
 */
export function matcherOf(from: string): (source: Peer) => boolean {
  const [, namespace, list = ''] = /^([a-z\d-]+|\*)\{(.*)\}/.exec(from) ?? [];
  if (namespace === undefined) return ({ name }) => from === 'internet' || name === from;
  const labels = list
    .split(',')
    .filter((pair) => pair !== '')
    .map((pair) => pair.split('='));
  return (source) =>
    source.kind === 'pods' &&
    (namespace === '*' || source.namespace === namespace) &&
    labels.every(([key = '', value]) => (value === '*' ? key in source.labels : source.labels[key] === value));
}

/**
 * Whether one of `known`, each `from -> namespace/workload:number/protocol` by the names of a first instance, means an
 * opening.
 */
export function isKnown(world: World, known: readonly string[], { source, place }: Opening): boolean {
  return known.some((text) => {
    const [from = '', to = ''] = text.split(' -> ');
    return instancesOf(world).some(
      ({ settings }) =>
        namesOf(to, settings).includes(place) && namesOf(from, settings).some((name) => matcherOf(name)(source)),
    );
  });
}

function neededBy(world: World): Ends[] {
  return connectionsOf(world)
    .filter(({ needed }) => needed !== 'no')
    .map((row) => placed(world, row));
}

/** A further instance, and the one of its server. */
export function instancesOf(world: World): World[] {
  return world.settings === world.server ? [world] : [world, { ...world, settings: world.server }];
}

/** The ports behind a Service, or of the workloads that `to` means. */
function placesOf(world: World, to: string, port: string): Place[] {
  const workloads = [...world.connectivity.cluster.workloads.values()];
  return endsOf(world, to, port).flatMap((end) => {
    const { peer, port: target } = end;
    if (target === undefined) return [];
    const meant = to.startsWith('svc:') ? [peer] : workloads.filter(matcherOf(to));
    return meant.map((pods) => placeOf(pods, target));
  });
}
