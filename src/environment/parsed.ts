import type { HowTo } from '../findings/how-to';
import { parseSettings, type Parsed } from '../settings/parse';
import { typeProblems } from '../settings/pulumi-types';
import { type EnvironmentFile, howToMend, readEnvironment } from './file';

/** An environment whose settings are right; nothing of it is built. */
export interface ParsedEnvironment extends Parsed {
  /** Name of the environment. */
  readonly environment: string;

  /** Folder with its file and the other environments. */
  readonly directory: string;

  /** What is changed in it by. */
  readonly howTo: HowTo;

  /** Keys of its file that nobody here reads. */
  readonly unread: readonly string[];

  /** Path of its file. @default - Pulumi has read it */
  readonly file?: string;
}

/** @throws FindingsError with everything that is wrong, for us or for Pulumi */
export function parseEnvironment(read: EnvironmentFile, from?: string): ParsedEnvironment {
  const { environment, raw, unread, directory, file } = read;
  const howTo = howToMend(read, from);
  // What Pulumi has read it has also checked.
  const mistyped = file === undefined ? [] : typeProblems(raw);
  return { environment, directory, file, unread, howTo, ...parseSettings(raw, environment, howTo, mistyped) };
}

/**
 * The settings of the environment `nameOrPath`: `dev` for `Pulumi.dev.yaml` in `directory`, or any file in that format.
 *
 * @throws OperatorError when there is no such environment, or its settings are wrong
 */
export function readSettings(nameOrPath: string, directory: string, from?: string): ParsedEnvironment {
  return parseEnvironment(readEnvironment(nameOrPath, directory), from);
}
