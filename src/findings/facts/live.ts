/** Who has an object of a server, as its labels and annotations say. */
export type Holder =
  | { readonly kind: 'environment'; readonly environment: string; readonly instance: string }
  | { readonly kind: 'release'; readonly release: string }
  | { readonly kind: 'tool'; readonly name: string }
  | { readonly kind: 'nobody' };

/** What is known of a key of a Secret that a program takes once. */
export interface CredentialFacts {
  /** What the value follows from: secret settings, or those that they are derived from. */
  readonly settings: readonly string[];

  /** Identity of the claim whose data was made with it. */
  readonly claim: string;

  /** How the program is told of another value. */
  readonly changedBy: string;
}

/** What a server says of the objects of an environment. */
export interface LiveFacts {
  'object-of-others': { readonly holder: Holder };

  /** `changes`: paths of the fields that change. */
  'adopted-object': { readonly holder: Holder; readonly changes: readonly string[] };

  /** `from`, `to`: as JSON; `claim`: whose data is cut off by it, as `namespace/name`, where it can be moved. */
  'frozen-field': {
    readonly field: string;
    readonly from?: string;
    readonly to: string;
    readonly claim?: string;
  };
  /** In the words of the server. */
  'refused-object': { readonly reason: string };

  /** Why the first of them could not be tried. */
  'untried-objects': { readonly count: number; readonly reason: string };

  'shrunk-claim': { readonly from: string; readonly to: string };
  'set-when-created': CredentialFacts;
  'uncompared-credential': CredentialFacts;

  /** `why`: whether it is not found any more, there is no such rule, or the rule lets nothing through. */
  'unused-acknowledgement': { readonly reason: string; readonly why: 'not-found' | 'unknown' | 'refused' };
}
