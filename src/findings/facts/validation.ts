/** What a value in an object must be, have or do. */
export type Must =
  /** Forms of texts. */
  | 'dns-label'
  | 'dns-subdomain'
  | 'service-name'
  | 'label-key'
  | 'label-value'
  | 'port-name'
  | 'data-key'
  | 'variable-name'
  | 'resource-name'
  | 'address'
  | 'cidr'
  | 'host'
  | 'absolute-path'
  | 'relative-path'
  | 'without-parent'
  | 'quantity'
  | 'percentage'
  | 'cron-schedule'
  | 'json'
  | 'base64'
  | 'pattern'
  | 'format'
  /** Presence: of the field itself, of one of several, of none. */
  | 'present'
  | 'not-empty'
  | 'one-field'
  | 'at-most-one-field'
  | 'absent'
  /** Types, numbers and choices. */
  | 'type'
  | 'choice'
  | 'range'
  | 'whole'
  | 'length'
  | 'not-above'
  | 'equal'
  /** Relations to other places of the object. */
  | 'unique'
  | 'selected'
  | 'declared'
  | 'consistent';

/** Who wrote an object. */
export type Origin =
  | { readonly kind: 'construct'; readonly path: string }
  /** `template` is known of charts that were added since templates are kept with what they render to. */
  | { readonly kind: 'chart'; readonly extension: string; readonly template?: string };

/** A place of an object that the API server would refuse. */
export interface InvalidPlace {
  /** Path of the field, e.g. `spec.template.spec.containers[0].image`. */
  readonly path: string;

  /** What it must be. */
  readonly must: Must;

  /** What `must` is about: choices, the other place, the bounds. */
  readonly than?: string;

  /** The value that it has. @default - it has none, it is no short text or number, or it may be a secret */
  readonly value?: string;
}

/** Facts of what is found by the schemas and rules of Kubernetes. */
export interface ValidationFacts {
  /** `known`: the field that may be meant. `version`: the Kubernetes whose schema was asked. */
  'unknown-field': {
    readonly path: string;
    readonly known?: string;
    readonly version: string;
    readonly origin: Origin;
  };
  'invalid-field': InvalidPlace & { readonly origin: Origin };

  /** The API server takes it, and refuses its pods. */
  'invalid-pod': InvalidPlace & { readonly origin: Origin };

  'unvalidated-object': { readonly apiVersion: string; readonly origin: Origin };
}
