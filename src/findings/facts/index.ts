import type { ConflictFacts } from './conflicts';
import type { LiveFacts } from './live';
import type { NeighbourFacts, PlatformFacts, WiringFacts } from './platform';
import type { SettingsFacts } from './settings';
import type { ValidationFacts } from './validation';

/** What the findings of each rule know, as plain values. */
export type Facts = SettingsFacts &
  ConflictFacts &
  LiveFacts &
  PlatformFacts &
  WiringFacts &
  NeighbourFacts &
  ValidationFacts;
