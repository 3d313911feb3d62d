import type { Facts } from './facts';
import type { Remedy } from './remedy';
import { RULES, type Severity } from './rules';

/** Label of the objects of an environment, with its name. */
export const ENVIRONMENT_LABEL = 'deploy.kaapana.ai/environment';

/** Name of what can be wrong, in the table {@link RULES}. Names stay: settings acknowledge findings by them. */
export type Rule = keyof Facts;

/** What a finding is about. */
export type Subject =
  /** Path of a setting below `kaapana:`, e.g. `smtp.port`; a key of another namespace as a whole. */
  | {
      readonly kind: 'setting';
      readonly key: string;

      /**
       * The value that it has. @default - it is missing, or a secret, or the key is no setting, or it does not matter
       */
      readonly value?: unknown;
    }

  /** Identity of an object, `Kind/namespace/name`. */
  | { readonly kind: 'object'; readonly id: string }

  /** A key of a Secret, by the identity of that. */
  | { readonly kind: 'credential'; readonly id: string; readonly key: string }
  | { readonly kind: 'environment'; readonly name: string }

  /** An entry of `acknowledged`. */
  | { readonly kind: 'acknowledgement'; readonly id: string };

/** One finding of the rule `R`, as plain data. */
export interface Found<R extends Rule> {
  readonly rule: R;

  /** Errors stop a deployment. */
  readonly severity: Severity;
  readonly subject: Subject;

  /** What the text says beside the subject. No secret is among them. */
  readonly facts: Facts[R];

  /** Each by itself, or where the rule says so all together, makes it go away. */
  readonly remedies: readonly Remedy[];

  /** Why it is let through. @default - it is not */
  readonly acknowledged?: string;
}

/** Something that speaks against a deployment, or that somebody should know of it. */
export type Finding = { readonly [R in Rule]: Found<R> }[Rule];

/** A finding of `rule`, with the severity that the rule has. */
export function finding<R extends Rule>(
  rule: R,
  subject: Subject,
  facts: Facts[R],
  ...remedies: readonly Remedy[]
): Found<R> {
  return { rule, severity: RULES[rule].severity, subject, facts, remedies };
}

/**
 * What `acknowledged` calls a finding: its rule and its subject, e.g. `set-when-created/admin/keycloak-admin/password`.
 */
export function findingId({ rule, subject }: Pick<Finding, 'rule' | 'subject'>): string {
  return `${rule}/${nameOf(subject)}`;
}

/** What a finding is about, in one word: the key of a setting, the identity of an object. */
export function nameOf(subject: Subject): string {
  switch (subject.kind) {
    case 'setting':
      return subject.key;
    case 'object':
    case 'acknowledgement':
      return subject.id;
    case 'credential':
      return `${subject.id.split('/').slice(1).join('/')}/${subject.key}`;
    case 'environment':
      return subject.name;
  }
}
