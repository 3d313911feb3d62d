import { printable } from '../base/printable';
import type { Facts } from '../findings/facts';
import type { SettingsFacts } from '../findings/facts/settings';
import { finding, type Finding, type Found } from '../findings/finding';
import type { Remedy } from '../findings/remedy';
import { isAboutSettings } from '../findings/texts/settings';

/** Something that is wrong with the settings. */
export type Mistake = {
  readonly [R in keyof SettingsFacts]: Found<R> & { readonly subject: Setting };
}[keyof SettingsFacts];

interface Setting {
  readonly kind: 'setting';

  /** Path of the key below `kaapana:`, e.g. `smtp.port`; a key of another namespace as a whole. */
  readonly key: string;

  /** The value that it has. @default - it is missing, or a secret, or the key is no setting */
  readonly value?: unknown;
}

/** A mistake in the setting `key`. */
export function mistake<R extends keyof SettingsFacts>(
  rule: R,
  key: string,
  facts: Facts[R],
  ...remedies: readonly Remedy[]
): Found<R> & { readonly subject: Setting } {
  const subject: Setting = { kind: 'setting', key };
  return { ...finding(rule, subject, facts, ...remedies), subject };
}

/** Whether it is one. */
export function isMistake(found: Finding): found is Mistake {
  return isAboutSettings(found) && found.subject.kind === 'setting';
}

/** Sets `key` to a value like `example`. */
export function set(key: string, example: unknown): Remedy {
  return { kind: 'set', key, example };
}

export function setSecret(key: string): Remedy {
  return { kind: 'set-secret', key };
}

/** @param nested whether `key` is a path @default - it is if it looks like one */
export function remove(key: string, nested?: boolean): Remedy {
  return { kind: 'remove', key, ...(nested === undefined ? {} : { nested }) };
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
