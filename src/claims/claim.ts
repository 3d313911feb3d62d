import type { By, Change } from '../findings/facts/conflicts';

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

  /** What takes it. */
  readonly by: By;

  /** How it is changed in the settings. @default - it is none of ours, and stays */
  readonly change?: Change;
}

/** How a host is written that several ways of writing mean. */
export function hostOf(server: string): string {
  return server.toLowerCase().replace(/\.$/, '');
}
