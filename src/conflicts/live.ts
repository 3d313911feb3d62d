import { ApiServer } from '../cluster/api-server';
import { objectFindings } from '../cluster/live-objects';
import { acknowledge } from '../findings/acknowledge';
import { findingTexts, type FindingTexts } from '../findings/texts';
import type { Secrets } from '../settings/secrets';
import type { Settings } from '../settings/parse';
import type { Clash } from './conflict';
import { claimClashes, claimsOf } from './conflicts';
import { type Cluster, type Deployed, Others, readCluster } from './live-claims';
import { sentences } from './report';
import { room } from './capacity';
import { resolveHere } from './servers';

/**
 * Asks the server of `own` what is there already: objects of the same names, credentials that were set once, and what others
 * have that it wants too.
 *
 * @param told clashes that are known from the settings of other environments, which are not told again
 * @throws ApiServerError when it cannot be asked
 */
export async function liveFindings(
  own: Deployed & { readonly secrets: Secrets },
  told: readonly Clash[] = [],
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
    const texts = findingTexts(acknowledge(findings, acknowledged), environment);
    const { clashes, warnings } = clashesWith(own, cluster);
    return {
      problems: [...texts.problems, ...sentences(clashes.filter((clash) => !isTold(clash, told)))],
      warnings: [...texts.warnings, ...warnings],
    };
  } finally {
    server.close();
  }
}

function isTold({ kind, what, owners }: Clash, told: readonly Clash[]): boolean {
  const names = owners.flatMap(({ holder }) => (holder?.kind === 'environment' ? [holder.environment] : []));
  return told.some(
    (known) =>
      known.kind === kind && known.what === what && known.owners.some(({ environment }) => names.includes(environment)),
  );
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
  return clash.kind !== 'prefix' || stranger?.holder === undefined || stranger.holder.kind === 'environment'
    ? clash
    : {
        ...clash,
        remedy: `${clash.remedy}; or, if it is one of ${environment}'s own, add "${stranger.environment}" to kaapana:adopt`,
      };
}
