/** What a server has once, or once at each place. */
export type ClaimKind =
  | 'server'
  | 'instance'
  | 'namespace'
  | 'prefix'
  | 'object'
  | 'port'
  | 'directory'
  | 'export'
  | 'address';

/** Something that one environment takes for itself alone. */
export interface Claim {
  readonly kind: ClaimKind;

  /** What two environments may not both have; for directories, a path. */
  readonly value: string;

  /** What takes it: a setting (`kaapana:httpsPort`), or an object and the component that it belongs to. */
  readonly by: string;

  /** The setting by which it is changed, or the entry of a list that is removed. @default - it is none of ours, and stays */
  readonly setting?: string;
}
