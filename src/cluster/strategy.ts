import type { Graph, GraphNode } from '../objects/graph';
import { objectAt } from '../objects/manifest';
import type { ApiServer } from './api-server';
import { objectPath } from './paths';

/**
 * Deployments that `graph` recreates and the server rolls. What the server has filled in for rolling, or another field
 * manager has set, is nobody's to take away by server-side apply, and beside `Recreate` it is refused.
 */
export async function rolledYet({ nodes }: Graph, server: ApiServer): Promise<GraphNode[]> {
  const recreated = nodes.filter(
    ({ manifest: { kind, spec } }) => kind === 'Deployment' && objectAt(objectAt(spec).strategy).type === 'Recreate',
  );
  const found = await Promise.all(
    recreated.map(async (node) => {
      const { strategy } = objectAt((await server.get(objectPath(node.manifest)))?.spec);
      return objectAt(strategy).rollingUpdate === undefined ? [] : [node];
    }),
  );
  return found.flat();
}

/** Lets the server recreate them from now on, with nothing left of rolling; their pods are not touched. */
export async function recreateThem(deployments: readonly GraphNode[], server: ApiServer): Promise<void> {
  await Promise.all(
    deployments.map(({ manifest }) =>
      server.patch(objectPath(manifest), { spec: { strategy: { type: 'Recreate', rollingUpdate: null } } }),
    ),
  );
}
