import * as path from 'node:path';
import { CACHE, shown } from '../paths';
import { Problem } from '../problem';
import { Progress } from '../progress';
import { ensureToolchain } from '../toolchain';
import { RealNode } from './real-node';
import { requireNode } from './requirements';
import { NODE_PROGRAMS } from './services';

/** Everything of the node of `npm run node`. */
const DIR = path.join(CACHE, 'node');

/** Images that pods of that node can have. */
const IMAGES = path.join(CACHE, 'images');

/** `npm run node`: starts a real node, or finds it running; `-- stop` ends it, `-- reset` also deletes its data. */
export async function main([command = 'start', ...others]: readonly string[]): Promise<void> {
  const node = new RealNode({ dir: DIR, images: [IMAGES] });
  const commands: Record<string, () => Promise<string>> = {
    start: () => start(node),
    stop: () => stop(node),
    reset: () => reset(node),
  };
  const chosen = others.length === 0 ? commands[command] : undefined;
  if (chosen === undefined) {
    throw new Problem(`"${[command, ...others].join(' ')}" is not a command: use start, stop or reset.`);
  }
  console.log(await chosen());
}

async function start(node: RealNode): Promise<string> {
  const progress = new Progress();
  await progress.step('Requirements', requireNode);
  const toolchain = await ensureToolchain(NODE_PROGRAMS, progress);
  const outcome = await progress.step(
    'Real node',
    () => node.start(toolchain),
    (said) => said,
  );
  return `A real Kubernetes node runs at ${node.address} (${outcome}).

  export KUBECONFIG=${node.kubeconfig}    kubectl, helm, pulumi
  ${toolchain.path('kubectl')} get pods -A
  http://${node.address}:<node port>    services; the API server is https://${node.address}:6443
  images come from ${shown(IMAGES)}, an OCI image layout
  npm run node -- stop    ends it, keeps its data; "npm run node -- reset" deletes them too`;
}

async function stop(node: RealNode): Promise<string> {
  const status = await node.status();
  await node.stop();
  return status === 'running'
    ? 'The real node is stopped; "npm run node" starts it again with its data.'
    : 'The real node was not running.';
}

async function reset(node: RealNode): Promise<string> {
  await node.reset();
  return `${shown(DIR)} is deleted; "npm run node" begins anew.`;
}
