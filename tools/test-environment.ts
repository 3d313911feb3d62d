import * as fs from 'node:fs';
import * as path from 'node:path';
import { ControlPlane } from './control-plane';
import { embeddedEnv } from './env';
import { CACHE } from './paths';
import { isAlive } from './processes';
import { ensureToolchain } from './toolchain';

const PREFIX = 'test-';
const NAME = 'test';

/**
 * Starts control planes for tests of this process, one for each suite that runs at a time; gives the variables that the
 * programs of each need.
 */
export async function startTestEnvironments(count: number): Promise<NodeJS.ProcessEnv[]> {
  await sweep();
  const toolchain = await ensureToolchain();
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const dir = path.join(environmentDir(process.pid), String(index + 1));
      const plane = controlPlane(dir);
      await plane.start(toolchain);
      return embeddedEnv(toolchain, {
        kubeconfig: plane.kubeconfig,
        stateDir: path.join(dir, 'state'),
        pulumiHome: path.join(dir, 'pulumi-home'),
      });
    }),
  );
}

/** Ends and deletes what `startTestEnvironments` of this process made. */
export async function stopTestEnvironments(): Promise<void> {
  await remove(environmentDir(process.pid));
}

/** Removes the environments of test runs that were killed. */
async function sweep(): Promise<void> {
  const names = fs.existsSync(CACHE) ? fs.readdirSync(CACHE).filter((name) => /^test-\d+$/.test(name)) : [];
  for (const name of names) {
    if (!isAlive(Number(name.slice(PREFIX.length)))) await remove(path.join(CACHE, name));
  }
}

async function remove(dir: string): Promise<void> {
  const names = fs.existsSync(dir) ? fs.readdirSync(dir) : [];
  await Promise.all(names.map((name) => controlPlane(path.join(dir, name)).reset()));
  fs.rmSync(dir, { recursive: true, force: true });
}

function controlPlane(dir: string): ControlPlane {
  return new ControlPlane({ dir: path.join(dir, 'control-plane'), name: NAME });
}

function environmentDir(pid: number): string {
  return path.join(CACHE, `${PREFIX}${pid}`);
}
