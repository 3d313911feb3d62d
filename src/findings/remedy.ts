import type { Change } from './facts/conflicts';

/** An environment that something is done in. */
export interface Target {
  readonly environment: string;

  /** Its file. @default - the one that Pulumi finds by the name of the stack */
  readonly file?: string;
}

/** Something that makes a finding go away. Which words and commands say it, `HowTo` knows. */
export type Remedy = (
  | { readonly kind: 'set'; readonly key: string; readonly example: unknown }
  | { readonly kind: 'set-secret'; readonly key: string }

  /** `nested`: whether `key` is a path into a group @default - it is if it looks like one */
  | { readonly kind: 'remove'; readonly key: string; readonly nested?: boolean }

  /** A value that no command can set, so that it is changed in the file. */
  | { readonly kind: 'edit'; readonly key: string }

  /** Take over an object, by its identity, or all (`*`). */
  | { readonly kind: 'adopt'; readonly object: string }

  /** Say that it is known and right. */
  | { readonly kind: 'acknowledge'; readonly id: string }
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'do'; readonly what: Deed }
) & {
  /** @default - the environment that was asked about */
  readonly in?: Target;
};

/** What somebody does elsewhere than in the settings. */
export type Deed =
  | 'restore-value'
  | 'rename-object'
  | 'move-data'
  | 'add-node'
  | 'fewer-extensions'
  | 'lower-requests'
  | 'other-server'
  | 'add-chart-again'
  | 'claim-volume'
  | 'keep-claim';

/**
 * The remedy that makes `change`.
 *
 * @param another an example of another value for a setting
 */
export function remedyOf(change: Change, another: (key: string) => string | number): Remedy {
  const { key } = change;
  switch (change.kind) {
    case 'value':
      return { kind: 'set', key, example: another(key) };
    case 'switch':
      return { kind: 'set', key, example: change.off };
    case 'entry':
      return { kind: 'remove', key };
  }
}
