import { OperatorError } from '../base/operator-error';
import { inParallel } from '../base/parallel';
import { readEnvironment } from '../environment/file';
import { type EngineEvent, pulumiEvents } from './pulumi';

/** Steps of the engine between two lines of progress; an object is one or two. */
const PROGRESS = 100;

/** What Pulumi says where another update has the stack: of a backend of files or buckets, and of a service. */
const LOCKED = /stack is currently locked|update is currently in progress/;

/** An environment of the fleet. */
export interface Member {
  readonly environment: string;
}

/** What came of one environment. */
export interface Outcome {
  readonly environment: string;
  readonly result: 'done' | 'failed' | 'left out';

  /** Number of objects for each kind of change, e.g. `create`; unchanged ones are not counted. */
  readonly changes: ReadonlyMap<string, number>;
  readonly seconds: number;
}

/** How a run goes. */
export interface FleetRun {
  /** How many at once. */
  readonly parallel: number;

  /** Environments that an update does not touch, as their previews failed. @default - none */
  readonly failed?: ReadonlySet<string>;
  readonly say: (line: string) => void;
}

/** The changes of an environment for a table. */
export function changesText({ result, changes }: Outcome): string {
  const text = [...changes].map(([kind, count]) => `${count} ${kind}`).join(', ');
  return text || (result === 'done' ? 'none' : '-');
}

/**
 * Previews or updates environments. One that fails stops no other, except for the instances on its
 * server: an update needs the server before them. Ctrl-C lets those end that run, and begins no further one.
 *
 * @returns an outcome for each member, in their order
 */
export async function runFleet(
  action: 'preview' | 'up',
  members: readonly Member[],
  { parallel, failed, say }: FleetRun,
): Promise<Outcome[]> {
  const names = members.map(({ environment }) => environment);
  const servers = action === 'up' ? serversAmong(names) : new Map<string, string>();
  const outcomes = new Map<string, Outcome>();
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
  };
  process.once('SIGINT', interrupt);
  const attempt = async (environment: string): Promise<void> => {
    const server = servers.get(environment);
    const missing = server !== undefined && outcomes.get(server)?.result !== 'done';
    const reason = interrupted
      ? 'interrupted'
      : failed?.has(environment)
        ? 'its preview failed'
        : missing
          ? `its server's environment, ${server}, was not updated`
          : undefined;
    if (reason !== undefined) say(`${environment}: is left out: ${reason}`);
    outcomes.set(
      environment,
      reason === undefined
        ? await run(action, environment, say)
        : { environment, result: 'left out', changes: new Map(), seconds: 0 },
    );
  };
  await inParallel(
    names.filter((name) => !servers.has(name)),
    parallel,
    attempt,
  );
  await inParallel([...servers.keys()], parallel, attempt);
  process.removeListener('SIGINT', interrupt);
  return names.flatMap((name) => outcomes.get(name) ?? []);
}

/** Instances among `names`, with the environment of their server, where that is one of `names` too. */
function serversAmong(names: readonly string[]): Map<string, string> {
  return new Map(
    names.flatMap((name): [string, string][] => {
      const server = serverOf(name);
      return names.some((other) => other === server && other !== name) ? [[name, String(server)]] : [];
    }),
  );
}

function serverOf(environment: string): unknown {
  try {
    return readEnvironment(environment, process.cwd()).raw['serverStack'];
  } catch (problem) {
    // Its own update says so, and the others go on.
    if (problem instanceof OperatorError) return undefined;
    throw problem;
  }
}

async function run(action: 'preview' | 'up', environment: string, say: (line: string) => void): Promise<Outcome> {
  const begin = Date.now();
  const errors: string[] = [];
  let changes: ReadonlyMap<string, number> = new Map();
  let steps = 0;
  say(`${environment}: ${action} begins`);
  const { status, stderr } = await pulumiEvents(
    [action, '--stack', environment, ...(action === 'up' ? ['--yes', '--skip-preview'] : [])],
    (event: EngineEvent) => {
      if (event.diagnosticEvent?.severity === 'error') errors.push(event.diagnosticEvent.message.trim());
      if (event.resOutputsEvent && ++steps % PROGRESS === 0) say(`${environment}: ${steps} steps`);
      if (event.summaryEvent)
        changes = new Map(
          Object.entries(event.summaryEvent.resourceChanges).filter(([kind, count]) => kind !== 'same' && count > 0),
        );
    },
  );
  const seconds = Math.round((Date.now() - begin) / 1000);
  const outcome: Outcome = { environment, result: status === 0 ? 'done' : 'failed', changes, seconds };
  say(
    status === 0
      ? `${environment}: done in ${seconds} s, changes: ${changesText(outcome)}`
      : `${environment}: failed after ${seconds} s`,
  );
  if (status !== 0)
    for (const line of (errors.join('\n') || stderr.trim()).split('\n')) say(`${environment}:   ${line}`);
  if (LOCKED.test(stderr))
    say(
      `${environment}: if no update of it runs any more, as when one was killed: pulumi cancel --stack ${environment} removes its lock, and nothing else`,
    );
  return outcome;
}
