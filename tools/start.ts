import { CONTROL_PLANE_PROGRAMS } from './control-plane';
import { devControlPlane, devEnv, devStack } from './dev';
import { Progress } from './progress';
import { PULUMI_PROGRAMS } from './pulumi';
import { phases, summary } from './summary';
import { ensureToolchain } from './toolchain';

/** `npm start`: toolchain, control plane, deployment, and a summary of them. */
export async function main(_args: readonly string[], installed: { readonly dependencies: number }): Promise<void> {
  const begun = Date.now();
  const progress = new Progress();
  progress.finished.push({ title: 'Dependencies', seconds: installed.dependencies });
  const toolchain = await ensureToolchain([...CONTROL_PLANE_PROGRAMS, ...PULUMI_PROGRAMS], progress);
  progress.done('Toolchain', (Date.now() - begun) / 1000, toolchain.describe());
  const plane = devControlPlane();
  await progress.step(
    'Control plane',
    () => plane.start(toolchain),
    (outcome) => outcome,
  );
  const stack = devStack(toolchain);
  await progress.step(
    'Stack',
    () => stack.ensure(),
    (outcome) => outcome,
  );
  const outcome = await progress.step(
    'Deployment',
    (report) => stack.up(report),
    ({ changed, counts }) => (changed ? counts : `nothing changed, ${counts}`),
  );
  const [objects, found] = await Promise.all([stack.objects(), phases(toolchain, devEnv(toolchain))]);
  console.log(summary({ objects, outcome, ...found, steps: progress.finished }));
}
