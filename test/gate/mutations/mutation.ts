import type { Gate } from '../support/gate';
import type { Undo } from './edit';
import type { Judges } from './judges';

/** A weakening or a break of what is rendered, and the judge that has to notice. */
export interface Mutation {
  readonly name: string;
  readonly make: (gate: Gate) => Undo | Promise<Undo>;
  readonly judge: (judges: Judges) => Promise<string[]>;

  /** What one of the judge's sentences has to say. */
  readonly says: RegExp;

  /** Deployments that read at their start what is changed. @default - none */
  readonly restarts?: readonly string[];
}
