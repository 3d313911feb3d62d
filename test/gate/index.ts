import { embeddedEnv } from '../../tools/env';
import { requireNode } from '../../tools/node/requirements';
import { NODE_PROGRAMS } from '../../tools/node/services';
import { Progress } from '../../tools/progress';
import { runJest, type Tally, told } from '../../tools/test';
import { DEPLOYING_PROGRAMS, ensureToolchain, type Toolchain } from '../../tools/toolchain';
import { makeImages } from './make-images';
import { first, second } from './support/environments';
import { Gate, STATE_DIR } from './support/gate';
import { keepDuration } from './support/report';

const CONFIG = 'test/gate/jest.config.cjs';

/** The suite about the node itself. */
const NODE = '/node\\.gate\\.ts$';

/** Leaves the node with its platforms running, for the next call and for people who look into it. */
const KEEP = '--keep';

/** Judges what runs there since a call that left it running, and leaves it so. */
const JUDGE = '--judge';

/**
 * `npm run gate`: brings up the whole platform on a real node, with a further instance, and judges it there. Other
 * arguments are those of jest; `-- --keep` leaves the node running, and `-- --judge` only judges what is left.
 */
export async function main(args: readonly string[]): Promise<number> {
  const progress = new Progress();
  await progress.step('Requirements', () => requireNode());
  const toolchain = await ensureToolchain([...DEPLOYING_PROGRAMS, ...NODE_PROGRAMS], progress);
  const gate = new Gate();
  Object.assign(process.env, embeddedEnv(toolchain, { kubeconfig: gate.node.kubeconfig, stateDir: STATE_DIR }));
  const judges = args.includes(JUDGE);
  const options = args.filter((arg) => arg !== KEEP && arg !== JUDGE);
  const tallies: Tally[] = [];
  try {
    // Nodes of its own, before a whole platform runs beside them.
    if (!judges && options.length === 0) tallies.push(await suites('node', [`--testPathPatterns=${NODE}`]));
    if (!judges) await bringUp(gate, toolchain, progress);
    tallies.push(await suites('gate', [...options, `--testPathIgnorePatterns=${NODE}`]));
    return told(tallies);
  } finally {
    if (!judges && !args.includes(KEEP)) await gate.reset();
  }
}

function suites(name: string, options: readonly string[]): Promise<Tally> {
  return runJest(name, ['--config', CONFIG, '--ci', ...options]);
}

async function bringUp(gate: Gate, toolchain: Toolchain, progress: Progress): Promise<void> {
  // A run that was cut short may have left a state without a node.
  if ((await gate.node.status()) === 'absent') await gate.reset();
  gate.first.write(first(gate.site));
  gate.second.write(second(gate.site));
  const step = async (
    name: string,
    action: () => Promise<unknown>,
    tell?: (result: unknown) => string,
  ): Promise<void> => {
    const begun = Date.now();
    await progress.step(name, action, tell);
    keepDuration(name, (Date.now() - begun) / 1000);
  };
  await step('Images', () => makeImages(gate, progress), String);
  await step('Real node', () => gate.node.start(toolchain), String);
  for (const stack of [gate.first, gate.second]) {
    await stack.init();
    await step(`Deployment of ${stack.name}`, () => stack.up());
  }
}
