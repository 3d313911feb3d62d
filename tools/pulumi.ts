import { DEV_STACK, devEnv } from './dev';
import { toolEnv } from './env';
import { runHere } from './run';
import { ensureToolchain } from './toolchain';

/** Programs that Pulumi consists of here. */
export const PULUMI_PROGRAMS: readonly string[] = ['pulumi', 'pulumi-language-nodejs', 'pulumi-resource-kubernetes'];

/** `npm run pulumi -- <arguments>`: on the embedded control plane, unless another stack is named. */
export async function main(args: readonly string[]): Promise<number> {
  const toolchain = await ensureToolchain(PULUMI_PROGRAMS);
  const env = meansDev(args, process.env) ? devEnv(toolchain) : toolEnv(toolchain);
  return runHere(toolchain.path('pulumi'), args, { env });
}

/**
 * Whether a command is about the embedded environment. Any other stack gets the user's own
 * cluster, backend and passphrase: nothing meant for a server may end up here, or the reverse.
 */
export function meansDev(args: readonly string[], env: NodeJS.ProcessEnv): boolean {
  if (args[0] === 'login' || args[0] === 'logout') return false;
  return (stackOf(args) ?? env['PULUMI_STACK'] ?? DEV_STACK) === DEV_STACK;
}

/** The stack a command line names: by `--stack`, or as the argument of `stack init` and its like. */
function stackOf(args: readonly string[]): string | undefined {
  const flag = args.findIndex((arg) => /^(?:--stack|-s)(?:=|$)/.test(arg));
  if (flag >= 0) return /=(.*)$/.exec(args[flag] ?? '')?.[1] ?? args[flag + 1];
  const takesName = args[0] === 'stack' && ['init', 'select', 'rm'].includes(args[1] ?? '');
  return takesName ? args.slice(2).find((arg) => !arg.startsWith('-')) : undefined;
}
