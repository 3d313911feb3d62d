import { type Peer, type Pods, podsThatCouldBe } from '../../src/checks/network/cluster';
import { INTERNET } from '../../src/checks/network/reference';
import fc from '../random';
import { ACCEPTED, KNOWN_NOT_DENYING, KNOWN_OPEN } from './known';
import { namesOf } from './names';
import { isKnown, needsOf, type Opening, placeOf, sourcesOf } from './needs';
import { SETS, worldCalled } from './sets';
import { called, connectionsOf, outcomeOfRow } from './table';
import { outcomeOf, type World } from './world';

const LISTED = [...KNOWN_OPEN, ...Object.keys(ACCEPTED)];

/** Where everything is compared with everything. */
const WHOLE = ['prod', 'legacy', 'all extensions, mail and an external proxy', 'a second instance'];

const [needs, sources] = [once(needsOf), once((world) => [...sourcesOf(world), INTERNET])];
const openings = new Map(WHOLE.map((set) => [set, openingsOf(worldCalled(set))]));

/** Every port of a workload that somebody may connect to who does not need it. */
function openingsOf(world: World): Opening[] {
  const {
    connectivity,
    connectivity: { cluster },
  } = world;
  const needsHere = needs(world);
  return [...cluster.workloads.values()].flatMap((target) =>
    target.ports.flatMap((port) => {
      const place = placeOf(target, port);
      const needed = needsHere.get(place) ?? [];
      return sources(world)
        .filter(
          (source) =>
            !isReplica(source, target) &&
            !needed.some((matches) => matches(source)) &&
            connectivity.check(source, target, port).allowed,
        )
        .map((source) => ({ source, place }));
    }),
  );
}

/** What `of` finds out about a world, each but once. */
function once<Found>(of: (world: World) => Found): (world: World) => Found {
  const known = new Map<World, Found>();
  return (world) => {
    const found = known.get(world) ?? of(world);
    known.set(world, found);
    return found;
  };
}

/** Whether pods are what a chart of Kaapana calls `target`, or the same. */
function isReplica(source: Peer, target: Pods): boolean {
  if (source.kind !== 'pods' || source.namespace !== target.namespace) return false;
  const labels = Object.entries(source.labels);
  return source === target || (labels.length > 0 && labels.every(([key, value]) => target.labels[key] === value));
}

test.each(WHOLE)('nobody may connect to a port without need: %s', (set) => {
  const found = openings
    .get(set)
    ?.filter((opening) => !isKnown(worldCalled(set), LISTED, opening))
    .map(({ source, place }) => `${source.name} -> ${place}`);
  expect(found).toEqual([]);
});

test('what is listed as open still is', () => {
  const closed = LISTED.filter(
    (known) => !WHOLE.some((set) => openings.get(set)?.some((opening) => isKnown(worldCalled(set), [known], opening))),
  );
  expect(closed).toEqual([]);
});

/** Namespaces of the platform where a pod that nobody knows is not isolated. */
function openNamespaces({ connectivity }: World, direction: 'ingress' | 'egress'): string[] {
  return [...connectivity.cluster.namespaces.keys()].filter(
    (namespace) => connectivity.isolation(podsThatCouldBe(namespace, {}), direction).length === 0,
  );
}

test.each(SETS)('no namespace takes every connection, or lets everything out: %s', (set) => {
  const world = worldCalled(set);
  const known = [world.settings, world.server].flatMap((settings) =>
    KNOWN_NOT_DENYING.flatMap((name) => namesOf(name, settings)),
  );
  expect(openNamespaces(world, 'ingress').filter((name) => !known.includes(name))).toEqual([]);
  expect(openNamespaces(world, 'egress')).toEqual([]);
});

test('namespaces that are listed as open still are', () => {
  const found = openNamespaces(worldCalled('prod'), 'ingress');
  expect(KNOWN_NOT_DENYING.filter((name) => !found.includes(name))).toEqual([]);
});

