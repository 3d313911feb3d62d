import { Command } from 'commander';
import { listed, OperatorError } from '../base/operator-error';
import { type Tenant } from '../conflicts/conflict';
import { conflicts } from '../conflicts/conflicts';
import { neighbourhood } from '../conflicts/neighbours';
import { byServer, resolveHere } from '../conflicts/servers';
import { sumOfRequests } from '../conflicts/shares';
import { environmentsIn } from '../environment/file';
import { type Environment, loadEnvironment } from '../environment/load';
import { acknowledge } from '../findings/acknowledge';
import { FindingsError } from '../findings/error';
import type { Finding } from '../findings/finding';
import { HowTo } from '../findings/how-to';
import { findingsJson } from '../findings/json';
import type { Source } from '../findings/rules';
import { findingTexts } from '../findings/texts';
import { opened } from './opened';

interface CheckOptions {
  readonly env?: string;
  readonly all?: boolean;
  readonly live?: boolean;
  readonly json?: boolean;
}

/**
 * `kaapana check`: everything about environments that can be checked without a server; and with it, where that is asked
 * for.
 */
export function checkCommand(): Command {
  return new Command('check')
    .description('validate an environment: its settings and every object; or all environments, and their conflicts')
    .option('--env <name or path>', 'an environment (Pulumi.<name>.yaml) or any file in that format')
    .option('--all', 'all environments in this directory; the default without --env')
    .option(
      '--live',
      'check the server too, as each preview does: objects, ports, directories and namespaces of other owners, and the capacity for the pods',
    )
    .option('--json', 'print what is found of one environment as JSON, for programs; docs/findings.md lists the rules')
    .action(async ({ env, all, live = false, json = false }: CheckOptions) => {
      if (json) {
        if (env === undefined || all) throw new OperatorError('--json is for one environment: --env <name or path>');
        return printJson(env, live ? SERVER : NEIGHBOURS);
      }
      if (env === undefined || all) await checkAll(live);
      else await checked(env, live ? SERVER : NEIGHBOURS);
    });
}

/** Who is asked about an environment beside its own file. */
interface Asked {
  readonly sources: readonly Source[];
  readonly find: (loaded: Environment) => readonly Finding[] | Promise<readonly Finding[]>;
}

/** What each preview asks. What speaks to servers is loaded for that alone. */
const SERVER: Asked = {
  sources: ['environment', 'neighbours', 'server'],
  find: async (loaded) => (await import('../conflicts/verdict')).verdict(opened(loaded), loaded.directory),
};

/** As much of it as needs no server. */
const NEIGHBOURS: Asked = {
  sources: ['environment', 'neighbours'],
  find: (loaded) => [...loaded.warnings, ...neighbourhood(loaded, loaded.directory)],
};

/** Of all environments, the objects are compared when each has been looked at. */
const SERVER_ALONE: Asked = {
  sources: ['environment', 'server'],
  find: async (loaded) => [
    ...loaded.warnings,
    ...(await (await import('../conflicts/live')).liveFindings(opened(loaded))),
  ],
};

const NOBODY: Asked = { sources: ['environment'], find: (loaded) => loaded.warnings };

/** An environment, and all that is found of it. */
interface Found {
  readonly loaded: Environment;
  readonly findings: readonly Finding[];
  readonly howTo: HowTo;
}

async function found(name: string, { sources, find }: Asked): Promise<Found> {
  const loaded = loadEnvironment(name);
  const { howTo, settings } = loaded;
  return { loaded, howTo, findings: acknowledge(await find(loaded), settings.acknowledged, sources) };
}

/** @throws OperatorError with the mistakes of an environment, or with findings that stop it */
async function checked(name: string, asked: Asked): Promise<Environment> {
  const { loaded, findings, howTo } = await found(name, asked);
  const { environment, graph } = loaded;
  const { problems, warnings, acknowledged } = findingTexts(findings, howTo);
  for (const warning of warnings) process.stdout.write(`warning: ${warning}\n`);
  for (const entry of acknowledged) process.stdout.write(`acknowledged: ${entry}\n`);
  if (problems.length > 0) throw new OperatorError(listed(`findings that stop ${environment}:`, problems));
  const server = asked.sources.includes('server')
    ? 'nothing on the server conflicts with them'
    : 'the server was not checked; --live checks it';
  process.stdout.write(
    `${environment}: the settings are valid, and the ${graph.nodes.length} objects fit together; ${server}\n`,
  );
  return loaded;
}

/** Prints what is found, mistakes of settings too; the exit code is 1 where something stops a deployment. */
async function printJson(name: string, asked: Asked): Promise<void> {
  const { findings, howTo } = await found(name, asked).catch((problem: unknown) => {
    if (problem instanceof FindingsError) return problem;
    throw problem;
  });
  process.stdout.write(`${JSON.stringify(findingsJson(findings, howTo), undefined, 2)}\n`);
  if (findings.some(({ severity }) => severity === 'error')) process.exitCode = 1;
}

/** @throws OperatorError with the mistakes of all, and with what they do to each other */
async function checkAll(live: boolean): Promise<void> {
  const names = environmentsIn(process.cwd());
  if (names.length === 0)
    throw new OperatorError('there is no environment here: Pulumi.<name>.yaml. "kaapana init <name>" makes one');
  const problems: string[] = [];
  const valid: Environment[] = [];
  for (const name of names) {
    try {
      valid.push(await checked(name, live ? SERVER_ALONE : NOBODY));
    } catch (problem) {
      if (!(problem instanceof OperatorError)) throw problem;
      // Mistakes in settings say whose they are.
      problems.push(
        problem instanceof FindingsError && problem.isAboutSettings ? problem.message : `${name}: ${problem.message}`,
      );
    }
  }
  for (const tenants of byServer(valid).filter(({ length }) => length > 1)) problems.push(...together(tenants));
  if (problems.length > 0) throw new OperatorError(problems.join('\n'));
}

/** What environments of one server do to each other, as one text, if anything. */
function together(tenants: readonly Tenant[]): string[] {
  const names = tenants.map(({ environment }) => environment).join(', ');
  const { problems: found, warnings } = findingTexts(conflicts(tenants, resolveHere(tenants)), new HowTo(names));
  for (const warning of warnings) process.stdout.write(`warning: ${warning}\n`);
  if (found.length > 0)
    return [
      listed(`${found.length} ${found.length === 1 ? 'conflict' : 'conflicts'} on the server of ${names}:`, found),
    ];
  const sums = Object.entries(sumOfRequests(tenants))
    .map(([name, amount]) => `${name} ${amount}`)
    .join(', ');
  process.stdout.write(`${names}: on one server, nothing of one is another's; their pods are promised ${sums}\n`);
  return [];
}
