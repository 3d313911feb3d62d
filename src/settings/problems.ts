import { OperatorError } from '../operator-error';

/** One mistake in the settings. */
export interface Problem {
  /** Path of the key below `kaapana:`, e.g. `smtp.port`. */
  readonly key: string;

  /** What is wrong with it, with the value where that is no secret. */
  readonly message: string;

  /** What to do. */
  readonly remedy: string;
}

/** The settings are wrong; `problems` is all that is wrong with them. */
export class SettingsError extends OperatorError {
  constructor(public readonly environment: string, public readonly problems: readonly Problem[]) {
    const lines = problems.map(({ key, message, remedy }) => `  - kaapana:${key}: ${message}. ${remedy}`);
    super([`${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'} in the settings of ${environment}:`, ...lines].join('\n'));
  }
}

/** How to set a key. */
export function howToSet(key: string, example: unknown, secret = false): string {
  const value = typeof example === 'string' ? example : JSON.stringify(example);
  const path = /[.[]/.test(key) ? '--path ' : '';
  return secret ? `Set it: pulumi config set --secret ${path}kaapana:${key}` : `Set it, e.g.: pulumi config set ${path}kaapana:${key} ${shellWord(value)}`;
}

function shellWord(text: string): string {
  return /^[\w./:@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
