import { objectAt } from '../../src/objects/manifest';
import rows from './connections.json';
import { namesOf } from './names';
import { type Ends, outcomeOf, type Outcome, type World } from './world';

/** What a platform has, or has not; `own server` is one that is no further instance on another's. */
type Condition = 'http' | 'mail' | 'squid' | 'external proxy' | 'own server' | 'two Keycloaks' | 'persistence layer';

/**
 * A connection that programs of Kaapana 0.6.0 make, with the place in its source that proves it. Names are those of a
 * first instance; the ports `http`, `https`, `mail` and `proxy` are those of the settings.
 */
export interface Connection extends Ends {
  /**
   * `minor` where a program does without, `no` where nothing of this release makes it any more, or Kaapana itself
   * refuses it.
   */
  readonly needed: 'yes' | 'minor' | 'no';

  /** Without which nobody makes it. @default - every platform has it */
  readonly when?: readonly Condition[];

  readonly evidence: string;
  readonly note?: string;
}

/** `from -> to:port`. */
export function called({ from, to, port }: Ends): string {
  return `${from} -> ${to}:${port}`;
}

/**
 * The connections of a platform. On a further instance users make no projects: Kaapana's images put them into the
 * namespaces of the first one, and the pods that all of a server share are watched by the first one's Prometheus.
 */
export function connectionsOf(world: World): Connection[] {
  const {
    settings: { smtp, httpPort, serverStack, components },
    server: { externalEgressProxy },
  } = world;
  const has: Readonly<Record<Condition, boolean>> = {
    http: httpPort !== 0,
    mail: smtp !== undefined,
    'own server': serverStack === undefined,
    'two Keycloaks': !isRecreated(world, 'keycloak'),
    squid: externalEgressProxy === undefined,
    'external proxy': externalEgressProxy !== undefined,
    'persistence layer': components.includes('kaapana-persistence'),
  };
  return (rows as Connection[]).filter(({ when = [] }) => when.every((condition) => has[condition]));
}

/** Whether an update ends the pod of a workload of the server before it starts another. */
function isRecreated({ server, connectivity }: World, name: string): boolean {
  const { workload } = connectivity.cluster.workloads.get(`${server.adminNamespace}/${name}`) ?? {};
  return objectAt(objectAt(workload?.spec).strategy).type === 'Recreate';
}

/** What becomes of a row of the table. */
export function outcomeOfRow(world: World, row: Connection): Outcome {
  return outcomeOf(world, placed(world, row));
}

/** A row of the table by the names that `world` has; one that it lacks keeps the first. */
export function placed(world: World, { from, to, port }: Connection): Ends {
  const { settings } = world;
  const number = portOf(port, world);
  const pairs = namesOf(from, settings).flatMap((source) =>
    namesOf(to, settings).map((target): Ends => ({ from: source, to: target, port: number })),
  );
  return pairs.find((ends) => outcomeOf(world, ends).kind !== 'absent') ?? pairs[0] ?? { from, to, port };
}

function portOf(
  port: string,
  { settings: { httpPort, httpsPort, smtp }, server: { externalEgressProxy } }: World,
): string {
  const named: Readonly<Record<string, string | number | undefined>> = {
    http: httpPort,
    https: httpsPort,
    mail: smtp?.port,
    proxy: externalEgressProxy && new URL(externalEgressProxy).port,
  };
  return String(named[port] ?? port);
}
