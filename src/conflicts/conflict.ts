import type { Claim } from '../claims/claim';
import type { ConflictFacts, ContestedRule, Owner } from '../findings/facts/conflicts';
import type { Found, Subject } from '../findings/finding';
import { HowTo } from '../findings/how-to';
import type { Graph } from '../objects/graph';
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
export interface OwnedClaim extends Claim, Omit<Owner, 'by'> {
  /** What it is changed by. @default - Pulumi's commands for the stack of that name */
  readonly howTo?: HowTo;
}

/** Two environments want the same. */
export type Contest = { readonly [R in ContestedRule]: Found<R> }[ContestedRule];

/** What environments of one server do to each other. */
export type Conflict = { readonly [R in keyof ConflictFacts]: Found<R> }[keyof ConflictFacts];

/** An environment as the subject of a finding. */
export function subjectOf({ environment: name }: Pick<Tenant, 'environment'>): Subject {
  return { kind: 'environment', name };
}

/** What conflicts are mended by in an environment. */
export function howToOf({ environment, howTo = new HowTo(environment) }: Pick<Tenant, 'environment' | 'howTo'>): HowTo {
  return howTo;
}
