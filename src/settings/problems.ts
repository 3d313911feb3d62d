import { OperatorError } from '../base/operator-error';
import { fullKey } from '../base/keys';

/** One mistake in the settings. */
export interface Problem {
  /** Path of the key below `kaapana:`, e.g. `smtp.port`; a key of another namespace as a whole. */
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
  constructor(
    public readonly environment: string,
    public readonly problems: readonly Problem[],
  ) {
    // A key may be anything, and this goes to a terminal.
    const lines = problems.map(({ key, message, remedy }) => printable(`  - ${fullKey(key)}: ${message}. ${remedy}`));
    super(
      [
        `${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'} in the settings of ${environment}:`,
        ...lines,
      ].join('\n'),
    );
  }
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
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\uE000-\uE005]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
