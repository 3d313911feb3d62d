import { ApiServer } from '../bridge/api-server';
import { liveProblems } from '../bridge/ownership';
import type { Settings } from '../settings/parse';
import type { Clash } from './claim';
import { claimClashes, claimsOf } from './clashes';
import { type Cluster, type Deployed, Others, readCluster } from './live-claims';
import { sentences } from './report';
import { room } from './room';
import { resolveHere } from './servers';

/** What its live server has to say about an environment. */
export interface LiveFindings {
  /** What speaks against deploying it, one sentence each. */
  readonly problems: readonly string[];

  /** What is worth a thought, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Asks the server of `own` what is there already: objects of the same names, and what others have that it wants too.
 *
 * @throws ApiServerError when it cannot be asked
 */
export async function liveFindings(own: Deployed): Promise<LiveFindings> {
  const { graph, owner, settings } = own;
  const server = new ApiServer(kubeconfigOf(settings));
  try {
    const [problems, cluster] = await Promise.all([liveProblems(graph, server, owner, settings.adopt, settings.dataMoved), readCluster(server)]);
    const { clashes, warnings } = clashesWith(own, cluster);
    return { problems: [...problems, ...sentences(clashes)], warnings };
  } finally {
    server.close();
  }
}

/** Which cluster the server of an environment is. */
export function kubeconfigOf({ kubeconfig, kubeContext }: Settings): { path?: string; context?: string } {
  return { path: kubeconfig, context: kubeContext };
}

/** What others on `cluster` have that `own` wants too, without having the name of one of its objects. */
export function clashesWith(own: Deployed, cluster: Cluster): { clashes: Clash[]; warnings: readonly string[] } {
  const others = new Others(own, cluster);
  const { clashes, warnings } = room(own, cluster, others);
  const found = claimClashes([...others.claims(), ...claimsOf(own)], resolveHere([own]));
  return { clashes: [...found.map((clash) => orAdopt(clash, own)), ...clashes], warnings };
}

/** What users of an instance made by other means than its own looks like a stranger's. */
function orAdopt(clash: Clash, { environment }: Deployed): Clash {
  const [stranger] = clash.owners;
  return clash.kind !== 'prefix' || !stranger?.environment.startsWith('Namespace/') ? clash
    : { ...clash, remedy: `${clash.remedy}; or, if it is one of ${environment}'s own, add "${stranger.environment}" to kaapana:adopt` };
}
