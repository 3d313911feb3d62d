import * as fs from 'node:fs';
import * as path from 'node:path';
import { ControlPlane } from './control-plane';
import { embeddedEnv } from './env';
import { CACHE } from './paths';
import { isAlive } from './processes';
import { ensureToolchain } from './toolchain';

const PREFIX = 'test-';
const NAME = 'test';

/** Starts a control plane for tests of this process; gives the variables its programs need. */
export async function startTestEnvironment(): Promise<NodeJS.ProcessEnv> {
  await sweep();
  const toolchain = await ensureToolchain();
  const dir = environmentDir(process.pid);
  const plane = controlPlane(dir);
  await plane.start(toolchain);
  return embeddedEnv(toolchain, {
    kubeconfig: plane.kubeconfig,
    stateDir: path.join(dir, 'state'),
    pulumiHome: path.join(dir, 'pulumi-home'),
  });
}

/** Ends and deletes what `startTestEnvironment` of this process made. */
export async function stopTestEnvironment(): Promise<void> {
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
  await controlPlane(dir).reset();
  fs.rmSync(dir, { recursive: true, force: true });
}

function controlPlane(dir: string): ControlPlane {
  return new ControlPlane({ dir: path.join(dir, 'control-plane'), name: NAME });
}

function environmentDir(pid: number): string {
  return path.join(CACHE, `${PREFIX}${pid}`);
}
