import { Command } from 'commander';
import { OperatorError } from '../base/operator-error';
import { bundleCommand } from './bundle';
import { checkCommand } from './check';
import { extensionCommand } from './extension';
import { extensionsCommand } from './extensions';
import { fleetCommand } from './fleet';
import { initCommand } from './init';
import { networkCommand } from './network';
import { routesCommand, storageCommand } from './report';
import { synthCommand } from './synth';

/** The `kaapana` command. */
export async function main(argv: readonly string[]): Promise<void> {
  const kaapana = new Command('kaapana').description('Kaapana on Kubernetes: check, render and explain environments.');
  for (const command of [
    initCommand(),
    checkCommand(),
    synthCommand(),
    routesCommand(),
    networkCommand(),
    storageCommand(),
    extensionsCommand(),
    extensionCommand(),
    bundleCommand(),
    fleetCommand(),
  ])
    kaapana.addCommand(command);
  // Whoever reads from us may stop before the end, as `head` does.
  process.stdout.on('error', (problem: NodeJS.ErrnoException) => process.exit(problem.code === 'EPIPE' ? 0 : 1));
  try {
    await kaapana.parseAsync([...argv]);
  } catch (problem) {
    process.stderr.write(`${problem instanceof OperatorError ? problem.message : unforeseen(problem)}\n`);
    process.exitCode = 1;
  }
}

/**
 * What the system says, e.g. that a disk is full, is for the operator; all else is our mistake, and a stack trace helps
 * nobody else.
 */
function unforeseen(problem: unknown): string {
  const { message, stack, syscall }: NodeJS.ErrnoException =
    problem instanceof Error ? problem : new Error(String(problem));
  if (process.env['KAAPANA_TRACE'] === '1') return stack ?? message;
  return syscall === undefined
    ? `this is a defect of the program, not your mistake: ${message}\nKAAPANA_TRACE=1 shows where it happens`
    : message;
}
