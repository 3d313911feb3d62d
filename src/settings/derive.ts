import { hkdfSync } from 'node:crypto';

/**
 * A password of one purpose: HKDF-SHA256 of `root`, 192 bits in 36 characters, with an upper- and a lower-case letter,
 * a digit and a special character, as password rules want them.
 *
 * @param salt tells instances apart
 */
export function derivePassword(root: string, salt: string, purpose: string): string {
  // A program that gets it as an argument would take a dash in front for an option.
  return `${expand(root, salt, purpose, 24).toString('base64url').replace(/^-/, 'k')}-Aa1`;
}

/**
 * A key of 32 bytes in base64 for URLs, as oauth2-proxy wants it for its cookies (AES-256); it takes + and / for bytes
 * of the key.
 */
export function deriveCookieSecret(root: string, salt: string, purpose: string): string {
  return expand(root, salt, purpose, 32).toString('base64url');
}

/** Kinds of signs that a text may be made of; `uuid` and `base64` have forms of their own. */
export const ALPHABETS = {
  digits: '0123456789',
  hex: '0123456789abcdef',
  lower: 'abcdefghijklmnopqrstuvwxyz0123456789',
  letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  alphanumeric: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  uuid: '0123456789abcdef',
} as const;

/** What a derived text looks like. */
export interface TextForm {
  readonly alphabet: keyof typeof ALPHABETS;

  /** Number of its signs, {@link LONGEST_TEXT} at most. */
  readonly length: number;
}

export const LONGEST_TEXT = 1024;

/** A text of a given form, for programs that take no other. A longer one begins with the shorter of its purpose. */
export function deriveText(root: string, salt: string, purpose: string, { alphabet, length }: TextForm): string {
  if (alphabet === 'base64') {
    const bytes = Math.floor((length * 3) / 4);
    return expand(root, salt, purpose, bytes).toString('base64').padEnd(length, '=').slice(0, length);
  }
  const signs = ALPHABETS[alphabet];
  // A byte beyond the last whole round would make the first signs more frequent.
  const fair = 256 - (256 % signs.length);
  const text = [...expand(root, salt, purpose, 2 * length + 128)]
    .filter((byte) => byte < fair)
    .map((byte) => signs[byte % signs.length])
    .join('')
    .slice(0, length);
  return alphabet === 'uuid' ? asUuid(text) : text;
}

/** Version 4, as RFC 9562 has it. */
function asUuid(hex: string): string {
  const digits = hex.slice(0, 32).padEnd(32, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}

function expand(root: string, salt: string, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', root, salt, `kaapana:${purpose}`, bytes));
}
