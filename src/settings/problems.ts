import { OperatorError } from '../operator-error';

/** One mistake in the settings. */
export interface Problem {
  /** Path of the key below `kaapana:`, e.g. `smtp.port`. */
  readonly key: string;

  /**
   * The value that it has.
   *
   * @default - it is missing, or a secret, or the key is no setting
   */
  readonly value?: unknown;

  /** What is wrong with it, with the value where that is no secret. */
  readonly message: string;

  /** What to do. */
  readonly remedy: string;
}

/** The settings are wrong; `problems` is all that is wrong with them. */
export class SettingsError extends OperatorError {
  constructor(public readonly environment: string, public readonly problems: readonly Problem[]) {
    // A key may be anything, and this goes to a terminal.
    const lines = problems.map(({ key, message, remedy }) => printable(`  - kaapana:${key}: ${message}. ${remedy}`));
    super([`${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'} in the settings of ${environment}:`, ...lines].join('\n'));
  }
}

/** How to set `key` to a value like `example`. A list or group is set by its first entry, as Pulumi takes no JSON for one. */
export function howToSet(key: string, example: unknown): string {
  if (Array.isArray(example)) return howToSet(`${key}[0]`, example[0]);
  if (typeof example === 'object' && example !== null) {
    const [name = '', value] = Object.entries(example)[0] ?? [];
    return howToSet(`${key}.${name}`, value);
  }
  return `Set it, e.g.: pulumi config set ${pathTo(key)} ${shellWord(String(example))}`;
}

/** How to set a secret. */
export function howToSetSecret(key: string): string {
  return `Set it: pulumi config set --secret ${pathTo(key)}`;
}

/**
 * How to do without a key.
 *
 * @param nested whether `key` is a path into a group; a key that was set without `--path` may look like one
 */
export function howToRemove(key: string, nested = isPath(key)): string {
  return `Remove it: pulumi config rm ${pathTo(key, nested)}`;
}

/** `value` for a message: on one line, not too long, and without the password of a URL. */
export function shown(value: unknown): string {
  const text = printable(withoutPassword(JSON.stringify(value) ?? ''));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** `text` without the account in a URL. */
export function withoutPassword(text: string): string {
  return text.replace(/\/\/[^"]*@/g, '//***@');
}

/** `text` with control signs, and those of tokens, as their numbers. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\uE000-\uE005]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function pathTo(key: string, nested = isPath(key)): string {
  return `${nested ? '--path ' : ''}${shellWord(`kaapana:${key}`)}`;
}

function isPath(key: string): boolean {
  return /[.[]/.test(key);
}

function shellWord(text: string): string {
  return /^[\w./:@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
