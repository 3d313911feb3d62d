import { Command } from 'commander';
import { type Tenant } from '../clashes/claim';
import { clashes } from '../clashes/clashes';
import { sentences } from '../clashes/report';
import { byServer, resolveHere } from '../clashes/servers';
import { sumOfRequests } from '../clashes/shares';
import { OperatorError } from '../operator-error';
import { type Environment, loadEnvironment } from '../render';
import { environmentsIn } from '../settings/file';

/** `kaapana check`: everything about environments that can be checked without a server. */
export function checkCommand(): Command {
  return new Command('check')
    .description('validate an environment, its settings and every object that they lead to; or all environments, and what they do to each other')
    .option('--env <name or path>', 'an environment (Pulumi.<name>.yaml) or any file in that format')
    .option('--all', 'all environments of this directory, also where --env is missing')
    .action(({ env, all }: { env?: string; all?: boolean }) => {
      if (env === undefined || all) checkAll();
      else checked(env);
    });
}

function checked(name: string): Environment {
  const loaded = loadEnvironment(name);
  for (const warning of loaded.warnings) process.stdout.write(`warning: ${warning}\n`);
  process.stdout.write(`${loaded.environment}: the settings are valid, and the ${loaded.graph.nodes.length} objects fit together\n`);
  return loaded;
}

/** @throws OperatorError with the mistakes of all, and with what they do to each other */
function checkAll(): void {
  const names = environmentsIn(process.cwd());
  if (names.length === 0) throw new OperatorError('there is no environment here: Pulumi.<name>.yaml. "kaapana init <name>" makes one');
  const problems: string[] = [];
  const valid = names.flatMap((name) => {
    try {
      return [checked(name)];
    } catch (problem) {
      if (!(problem instanceof OperatorError)) throw problem;
      problems.push(problem.message);
      return [];
    }
  });
  for (const tenants of byServer(valid).filter(({ length }) => length > 1)) problems.push(...together(tenants));
  if (problems.length > 0) throw new OperatorError(problems.join('\n'));
}

/** What environments of one server do to each other, as one text, if anything. */
function together(tenants: readonly Tenant[]): string[] {
  const names = tenants.map(({ environment }) => environment).join(', ');
  const found = sentences(clashes(tenants, resolveHere(tenants)));
  if (found.length > 0) return [[`${found.length} ${found.length === 1 ? 'clash' : 'clashes'} on the server of ${names}:`, ...found.map((each) => `  - ${each}`)].join('\n')];
  const sums = Object.entries(sumOfRequests(tenants)).map(([name, amount]) => `${name} ${amount}`).join(', ');
  process.stdout.write(`${names}: on one server, nothing of one is another's; their pods are promised ${sums}\n`);
  return [];
}
