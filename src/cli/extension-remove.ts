import { Command } from 'commander';
import { ThirdPartyExtensions } from '../environment/third-party-extensions';

/** `kaapana extension remove`: takes out what `extension add` brought in. */
export function removeCommand(): Command {
  return new Command('remove')
    .description('remove a third-party chart from an environment; directories stay, and its claims are named')
    .argument('<name>', 'its name')
    .requiredOption('--env <name or path>', 'an environment (Pulumi.<name>.yaml) or any file in that format')
    .action((name: string, { env }: { env: string }) => {
      const environment = new ThirdPartyExtensions(env);
      const claims = environment.lostClaims(name);
      environment.remove(name);
      process.stdout.write(
        `${name} is taken out. Its objects go with the next: pulumi up --stack ${environment.environment}\n`,
      );
      if (claims.length > 0) {
        process.stdout.write(
          `These claims go too, and their data unless their class retains volumes (kubectl get storageclass): ${claims.join(', ')}. Copy it before, or: kubectl patch pv <volume> -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'\n`,
        );
      }
    });
}
