import { Command } from 'commander';
import { addCommand } from './extension-add';
import { packCommand } from './extension-pack';
import { removeCommand } from './extension-remove';

/** `kaapana extension`: what is done with single extensions. */
export function extensionCommand(): Command {
  return new Command('extension')
    .description('pack extensions for other servers, and add or remove third-party charts')
    .addCommand(packCommand())
    .addCommand(addCommand())
    .addCommand(removeCommand());
}
