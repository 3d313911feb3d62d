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

function expand(root: string, salt: string, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', root, salt, `kaapana:${purpose}`, bytes));
}
