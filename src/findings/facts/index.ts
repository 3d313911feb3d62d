import type { LiveFacts } from './live';

/** What the findings of each rule know, as plain values. */
export type Facts = LiveFacts;
