import type { FindingTexts } from '../findings/texts';
import type { Secrets } from '../settings/secrets';
import { liveFindings } from './live';
import type { Deployed } from './live-claims';
import { neighbourhood } from './neighbours';
import { sentences } from './report';

/**
 * All that speaks against deploying `own`, which previews, updates and `kaapana check --live` ask alike: the other
 * environments in `directory`, and its server.
 *
 * @throws ApiServerError when the server cannot be asked
 */
export async function verdict(own: Deployed & { readonly secrets: Secrets }, directory: string): Promise<FindingTexts> {
  const neighbours = neighbourhood(own, directory);
  const live = await liveFindings(own);
  return { problems: [...sentences(neighbours.clashes), ...live.problems], warnings: [...neighbours.warnings, ...live.warnings] };
}
