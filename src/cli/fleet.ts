import { Command, InvalidArgumentError } from 'commander';
import { OperatorError } from '../base/operator-error';
import { textTable } from '../base/table';
import { environmentsIn } from '../environment/file';
import { changesText, type Member, type Outcome, runFleet } from './fleet-run';
import { type Stack, stacks as stacksHere } from './pulumi';
import { isTerminal, saysYes } from './question';

interface FleetOptions {
  readonly env?: string;
  readonly parallel: number;

  /** Update without a question. */
  readonly yes?: boolean;
}

/** Exit code of `fleet status` where all went well, but an environment is not as its file says. */
const DIFFERS = 2;

/** `kaapana fleet`: all environments of a directory at once. */
export function fleetCommand(): Command {
  const fleet = new Command('fleet').description(
    'preview, deploy or compare all environments in this directory that have a Pulumi stack; a failure does not stop the others',
  );
  const subcommand = (
    name: string,
    description: string,
    run: (options: FleetOptions) => void | Promise<void>,
  ): Command =>
    fleet
      .command(name)
      .description(description)
      .option('--env <names>', 'only these environments, separated by commas')
      .option('--parallel <number>', 'number of environments at the same time', atLeastOne, 2)
      .action(run);
  subcommand('preview', 'show what an update of each would change', preview);
  subcommand(
    'up',
    'show what would change, ask, and update each; secondary instances after the primary one. Exit code 1 if one fails',
    up,
  ).option('--yes', 'update without previews and without asking');
  subcommand(
    'status',
    `show the last update of each, and whether changes are pending. Exit code ${DIFFERS} if changes are pending, 1 if one fails`,
    status,
  );
  return fleet;
}

async function preview({ env, parallel }: FleetOptions): Promise<void> {
  const outcomes = await runFleet('preview', members(env), { parallel, say });
  showTable(outcomes);
  process.exitCode = exitCode(outcomes);
}

async function up({ env, parallel, yes = false }: FleetOptions): Promise<void> {
  const fleet = members(env);
  const agreed = yes ? { wanted: fleet } : await agreedTo(fleet, parallel);
  if (agreed === undefined) return;
  const outcomes = await runFleet('up', agreed.wanted, { parallel, failed: agreed.failed, say });
  showTable(outcomes);
  process.exitCode = exitCode(outcomes);
}

/**
 * Shows what would change, and asks.
 *
 * @returns the environments that change, and those whose preview failed, so that instances on their server wait;
 * undefined where nothing changes
 * @throws OperatorError when nobody says yes
 */
async function agreedTo(
  fleet: readonly Member[],
  parallel: number,
): Promise<{ wanted: Member[]; failed?: ReadonlySet<string> } | undefined> {
  const names = fleet.map(({ environment }) => environment).join(', ');
  if (!isTerminal())
    throw new OperatorError(
      `nothing was changed: fleet up asks before it changes ${names}, and there is no terminal to ask at. --yes updates without a question; fleet preview shows what changes`,
    );
  const outcomes = await runFleet('preview', fleet, { parallel, say });
  showTable(outcomes);
  process.exitCode = exitCode(outcomes);
  const failed = new Set(outcomes.filter(({ result }) => result !== 'done').map(({ environment }) => environment));
  const changing = outcomes
    .filter(({ result, changes }) => result === 'done' && changes.size > 0)
    .map(({ environment }) => environment);
  if (changing.length === 0) {
    say('nothing to change');
    return undefined;
  }
  if (!(await saysYes(`Update ${changing.join(', ')}?`))) throw new OperatorError('nothing was changed');
  return {
    wanted: fleet.filter(({ environment }) => changing.includes(environment) || failed.has(environment)),
    failed,
  };
}

function showTable(outcomes: readonly Outcome[]): void {
  const rows = outcomes.map((outcome) => [
    outcome.environment,
    outcome.result,
    changesText(outcome),
    String(outcome.seconds),
  ]);
  process.stdout.write(textTable(['ENVIRONMENT', 'RESULT', 'CHANGES', 'SECONDS'], rows));
}

async function status({ env, parallel }: FleetOptions): Promise<void> {
  const fleet = members(env);
  const outcomes = await runFleet('preview', fleet, { parallel, say });
  const rows = outcomes.map((outcome, index) => [
    outcome.environment,
    fleet[index]?.updated ?? '',
    outcome.result === 'done' ? 'compared' : outcome.result,
    changesText(outcome),
    String(outcome.seconds),
  ]);
  process.stdout.write(textTable(['ENVIRONMENT', 'LAST UPDATE', 'RESULT', 'CHANGES WAITING', 'SECONDS'], rows));
  process.exitCode = exitCode(outcomes) || (outcomes.some(({ changes }) => changes.size > 0) ? DIFFERS : 0);
}

/** The environments that are meant, each with a file and a stack. */
function members(env: string | undefined): (Member & { readonly updated: string })[] {
  const files = environmentsIn(process.cwd());
  const stacks = stacksHere();
  const names =
    env === undefined
      ? files.filter((name) => stacks.has(name))
      : [...new Set(env.split(',').map((name) => name.trim()))];
  const unknown = names.filter((name) => !files.includes(name) || !stacks.has(name));
  if (unknown.length > 0)
    throw new OperatorError(
      `no environment with a file and a stack: ${unknown.join(', ')}. "kaapana init <name>" makes both`,
    );
  if (names.length === 0)
    throw new OperatorError('no environment here has a file and a stack. "kaapana init <name>" makes both');
  for (const name of env === undefined ? files.filter((file) => !stacks.has(file)) : [])
    say(`${name}: has no stack where pulumi is logged in, and is left out`);
  return names.map((name) => ({ environment: name, updated: lastUpdate(stacks.get(name)) }));
}

function lastUpdate(stack: Stack | undefined): string {
  return stack?.lastUpdate === undefined || !stack.resourceCount
    ? 'nothing is deployed'
    : `${stack.lastUpdate.slice(0, 16).replace('T', ' ')} UTC`;
}

function exitCode(outcomes: readonly Outcome[]): number {
  return outcomes.every(({ result }) => result === 'done') ? 0 : 1;
}

function atLeastOne(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('It is a number from 1 to 999.');
  return Number(text);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
