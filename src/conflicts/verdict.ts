import { ApiServerError } from '../cluster/kubeconfig';
import { finding, type Finding } from '../findings/finding';
import type { Secrets } from '../settings/secrets';
import { subjectOf } from './conflict';
import { liveFindings } from './live';
import type { Deployed } from './live-claims';
import { neighbourhood } from './neighbours';

/** An environment, and what is known of it by itself. */
interface Judged extends Deployed {
  readonly secrets: Secrets;
  readonly warnings: readonly Finding[];
}

/**
 * All that is to be said about deploying `own`, which previews, updates and `kaapana check --live` ask alike: what is
 * known of it, the other environments in `directory`, and its server.
 *
 * @param from where the commands are run that mend conflicts @default - the working directory
 * @throws ApiServerError when the server cannot be asked, and that is all
 */
export async function verdict(own: Judged, directory: string, from?: string): Promise<Finding[]> {
  const neighbours = neighbourhood(own, directory, from);
  const isWrong = neighbours.some(({ severity }) => severity === 'error');
  const live = await liveFindings(own, neighbours).catch((problem: Error): Finding[] => {
    if (!isWrong || !(problem instanceof ApiServerError)) throw problem;
    return [finding('server-unreachable', subjectOf(own), { reason: problem.message })];
  });
  return [...own.warnings, ...neighbours, ...live];
}
