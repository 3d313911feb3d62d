import type { ConflictFacts } from './conflicts';
import type { LiveFacts } from './live';
import type { NeighbourFacts, PlatformFacts, WiringFacts } from './platform';

/** What the findings of each rule know, as plain values. */
export type Facts = ConflictFacts & LiveFacts & PlatformFacts & WiringFacts & NeighbourFacts;
