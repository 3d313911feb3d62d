import { ApiServerError } from '../cluster/kubeconfig';
import type { FindingTexts } from '../findings/texts';
import type { Secrets } from '../settings/secrets';
import { liveFindings } from './live';
import type { Deployed } from './live-claims';
import { neighbourhood } from './neighbours';
import { conflictTexts } from './report';

/**
 * All that speaks against deploying `own`, which previews, updates and `kaapana check --live` ask alike: the other
 * environments in `directory`, and its server.
 *
 * @throws ApiServerError when the server cannot be asked, and that is all
 */
export async function verdict(own: Deployed & { readonly secrets: Secrets }, directory: string): Promise<FindingTexts> {
  const neighbours = neighbourhood(own, directory);
  const conflicts = conflictTexts(neighbours.conflicts);
  const live = await liveFindings(own, neighbours.conflicts).catch((problem: Error): FindingTexts => {
    if (conflicts.length === 0 || !(problem instanceof ApiServerError)) throw problem;
    return { problems: [problem.message], warnings: [], acknowledged: [] };
  });
  return { ...live, problems: [...conflicts, ...live.problems], warnings: [...neighbours.warnings, ...live.warnings] };
}
