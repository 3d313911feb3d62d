import { mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { worldCalled } from '../../network/sets';
import { called } from '../../network/table';
import { endsOf } from '../../network/world';
import { callsOf, neededRows } from './calls';
import { layersOf } from './image';
import { placesOf, programOf } from './places';
import { portsOf } from './ports';
import { tableOf, type TableProps } from './table';
import { usersOfImages } from './users';

/** Images that have a real program on the node of the tests. */
const REAL = [
  'alert-manager',
  'busybox',
  'dcm4che-postgres',
  'dcm4chee-ldap',
  'keycloak',
  'kube-state-metrics',
  'loki',
  'minio',
  'node-exporter',
  'oauth2-proxy',
  'open-policy-agent',
  'postgres-17.7-alpine',
  'prometheus',
  'promtail',
  'squid',
  'traefik',
];

/** Programs without a port. */
const COPYING = ['minio-mirror', 'node-exporter-textfile-collector'];

function propsOf(set: string): TableProps {
  return { world: worldCalled(set), isWitness: (image) => !REAL.includes(programOf(image)) };
}

const SETS = ['prod', 'default-extensions', 'legacy', 'NFS', 'a second instance'];

describe.each(SETS)('%s', (set) => {
  const props = propsOf(set);
  const table = tableOf(props);
  const containers = Object.entries(table.workloads).flatMap(([workload, { containers: all }]) =>
    all.map((container) => ({ workload, ...container })),
  );

  test('each container without a real program is one of the witness, and told from its neighbours', () => {
    const keys = containers.map(({ workload, image, argv, told }) => JSON.stringify([workload, image, argv, told]));
    expect(new Set(keys).size).toBe(keys.length);
    const expected = placesOf(props.world).filter(({ image }) => props.isWitness(image));
    expect(expected.length).toBeGreaterThan(40);
    expect(containers.length).toBe(expected.length);
  });

  test('each that serves listens on a port of its own; those that only copy data have none', () => {
    const silent = containers.filter(({ ends, ports }) => !ends && ports.length === 0);
    expect(silent.map(({ image }) => programOf(image)).filter((program) => !COPYING.includes(program))).toEqual([]);
    expect(containers.filter(({ ends, ports }) => ends && ports.length > 0)).toEqual([]);
  });

  test('each needed connection leads to a port at which a container of its pods listens', () => {
    const { world } = props;
    const listening = placesOf(world).flatMap((place) =>
      portsOf(place).map(({ number, protocol }) => `${place.pods.name}:${number}/${protocol}`),
    );
    const wanted = neededRows(world).flatMap(({ ends }) =>
      endsOf(world, ends.to, ends.port).flatMap(({ peer, port }) =>
        peer.kind === 'pods' && peer.workload && port ? [`${peer.name}:${port.number}/${port.protocol}`] : [],
      ),
    );
    expect(wanted.length).toBeGreaterThan(100);
    expect(wanted.filter((port) => !listening.includes(port))).toEqual([]);
  });

  test('each needed connection is made by its pods once, or is left with a reason', () => {
    const { made, left } = callsOf(props, placesOf(props.world));
    const rows = [...new Set(neededRows(props.world).map(({ ends }) => called(ends)))];
    const calls = [...made].flatMap(([place, all]) => all.map(({ row }) => ({ row, workload: place.pods.name })));
    const pairs = calls.map(({ row, workload }) => `${workload}: ${row}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    const reasons = new Map(left.map(({ row, why }) => [row, why]));
    const both = rows.map((row) => [calls.some((call) => call.row === row), reasons.has(row)]);
    expect(both.filter(([isMade, isLeft]) => isMade === isLeft)).toEqual([]);
    expect(calls.length).toBeGreaterThan(60);
  });
});

test('the witness runs as the user of the program in its place', () => {
  const users = usersOfImages();
  expect(['grafana', 'opensearch', 'workflow-ui', 'volume-nfs'].map((image) => users.get(image))).toEqual([
    '472',
    '1000',
    '0',
    undefined,
  ]);
});

test('the images have the program under each name by which pods start it, and the table', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'witness-'));
  const program = path.join(dir, 'built');
  writeFileSync(program, 'program');
  const table = tableOf(propsOf('prod'));
  const [first = '', second = ''] = layersOf(table, program, dir);
  expect(readFileSync(path.join(first, 'witness/program'), 'utf8')).toBe('program');
  const names = ['bin/sh', 'bin/python3', 'bin/python', 'kaapana/app/bootstrap.sh'];
  expect(names.map((name) => readlinkSync(path.join(first, name)))).toEqual(names.map(() => '/witness/program'));
  expect(JSON.parse(readFileSync(path.join(second, 'witness/config.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(table)),
  );
  expect(layersOf(table, program, dir)).toEqual([first, second]);
  rmSync(dir, { recursive: true });
});

test('files that others wait for are made', () => {
  const { workloads } = tableOf(propsOf('prod'));
  const made = Object.entries(workloads).flatMap(([workload, { containers }]) =>
    containers.flatMap(({ makes }) => makes.map((file) => `${workload}: ${file}`)),
  );
  expect(made).toEqual([
    'admin/init-collections: /kaapana/mounted/extensions/code-server-chart-0.6.0.tgz',
    'admin/init-collections: /kaapana/mounted/extensions/kaapana-workflows-core-0.6.0.tgz',
    'services/opensearch-de: /os/certs/root-ca.pem',
    'services/opensearch-de: /os/certs/admin.pem',
    'services/opensearch-de: /os/certs/admin-key.pem',
    'services/opensearch-de: /os/certs/node1.pem',
    'services/opensearch-de: /os/certs/node1-key.pem',
    'services/opensearch-de: /os/certs/truststore.jks',
    'services/kaapana-plugin: /kaapana/mounted/workflows/plugins/kaapana',
    'services/kaapana-plugin: /kaapana/mounted/workflows/dags/__pycache__',
  ]);
});

test('why rows of the table of connections are left', () => {
  const props = propsOf('prod');
  const { left } = callsOf(props, placesOf(props.world));
  const counts: Record<string, number> = {};
  for (const { why } of left) counts[why] = (counts[why] ?? 0) + 1;
  expect(counts).toEqual({
    'it leads to the internet': 3,
    'its pods are dialled by address': 1,
    'its program is a real one': 40,
    'no workload of the platform makes it': 64,
    'the caller is outside of the pods': 3,
  });
});