test('200 random connections, to ports that nobody names too, are closed where nobody needs them', () => {
  const ports = fc.integer({ min: 1, max: 65_535 }).map((number) => ({ number, protocol: 'TCP' as const }));
  fc.assert(
    fc.property(fc.constantFrom(...SETS), fc.nat(), fc.nat(), fc.nat(), ports, (set, from, to, at, other) => {
      const world = worldCalled(set);
      const workloads = [...world.connectivity.cluster.workloads.values()].filter(
        (pods) => world.connectivity.isolation(pods, 'ingress').length > 0,
      );
      const [source, target] = [nth(sources(world), from), nth(workloads, to)];
      const port = at % 3 === 0 || target.ports.length === 0 ? other : nth(target.ports, at);
      const opening = { source, place: placeOf(target, port) };
      const allowed =
        isReplica(source, target) ||
        isKnown(world, LISTED, opening) ||
        needs(world)
          .get(opening.place)
          ?.some((matches) => matches(source));
      fc.pre(!allowed);
      expect({ ...opening, ...world.connectivity.check(source, target, port) }).toMatchObject({ allowed: false });
    }),
    { numRuns: 200 },
  );
});

function nth<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('there is none');
  return item;
}

test.each(SETS)('what no program needs, and Kaapana does not open either, is closed: %s', (set) => {
  const world = worldCalled(set);
  const rows = connectionsOf(world).filter(({ needed }) => needed === 'no');
  expect(rows.length).toBeGreaterThanOrEqual(4);
  expect(rows.filter((row) => outcomeOfRow(world, row).kind !== 'blocked').map(called)).toEqual([]);
});

const TASK = 'kaapana.ai/type=processing-container';

test.each([
  ['databases are for their own program', 'services/kaapana-backend', 'svc:services/airflow-database-service', '5432'],
  ['databases are for their own program', 'services{}', 'svc:admin/keycloak-database-service', '5432'],
  ['a task is no executor of Airflow', `project-admin{${TASK}}`, 'svc:services/airflow-database-service', '5432'],
  ['projects do not meet', `project-admin{${TASK}}`, `project-new{${TASK}}`, '8080'],
  ['services do not call tasks', 'services/airflow-scheduler', `project-admin{${TASK}}`, '8080'],
  ['tasks do not leave the cluster without a label', `project-admin{${TASK}}`, 'internet', '443'],
  ['services leave the cluster by the proxy', 'services/kaapana-backend', 'internet', '443'],
  ['tasks do not reach the API server', `project-admin{${TASK}}`, 'api-server', '16443'],
  ['tasks do not install charts', `project-admin{${TASK}}`, 'svc:admin/kube-helm-service', '5000'],
  ['the policy engine is for those who ask it', 'services{}', 'svc:admin/open-policy-agent-service', '8181'],
  ['the dashboard is behind the reverse proxy', 'services/kaapana-backend', 'svc:admin/kubernetes-dashboard', '9090'],
  ["MinIO's console is behind the reverse proxy", `project-admin{${TASK}}`, 'svc:services/minio-service', '9090'],
  ['the archive is behind its filter', `project-admin{${TASK}}`, 'svc:services/dcm4chee-service', '8080'],
  ['the directory is for the archive', 'services{}', 'svc:services/ldap-service', '389'],
  ["Keycloak's own port is for the kubelet and Prometheus", 'services/kaapana-backend', 'admin/keycloak', '9000'],
  ['strangers reach nothing', 'elsewhere{}', 'svc:services/minio-service', '9000'],
  ['strangers reach nothing', 'default{}', 'svc:admin/kube-helm-service', '5000'],
  ['the world comes in by the front door', 'internet', 'svc:services/minio-service', '9000'],
  ['the world comes in by the front door', 'internet', 'svc:admin/keycloak-internal-service', '443'],
])('%s: %s -> %s:%s', (_, from, to, port) => {
  expect(outcomeOf(worldCalled('prod'), { from, to, port })).toMatchObject({ kind: 'blocked' });
});
