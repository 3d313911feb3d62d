import type * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { DataVolume } from './data-volume';

/** Properties of `InitialCredential`. */
export interface InitialCredentialProps {
  readonly secret: kplus.Secret;

  /** Its keys that the program takes once. */
  readonly keys: readonly string[];

  /** Where the program keeps its own copy. */
  readonly data: DataVolume;

  /** How the program itself is told of another value, e.g. `ALTER ROLE in psql`. */
  readonly changedBy: string;
}

/**
 * Keys of a Secret that a program takes when it makes its data, and never looks at again: another value in the Secret
 * locks everybody out who logs in by it. Whoever deploys asks the server first (src/cluster/credentials.ts).
 */
export class InitialCredential extends Construct {
  public readonly secret: kplus.Secret;
  public readonly keys: readonly string[];
  public readonly data: DataVolume;
  public readonly changedBy: string;

  constructor(scope: Construct, id: string, props: InitialCredentialProps) {
    super(scope, id);
    ({ secret: this.secret, keys: this.keys, data: this.data, changedBy: this.changedBy } = props);
  }
}
