import * as net from 'node:net';
import { kubectl } from '../../integration/support/kubectl';
import { called, type Connection, connectionsOf, placed } from '../../network/table';
import { type Ends, peerOf, type World } from '../../network/world';
import { dialAll } from '../support/dial';
import type { Gate } from '../support/gate';
import { LiveNetwork, type Trial, type Untried } from '../support/network';
import { livePods } from '../support/pods';

/** What came of the connections that programs need. */
export interface Connections {
  /** Those that did not pass, a sentence each. */
  readonly findings: readonly string[];

  /** Those that passed, by the names of the table. */
  readonly made: readonly string[];

  /** Those that could not be tried, with the reason. */
  readonly untried: readonly Untried[];
}

/**
 * Has each needed connection of a platform made by the pods that make it in life.
 *
 * @param choice says which rows of the table; all unless given
 */
export async function neededConnections(
  gate: Gate,
  world: World,
  probes: ReadonlyMap<string, string>,
  choice: (row: string) => boolean = () => true,
): Promise<Connections> {
  const network = new LiveNetwork(gate.site, probes);
  const rows = connectionsOf(world).filter((row) => row.needed !== 'no' && choice(called(row)));
  const jobs = rows.filter((row) => isJob(world, row));
  const trials = rows.filter((row) => !jobs.includes(row)).flatMap((row) => network.trials(world, placed(world, row)));
  const tried = trials.filter((trial): trial is Trial => 'target' in trial);
  const listeners = await listenOutside(gate, tried);
  const outcomes = await dialAll(tried, gate.enter).finally(() => listeners.forEach((listener) => listener.close()));
  const ends = jobs.map((row) => placed(world, row));
  const lines = new Map([...new Set(ends.map(({ from }) => from))].map((job) => [job, linesOfJob(job)]));
  const told = ends.map((end) => ({ ends: end, said: saidByJob(end, lines.get(end.from) ?? []) }));
  return {
    findings: [
      ...tried.flatMap((trial, index) => {
        const outcome = outcomes[index] ?? 'nothing';
        if (outcome === 'connected') return [];
        const evaluated = trial.promised ? 'pass' : 'not pass';
        return [
          `${called(trial)} at ${trial.target.address} did not pass (${outcome}); by the policies it should ${evaluated}`,
        ];
      }),
      ...told.filter(({ said }) => said !== 'passed').map(({ ends, said }) => `${called(ends)}: ${said}`),
    ],
    made: [
      ...tried.filter((_, index) => outcomes[index] === 'connected').map(called),
      ...told.filter(({ said }) => said === 'passed').map(({ ends }) => called(ends)),
    ],
    untried: trials.filter((trial): trial is Untried => !('target' in trial)),
  };
}

/** Whether the pods that make a connection have ended: they are those of a Job. */
function isJob(world: World, row: Connection): boolean {
  const peer = peerOf(world, placed(world, row).from);
  return peer?.kind === 'pods' && peer.workload?.kind === 'Job';
}

/** What the program of a Job has said. */
function linesOfJob(job: string): string[] {
  const pods = livePods().filter(({ workload, fromJob }) => fromJob && workload === job);
  return pods.flatMap(({ namespace, name }) =>
    kubectl(['logs', name, `--namespace=${namespace}`, '--all-containers', '--tail=-1']).split('\n'),
  );
}

/** What a Job says of its connection; our stubs write a line of JSON for each. */
function saidByJob(ends: Ends, said: readonly string[]): string {
  const lines = said.filter((line) => line.includes(JSON.stringify(called(ends))));
  if (lines.length === 0) return 'the program of the job said nothing of it';
  return lines.some((line) => (JSON.parse(line) as { ok?: boolean }).ok === true) ? 'passed' : (lines.at(-1) ?? '');
}

/** Listens on this machine for what pods try outside of the cluster. */
async function listenOutside({ site }: Gate, trials: readonly Trial[]): Promise<net.Server[]> {
  const ports = new Set(
    trials.filter(({ target }) => target.address === site.outside).map(({ target }) => target.port),
  );
  return Promise.all(
    [...ports].map(
      (port) =>
        new Promise<net.Server>((resolve, reject) => {
          const server = net.createServer((socket) => socket.on('error', () => undefined).end());
          server.on('error', reject).listen(port, site.outside, () => resolve(server));
        }),
    ),
  );
}
