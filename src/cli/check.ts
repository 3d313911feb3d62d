import { Command } from 'commander';
import { loadEnvironment } from '../render';

/** `kaapana check`: everything about an environment that can be checked without a server. */
export function checkCommand(): Command {
  return new Command('check')
    .description('validate an environment: its settings and every object that they lead to')
    .requiredOption('--env <name or path>', 'an environment (Pulumi.<name>.yaml) or any file in that format')
    .action((options: { env: string }) => {
      const { environment, graph, warnings } = loadEnvironment(options.env);
      for (const warning of warnings) process.stdout.write(`warning: ${warning}\n`);
      process.stdout.write(`${environment}: the settings are valid, and the ${graph.nodes.length} objects fit together\n`);
    });
}
