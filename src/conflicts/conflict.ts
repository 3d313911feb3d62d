import type { Claim, ClaimKind } from '../claims/claim';
import type { Graph } from '../objects/graph';
import type { Holder } from '../findings/facts/live';
import { HowTo } from '../findings/how-to';
import type { Settings } from '../settings/parse';
import type { Secrets } from '../settings/secrets';

/** An environment that is compared with others of its server. */
export interface Tenant {
  readonly environment: string;
  readonly settings: Settings;

  /** @default - accounts are not compared */
  readonly secrets?: Secrets;

  /** Its objects. @default - the settings alone are compared */
  readonly graph?: Graph;

  /** What conflicts are mended by in it. @default - Pulumi's commands for the stack of its name */
  readonly howTo?: HowTo;
}

/** A claim, and whose it is. */
export interface OwnedClaim extends Claim {
  /** Name of an environment, or what else has it. */
  readonly environment: string;

  /** Whose that is on a server. @default - it is an environment of this directory */
  readonly holder?: Holder;

  /** What it is changed by. @default - Pulumi's commands for the stack of that name */
  readonly howTo?: HowTo;
}

/** Two environments want the same. */
export interface Conflict {
  readonly kind: ClaimKind | 'account' | 'memory' | 'capacity' | 'cluster';

  /** What both want, e.g. `node port 443/TCP`. */
  readonly what: string;

  /** Who they are, and by what: a setting, or an object with its component. */
  readonly owners: readonly Pick<OwnedClaim, 'environment' | 'by' | 'holder'>[];

  readonly remedy: string;
}

/** What conflicts are mended by in an environment. */
export function howToOf({ environment, howTo = new HowTo(environment) }: Pick<Tenant, 'environment' | 'howTo'>): HowTo {
  return howTo;
}
