import { Command } from 'commander';
import { DEFINITIONS } from '../../constructs/extensions/catalogue';
import { textTable } from '../base/table';
import { loadEnvironment } from '../environment/load';
import { explainExtension, extensionRows, EXTENSION_HEADING } from '../report/extensions';

/** `kaapana extensions`: all extensions, or one of them explained. */
export function extensionsCommand(): Command {
  return new Command('extensions')
    .description('print all extensions; or, for one, its purpose, its parameters and an example for the settings')
    .argument('[name]', 'name of an extension')
    .option('--env <name or path>', 'an environment, to see what is installed in it')
    .action((name: string | undefined, { env }: { env?: string }) => {
      const { settings, howTo } = env === undefined ? {} : loadEnvironment(env);
      const installs = settings?.extensions;
      const heading = [...EXTENSION_HEADING, ...(installs ? ['INSTALLED AS'] : [])];
      process.stdout.write(
        name === undefined
          ? textTable(heading, extensionRows(DEFINITIONS, installs))
          : explainExtension(name, installs, howTo),
      );
    });
}
