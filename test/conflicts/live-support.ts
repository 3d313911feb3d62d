import type { Deployed } from '../../src/conflicts/live-claims';
import type { JsonObject } from '../../src/objects/manifest';
import { GUEST, type Keys, tenants } from './support';

/** The labels of what an environment deployed. */
export function labels(environment: string, instance = 'main'): JsonObject {
  return { 'deploy.kaapana.ai/environment': environment, 'deploy.kaapana.ai/instance': instance };
}

/** A node with plenty of everything but GPUs, labelled as the one with the data. */
export function node(allocatable: JsonObject = {}, name = 'kaapana-node'): JsonObject {
  return {
    metadata: { name, labels: { 'kubernetes.io/os': 'linux', 'kaapana.io/node': 'storage' } },
    status: { allocatable: { cpu: '64', memory: '256Gi', 'ephemeral-storage': '1Ti', ...allocatable } },
  };
}

/** The first environment of a server, or a further one beside it, ready to be compared. */
export function deployed(keys: Keys = {}, environment = 'prod'): Deployed {
  const [server, guest] =
    environment === 'prod' ? tenants({ prod: keys }) : tenants({ prod: {}, [environment]: { ...GUEST, ...keys } });
  const own = guest ?? server;
  if (!own?.graph) throw new Error('it is built');
  return { ...own, graph: own.graph, owner: { environment, instance: own.settings.instanceUid || 'main' } };
}
