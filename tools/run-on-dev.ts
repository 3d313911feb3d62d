import { devControlPlane, devEnv } from './dev';
import { Problem } from './problem';
import { runHere } from './run';
import { ensureToolchain } from './toolchain';

/** Runs a program of the toolchain against the embedded control plane. */
export async function runOnDev(name: 'kubectl' | 'helm', args: readonly string[]): Promise<number> {
  if ((await devControlPlane().status()) !== 'running') {
    throw new Problem('The embedded control plane does not run: start it with "npm start".');
  }
  const toolchain = await ensureToolchain([name]);
  return runHere(toolchain.path(name), args, { env: devEnv(toolchain) });
}
