import { Command } from 'commander';
import { ThirdPartyExtensions } from '../environment/third-party-extensions';

/** `kaapana extension remove`: takes out what `extension add` brought in. */
export function removeCommand(): Command {
  return new Command('remove')
    .description('remove a third-party chart from an environment; its data stays')
    .argument('<name>', 'its name')
    .requiredOption('--env <name or path>', 'an environment (Pulumi.<name>.yaml) or any file in that format')
    .action((name: string, { env }: { env: string }) => {
      const environment = new ThirdPartyExtensions(env);
      environment.remove(name);
      process.stdout.write(
        `${name} is taken out. Its objects go with the next: pulumi up --stack ${environment.environment}\n`,
      );
    });
}
