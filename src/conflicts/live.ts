import { ApiServer } from '../cluster/api-server';
import { objectFindings } from '../cluster/live-objects';
import { acknowledge } from '../findings/acknowledge';
import { HowTo } from '../findings/how-to';
import { findingTexts, type FindingTexts } from '../findings/texts';
import type { Secrets } from '../settings/secrets';
import type { Settings } from '../settings/parse';
import type { Conflict } from './conflict';
import { claimConflicts, claimsOf } from './conflicts';
import { type Cluster, type Deployed, Others, readCluster } from './live-claims';
import { conflictTexts } from './report';
import { capacityConflicts } from './capacity';
import { resolveHere } from './servers';

/**
 * Asks the server of `own` what is there already: objects of the same names, credentials that were set once, and what others
 * have that it wants too.
 *
 * @param reported conflicts that are known from the settings of other environments, which are not reported again
 * @throws ApiServerError when it cannot be asked
 */
export async function liveFindings(
  own: Deployed & { readonly secrets: Secrets },
  reported: readonly Conflict[] = [],
): Promise<FindingTexts> {
  const {
    environment,
    graph,
    owner,
    secrets,
    settings: { acknowledged, adopt, dataMoved: moved },
  } = own;
  const known = {
    secretOf: (name: string) => secrets.resolve(name),
    settingOf: (name: string) => secrets.settingOf(name),
  };
  const server = new ApiServer(kubeconfigOf(own.settings));
  try {
    const [findings, cluster] = await Promise.all([
      objectFindings(graph, server, { owner, adopt, moved, known }),
      readCluster(server),
    ]);
    const texts = findingTexts(acknowledge(findings, acknowledged, ['server']), new HowTo(environment));
    const { conflicts, warnings } = conflictsWith(own, cluster);
    return {
      ...texts,
      problems: [...texts.problems, ...conflictTexts(conflicts.filter((conflict) => !isReported(conflict, reported)))],
      warnings: [...texts.warnings, ...warnings],
    };
  } finally {
    server.close();
  }
}

function isReported({ kind, what, owners }: Conflict, reported: readonly Conflict[]): boolean {
  const names = owners.flatMap(({ holder }) => (holder?.kind === 'environment' ? [holder.environment] : []));
  return reported.some(
    (known) =>
      known.kind === kind && known.what === what && known.owners.some(({ environment }) => names.includes(environment)),
  );
}

/** Which cluster the server of an environment is. */
export function kubeconfigOf({ kubeconfig, kubeContext }: Settings): { path?: string; context?: string } {
  return { path: kubeconfig, context: kubeContext };
}

/** What others on `cluster` have that `own` wants too, without having the name of one of its objects. */
export function conflictsWith(own: Deployed, cluster: Cluster): { conflicts: Conflict[]; warnings: readonly string[] } {
  const others = new Others(own, cluster);
  const { conflicts, warnings } = capacityConflicts(own, cluster, others);
  const found = claimConflicts([...others.claims(), ...claimsOf(own)], resolveHere([own]));
  return { conflicts: [...found.map((conflict) => orAdopt(conflict, own)), ...conflicts], warnings };
}

/** What users of an instance made by other means than its own looks like a stranger's. */
function orAdopt(conflict: Conflict, { environment }: Deployed): Conflict {
  const [stranger] = conflict.owners;
  return conflict.kind !== 'prefix' || stranger?.holder === undefined || stranger.holder.kind === 'environment'
    ? conflict
    : {
        ...conflict,
        remedy: `${conflict.remedy}; or, if it is one of ${environment}'s own, add "${stranger.environment}" to kaapana:adopt`,
      };
}
