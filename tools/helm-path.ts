import { ensureToolchain } from './toolchain';

/** Prints where helm is: the machine's own if it fits, else the pinned one. */
export async function main(): Promise<number> {
  const toolchain = await ensureToolchain(['helm']);
  process.stdout.write(`${toolchain.path('helm')}\n`);
  return 0;
}
