import { protocolOf } from '../../src/checks/network/cluster';
import { references } from './derived';
import { KNOWN_BLOCKED } from './known';
import { SETS, worldCalled } from './sets';
import { called, type Connection, connectionsOf, outcomeOfRow, placed } from './table';
import { targetsOf } from './targets';
import { outcomeOf, type World } from './world';

const NEEDED = SETS.flatMap((set) =>
  connectionsOf(worldCalled(set))
    .filter(({ needed }) => needed !== 'no')
    .map((row) => ({ set, row })),
);

/** Rows that do not pass, and why. */
function failures(
  world: World,
  rows: readonly Connection[],
): { row: string; kind: string; policies: readonly string[] }[] {
  return rows
    .map((row) => ({ row: called(row), ...outcomeOfRow(world, row) }))
    .filter(({ kind }) => kind !== 'passes')
    .map(({ row, kind, egress, ingress }) => ({
      row,
      kind,
      policies: [egress, ingress].flatMap((side) => (side?.allowed === false ? side.policies : [])),
    }));
}

test.each(SETS)('every connection that programs need passes: %s', (set) => {
  const world = worldCalled(set);
  const rows = connectionsOf(world).filter(({ needed }) => needed !== 'no');
  expect(rows.length).toBeGreaterThan(180);
  expect(failures(world, rows).filter(({ kind, row }) => kind !== 'blocked' || !KNOWN_BLOCKED.includes(row))).toEqual(
    [],
  );
});

test.each(SETS)('every connection that the objects themselves tell passes: %s', (set) => {
  const world = worldCalled(set);
  const known = new Set(
    connectionsOf(world)
      .filter((row) => KNOWN_BLOCKED.includes(called(row)))
      .flatMap((row) => [world.settings, world.server].map((settings) => called(placed({ ...world, settings }, row)))),
  );
  const found = references(world);
  expect(found.length).toBeGreaterThan(200);
  const failed = found.map((reference) => ({
    connection: called(reference),
    evidence: reference.evidence,
    ...outcomeOf(world, reference),
  }));
  expect(
    failed.filter(({ kind, connection }) => kind !== 'passes' && !(kind === 'blocked' && known.has(connection))),
  ).toEqual([]);
});

test('what is known to be blocked still is', () => {
  const passing = KNOWN_BLOCKED.filter(
    (known) =>
      !NEEDED.some(({ set, row }) => called(row) === known && outcomeOfRow(worldCalled(set), row).kind === 'blocked'),
  );
  expect(passing).toEqual([]);
});

test.each(SETS)('every port of a Service leads to one of pods: %s', (set) => {
  const { services } = worldCalled(set).connectivity.cluster;
  const nowhere = [...services]
    .flatMap(([name, service]) =>
      service.ports.map((port) => ({ name, port, targets: targetsOf(service, Number(port.port), protocolOf(port)) })),
    )
    .filter(({ targets }) => targets.length === 0 || targets.some(({ port }) => port === undefined))
    .map(({ name, port }) => `${name}:${String(port.port)}`);
  expect(nowhere).toEqual([]);
});
