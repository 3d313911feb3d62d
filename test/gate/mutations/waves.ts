import { CONNECTING } from './connecting';
import { ENTERING } from './entering';
import { KEEPING } from './keeping';
import { LEADING } from './leading';
import type { Mutation } from './mutation';
import { OPENING } from './opening';
import { RUNNING } from './running';

/** Mutations that are made together, as none hides what another does. */
export interface Wave {
  readonly name: string;
  readonly mutations: readonly Mutation[];

  /** Milliseconds that a healthy program may take first. @default 0 */
  readonly settle?: number;
}

/** What a healthy program takes until it is ready. */
const START_MS = 25_000;

/** All mutations, in the order in which they are made. */
export const WAVES: readonly Wave[] = [
  { name: 'programs that do not run', mutations: RUNNING, settle: START_MS },
  { name: 'connections and ports', mutations: [...CONNECTING, ...OPENING] },
  { name: 'routes and data', mutations: [...LEADING, ...KEEPING] },
  ...ENTERING,
];
