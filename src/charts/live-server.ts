import { ApiServer } from '../cluster/api-server';
import { type JsonObject, objectAt, objectsAt, textAt } from '../objects/manifest';
import type { Settings } from '../settings/parse';
import type { ChartServer } from './helm';
import { serverOf } from './server';

/**
 * The server of an environment as it says of itself, and what the platform brings to it.
 *
 * @throws ApiServerError when it does not answer, or not as an API server does
 */
export async function liveServer({ kubeconfig: path, kubeContext: context }: Settings): Promise<ChartServer> {
  const server = new ApiServer({ path, context });
  try {
    return await readServer(server);
  } finally {
    server.close();
  }
}

async function readServer(server: ApiServer): Promise<ChartServer> {
  const answer = async (path: string): Promise<JsonObject> => objectAt(await server.get(path));
  const version = textAt((await answer('/version')).gitVersion);
  const known = serverOf({ kubernetesVersion: version });
  const groups = objectsAt((await answer('/apis')).groups).flatMap(({ versions }) =>
    objectsAt(versions).flatMap(({ groupVersion }) => textAt(groupVersion) ?? []),
  );
  const kinds = await Promise.all(
    groups.map(async (group) =>
      objectsAt((await answer(`/apis/${group}`)).resources)
        .filter(({ name }) => !String(name).includes('/'))
        .map(({ kind }) => `${group}/${String(kind)}`),
    ),
  );
  const source = 'which is what the server says it is';
  return { ...known, source, apiVersions: [...new Set([...known.apiVersions, ...groups, ...kinds.flat()])] };
}
