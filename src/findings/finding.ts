/** Label of the objects of an environment, with its name. */
export const ENVIRONMENT_LABEL = 'deploy.kaapana.ai/environment';

/** Who has an object of a server, as its labels and annotations say. */
export type Holder =
  | { readonly kind: 'environment'; readonly environment: string; readonly instance: string }
  | { readonly kind: 'release'; readonly release: string }
  | { readonly kind: 'tool'; readonly name: string }
  | { readonly kind: 'nobody' };

interface Found<Rule extends string, Severity extends 'error' | 'warning', Facts> {
  readonly rule: Rule;

  /** Errors stop a deployment. */
  readonly severity: Severity;

  /** Identity of the object that it is about, `Kind/namespace/name`; or an entry of `acknowledged`. */
  readonly subject: string;

  readonly facts: Facts;
}

/** An object of this name exists, and is another's. */
export type ObjectOfOthers = Found<'object-of-others', 'error', { readonly holder: Holder }>;

/** An object of others that is taken over, as the settings say, and the fields that change in it. */
export type AdoptedObject = Found<
  'adopted-object',
  'warning',
  { readonly holder: Holder; readonly changes: readonly string[] }
>;

/** A field that Kubernetes refuses to change. */
export type FrozenField = Found<'frozen-field', 'error', { readonly sentence: string }>;

/** What is known of a key of a Secret that a program takes once. */
export interface CredentialFacts {
  readonly key: string;

  /** What the value follows from: secret settings, or those that they are derived from. */
  readonly settings: readonly string[];

  /** Identity of the claim whose data was made with it. */
  readonly claim: string;

  /** How the program is told of another value. */
  readonly changedBy: string;

  /** Why it is let through. @default - it is not */
  readonly reason?: string;
}

/** A key of a Secret that a program took when it made its data, and that has another value now. */
export type SetWhenCreated = Found<'set-when-created', 'error' | 'warning', CredentialFacts>;

/** The same, where the value can be opened by Pulumi alone. */
export type UncomparedCredential = Found<'uncompared-credential', 'warning', CredentialFacts>;

/** An entry of `acknowledged` that nothing is found for any more. */
export type UnusedAcknowledgement = Found<'unused-acknowledgement', 'warning', { readonly reason: string }>;

/** What a server has to say about the objects of an environment, as data; `findingTexts` says it to a person. */
export type Finding =
  | ObjectOfOthers
  | AdoptedObject
  | FrozenField
  | SetWhenCreated
  | UncomparedCredential
  | UnusedAcknowledgement;

/** What `acknowledged` calls a finding: `set-when-created/admin/keycloak-admin/password`. */
export function findingId({ rule, subject, facts: { key } }: SetWhenCreated): string {
  return `${rule}/${subject.split('/').slice(1).join('/')}/${key}`;
}
