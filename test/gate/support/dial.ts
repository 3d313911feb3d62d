import * as path from 'node:path';
import { inParallel } from '../../../src/base/parallel';
import { run } from '../../../tools/run';
import type { Target, Trial } from './network';
import type { LivePod } from './pods';

/** Runs a program of this machine in the network of a pod; gives what it prints. */
export type EnterPod = (pod: LivePod, args: readonly string[], input: string) => Promise<string>;

const SCRIPT = path.resolve('test/gate/support/dial.cjs');

/** How many pods try at a time; a program starts in each. */
const AT_ONCE = 4;

/**
 * Has each source try its connections; gives what became of each, in their order: `connected`, `timeout`, or the code
 * of an error.
 */
export async function dialAll(trials: readonly Trial[], enter: EnterPod): Promise<string[]> {
  const bySource = new Map<Trial['source'], { readonly index: number; readonly target: Target }[]>();
  for (const [index, { source, target }] of trials.entries()) {
    bySource.set(source, [...(bySource.get(source) ?? []), { index, target }]);
  }
  const outcomes: string[] = [];
  const command = [process.execPath, SCRIPT];
  await inParallel(bySource, AT_ONCE, async ([source, tries]) => {
    const input = JSON.stringify(tries.map(({ target }) => target));
    const output = source === 'outside' ? await here(command, input) : await enter(source, command, input);
    const found = JSON.parse(output) as string[];
    for (const [position, { index }] of tries.entries()) outcomes[index] = found[position] ?? 'nothing';
  });
  return outcomes;
}

async function here([command = '', ...args]: readonly string[], input: string): Promise<string> {
  const { code, stdout, output } = await run(command, args, { input });
  if (code !== 0) throw new Error(output);
  return stdout;
}
