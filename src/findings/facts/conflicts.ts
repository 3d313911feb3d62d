import type { Holder } from './live';

/**
 * By what somebody has something: a setting, an object, a setting that leads to an object, or the requests of all pods.
 */
export interface By {
  /** Path of the setting. */
  readonly setting?: string;

  /** `component`: where it stands in the tree; `instance`: that on whose behalf a server has it. */
  readonly object?: { readonly id: string; readonly component?: string; readonly instance?: string };
  readonly requests?: true;
}

/** Somebody who wants what another one has. */
export interface Owner {
  /** Name of an environment of the directory; of what a server has, how it is called there. */
  readonly environment: string;
  readonly by: By;

  /** Whose that is on a server. @default - it is an environment of the directory */
  readonly holder?: Holder;
}

/** How an environment wants something else, or nothing. */
export type Change =
  /** Another value of a setting. */
  | { readonly kind: 'value'; readonly key: string }

  /** The value of a setting by which an extension does without. */
  | { readonly kind: 'switch'; readonly key: string; readonly parameter: string; readonly off: string }

  /** Removing an entry of a list, as what it brings can be no other. */
  | { readonly kind: 'entry'; readonly key: string; readonly what: 'extension' | 'component' };

/** Two who want the same, first the one that stays as it is. */
export interface Contested<Wanted> {
  readonly owners: readonly Owner[];
  readonly wanted: Wanted;

  /** How the other one does. @default - it is a second server, which becomes a further instance of the first one */
  readonly change?: Change;

  /** Whether the first one could change, too. */
  readonly mutual: boolean;
}

/** A directory as it is written, and where it is in truth. */
export interface Place {
  readonly path: string;
  readonly real: string;
}

/** A resource of which more is promised than there is, as quantities. */
export interface Shortage {
  readonly owners: readonly Owner[];
  readonly resource: string;
  readonly promised: string;
  readonly available: string;

  /** What each is promised. */
  readonly shares: readonly { readonly environment: string; readonly amount: string }[];
}

/** Two environments that are to be alike in `key`. */
interface Different {
  readonly owners: readonly Owner[];
  readonly key: string;
}

/** What environments of one server do to each other. */
export interface ConflictFacts {
  'second-server': Contested<string>;
  'shared-instance-name': Contested<string>;
  'shared-namespace': Contested<string>;

  /** `prefix`: what names of projects of the environment `of` begin with. */
  'shared-namespace-prefix': Contested<{
    readonly namespace: string;
    readonly prefix: string;
    readonly of: string;
  }>;
  'shared-object': Contested<string>;
  'shared-port': Contested<string>;
  'shared-directory': Contested<{ readonly inner: Place; readonly outer: Place }>;
  'shared-export': Contested<{ readonly inner: Place; readonly outer: Place }>;
  'shared-address': Contested<string>;

  /** `exports`: `server:path` of both, of which one path is the other or lies in it. */
  'unclear-export': { readonly owners: readonly Owner[]; readonly exports: readonly string[] };
  'different-account': Different;

  /** `values`: both of them, where they may be told. */
  'different-cluster': Different & { readonly values?: readonly string[] };

  /** `enough`: what would do, as `totalMemory` takes it. */
  'too-little-memory': Shortage & { readonly enough: string };
  'memory-overcommitted': Shortage & { readonly enough: string };
  'too-little-capacity': Shortage;
  'plugin-resource-short': Shortage;
  'no-nodes': object;
  /** `label`: `key=value`; `nodes`: who has it. */
  'several-storage-nodes': { readonly label: string; readonly nodes: readonly string[] };

  /** `addresses`: networks of the resolver's own addresses that the setting leaves out. */
  'dns-unreachable': { readonly pod: string; readonly addresses: readonly string[] };
  'no-labelled-node': { readonly labels: string };
  'uncompared-environment': object;

  /** `reason`: what the API server, or the way to it, has said. */
  'server-unreachable': { readonly reason: string };
}

/** Rules by which two want the same. */
export type ContestedRule = {
  [R in keyof ConflictFacts]: ConflictFacts[R] extends Contested<unknown> ? R : never;
}[keyof ConflictFacts];
