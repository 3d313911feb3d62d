import * as path from 'node:path';
import { ControlPlane } from './control-plane';
import { embeddedEnv } from './env';
import { CACHE, PROJECT } from './paths';
import { Stack } from './stack';
import type { Toolchain } from './toolchain';

/** The environment that `npm start` brings up. */
export const DEV_STACK = 'dev';

/** Everything of it; `npm run reset` deletes this folder. */
export const DEV_DIR = path.join(CACHE, DEV_STACK);

const STATE_DIR = path.join(DEV_DIR, 'state');

/** Its control plane. */
export function devControlPlane(): ControlPlane {
  return new ControlPlane({ dir: path.join(DEV_DIR, 'control-plane'), name: DEV_STACK });
}

/** What its programs need to know. */
export function devEnv(toolchain: Toolchain): NodeJS.ProcessEnv {
  return embeddedEnv(toolchain, { kubeconfig: devControlPlane().kubeconfig, stateDir: STATE_DIR, stack: DEV_STACK });
}

/** Its Pulumi stack. */
export function devStack(toolchain: Toolchain): Stack {
  return new Stack({
    name: DEV_STACK,
    pulumi: toolchain.path('pulumi'),
    env: devEnv(toolchain),
    stateDir: STATE_DIR,
    project: PROJECT,
    log: path.join(DEV_DIR, 'pulumi-up.log'),
  });
}
