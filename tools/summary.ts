import { setTimeout as sleep } from 'node:timers/promises';
import type { FinishedStep } from './progress';
import { run } from './run';
import type { UpdateOutcome } from './stack';
import type { Toolchain } from './toolchain';

/** What the summary tells about. */
export interface Deployed {
  readonly objects: number;
  readonly outcome: UpdateOutcome;
  readonly pods: Phases;
  readonly claims: Phases;
  readonly steps: readonly FinishedStep[];
}

/** Phase -> how many. */
export type Phases = Readonly<Record<string, number>>;

const SETTLE_MS = 15_000;

/** The phases of all pods and claims; waits a little for pods that were just created. */
export async function phases(toolchain: Toolchain, env: NodeJS.ProcessEnv): Promise<{ pods: Phases; claims: Phases }> {
  const count = async (kind: string): Promise<Phases> => {
    const args = ['get', kind, '--all-namespaces', '--output=jsonpath={range .items[*]}{.status.phase}{"\\n"}{end}'];
    const { stdout } = await run(toolchain.path('kubectl'), args, { env });
    const found: Record<string, number> = {};
    for (const phase of stdout.split('\n').filter(Boolean)) found[phase] = (found[phase] ?? 0) + 1;
    return found;
  };
  let pods = await count('pods');
  for (const until = Date.now() + SETTLE_MS; pods['Pending'] && Date.now() < until; await sleep(500))
    pods = await count('pods');
  return { pods, claims: await count('persistentvolumeclaims') };
}

/** The last words of `npm start`. */
export function summary({ objects, outcome, pods, claims, steps }: Deployed): string {
  // Pulumi counts the groups it sorts objects into as well.
  const done = outcome.changed ? `this run: ${outcome.counts}, groups included` : 'nothing changed';
  return `
${objects} objects are on the embedded control plane (${done}).
  pods     ${listed(pods)}
  claims   ${listed(claims)}
  steps    ${steps.map(({ title: name, seconds }) => `${name} ${seconds.toFixed(1)} s`).join(', ')}

Kubelets are simulated here: pods are said to run, but no container does and no page is served.
Everything else is real: API server, etcd, controllers, scheduler. The platform's login is kaapana / kaapana.

Next:
  npm run pulumi -- preview --diff    what an edit would change
  npm run kubectl -- get pods -A      what there is
  npm stop                            ends the control plane, keeps its data
`;
}

function listed(found: Phases): string {
  const parts = Object.entries(found).map(([phase, count]) => `${count} ${phase}`);
  return parts.length > 0 ? parts.join(', ') : 'none';
}
