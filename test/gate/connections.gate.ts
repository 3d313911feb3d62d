import { connectionsOf, placed } from '../network/table';
import { endsOf, peerOf, type World } from '../network/world';
import { neededConnections } from './checks/connections';
import { portFindings } from './checks/ports';
import { refusedConnections } from './checks/refusals';
import { BUSYBOX } from './support/environments';
import { Gate } from './support/gate';
import { endProbes, type Probe, startProbes } from './support/probes';
import { expectReport } from './support/report';
import { worlds } from './support/worlds';

const gate = new Gate();
const platforms = worlds(gate.site);
let probes: ReadonlyMap<string, string>;

beforeAll(() => {
  const policies = platforms.second.objects.filter(({ kind }) => kind === 'NetworkPolicy');
  probes = startProbes([...probesOf(platforms.first), ...probesOf(platforms.second)], BUSYBOX, policies);
});

afterAll(endProbes);

/** Pods that others start: those of tasks and of charts that users install. */
function probesOf(world: World): Probe[] {
  const ports = new Map<string, { readonly pods: Probe['pods']; readonly ports: Set<number> }>();
  for (const row of connectionsOf(world)) {
    const { from, to, port } = placed(world, row);
    const source = peerOf(world, from);
    const listeners = to.startsWith('svc:') ? [] : endsOf(world, to, port);
    for (const { peer, port: listened } of [{ peer: source, port: undefined }, ...listeners]) {
      if (peer?.kind !== 'pods' || peer.workload !== undefined || peer.namespace === 'kube-system') continue;
      const known = ports.get(peer.name) ?? { pods: peer, ports: new Set<number>() };
      if (listened) known.ports.add(listened.number);
      ports.set(peer.name, known);
    }
  }
  return [...ports.values()].map(({ pods, ports: listened }) => ({ pods, ports: [...listened] }));
}

const made = new Map<string, number>();

test.each(['first', 'second'] as const)('the pods of %s make every connection that they need', async (name) => {
  const { findings, made: passed, untried } = await neededConnections(gate, platforms[name], probes);
  expect(findings).toEqual([]);
  expect(passed.length).toBeGreaterThan(name === 'first' ? 200 : 150);
  expect(untried).toEqual([]);
  made.set(name, passed.length);
});

test('the ports of the node are those that the platforms promise', async () => {
  expect(await portFindings(gate, platforms.second)).toEqual([]);
});

test('200 connections that nobody needs do not pass', async () => {
  const { tried, findings } = await refusedConnections(gate, platforms.second, 200);
  expect(findings).toEqual([]);
  expect(tried).toBe(200);
  expectReport(
    'Connections',
    `The pods of the first instance make ${made.get('first')} connections that its programs need, those of the second ` +
      `${made.get('second')}; the policies allow each. ${tried} others, drawn by chance among those that nobody needs, ` +
      'do not pass.\n',
  );
});
