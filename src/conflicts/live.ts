import { ApiServer } from '../cluster/api-server';
import { objectFindings } from '../cluster/live-objects';
import { providerKubeconfig } from '../cluster/provider-kubeconfig';
import type { Finding } from '../findings/finding';
import type { Settings } from '../settings/parse';
import type { Secrets } from '../settings/secrets';
import { capacityFindings } from './capacity';
import { type Contest, howToOf } from './conflict';
import { claimConflicts, claimsOf } from './conflicts';
import { type Cluster, type Deployed, Others, readCluster } from './live-claims';
import { nodeFindings } from './nodes';
import { resolveHere } from './servers';

/**
 * Asks the server of `own` what is there already: objects of the same names, credentials that were set once, and what
 * others have that it wants too.
 *
 * @param reported conflicts that are known from the settings of other environments, which are not reported again
 * @throws ApiServerError when it cannot be asked
 */
export async function liveFindings(
  own: Deployed & { readonly secrets: Secrets },
  reported: readonly Finding[] = [],
): Promise<Finding[]> {
  const {
    graph,
    owner,
    secrets,
    settings: { adopt, dataMoved: moved },
  } = own;
  const known = {
    secretOf: (name: string) => secrets.resolve(name),
    settingOf: (name: string) => secrets.settingOf(name),
  };
  const kubeconfig = kubeconfigOf(own.settings);
  // Refuses what is read here and would not be found by an update.
  providerKubeconfig(kubeconfig);
  const server = new ApiServer(kubeconfig);
  try {
    const [findings, cluster] = await Promise.all([
      objectFindings(graph, server, { owner, adopt, moved, known }),
      readCluster(server),
    ]);
    const conflicts = conflictsWith(own, cluster);
    return [
      ...findings.filter((each) => !isContested(each, conflicts)),
      ...conflicts.filter((each) => !isReported(each, reported)),
    ];
  } finally {
    server.close();
  }
}

/** Whether the server refuses what somebody else has, which a conflict tells with its owner. */
function isContested({ rule, subject }: Finding, conflicts: readonly Finding[]): boolean {
  return (
    rule === 'refused-object' &&
    subject.kind === 'object' &&
    conflicts.some(({ facts }) => 'owners' in facts && facts.owners.some(({ by }) => by.object?.id === subject.id))
  );
}

/** Whether the same of the same environment is known. */
function isReported({ rule, facts }: Finding, reported: readonly Finding[]): boolean {
  if (!('wanted' in facts)) return false;
  const names = facts.owners.flatMap(({ holder }) => (holder?.kind === 'environment' ? [holder.environment] : []));
  const wanted = JSON.stringify(facts.wanted);
  return reported.some(
    (known) =>
      known.rule === rule &&
      'wanted' in known.facts &&
      JSON.stringify(known.facts.wanted) === wanted &&
      known.facts.owners.some(({ environment }) => names.includes(environment)),
  );
}

/** Which cluster the server of an environment is. */
export function kubeconfigOf({ kubeconfig, kubeContext }: Settings): { path?: string; context?: string } {
  return { path: kubeconfig, context: kubeContext };
}

/** What others on `cluster` have that `own` wants too, without having the name of one of its objects. */
export function conflictsWith(own: Deployed, cluster: Cluster): Finding[] {
  const others = new Others(own, cluster);
  const found = claimConflicts([...others.claims(), ...claimsOf(own)], resolveHere([own]));
  return [
    ...found.map((conflict) => orAdopt(conflict, own)),
    ...nodeFindings(own, cluster),
    ...capacityFindings(own, cluster, others),
  ];
}

/** What users of an instance made by other means than its own looks like a stranger's. */
function orAdopt(conflict: Contest, own: Deployed): Contest {
  if (conflict.rule !== 'shared-namespace-prefix') return conflict;
  const [stranger] = conflict.facts.owners;
  const id = stranger?.by.object?.id;
  if (stranger?.holder === undefined || stranger.holder.kind === 'environment' || id === undefined) return conflict;
  return {
    ...conflict,
    remedies: [...conflict.remedies, howToOf(own).here({ kind: 'adopt', object: id })],
  };
}
