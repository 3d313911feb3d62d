import { isCredentialByForm, isPublicName, nameSays } from '../../settings/credential-names';
import { type Landing, landingSays } from './landing';

/** A value that was chosen for a chart, and what is known of it. */
export interface Judged {
  /** Path in the values, or name of the parameter. */
  readonly key: string;
  readonly value: unknown;

  /** What the chart has there. */
  readonly fallback: unknown;

  /** Whether it is one of a list of choices. */
  readonly isChoice: boolean;

  /** @default - the chart cannot be rendered with anything else there */
  readonly landing?: Landing;
}

/** What a value is, and why. */
export interface Verdict {
  readonly is: 'credential' | 'plain' | 'perhaps';
  readonly because: string;
}

const PLAIN: Verdict = { is: 'plain', because: '' };

/** Decides by its form, its type and where it ends up; then by its name. */
export function verdict({ key, value, fallback, isChoice, landing }: Judged): Verdict {
  const texts = [value].flat().filter((item) => typeof item === 'string' && item !== '');
  if (texts.some((text) => isCredentialByForm(String(text))))
    return { is: 'credential', because: 'it has the form of a private key, a token or an address with a password' };
  if (texts.length === 0 || isChoice || isPlainType(fallback)) return PLAIN;
  const { says, because } = landing ? landingSays(landing) : { says: 'nothing' as const, because: '' };
  const name = nameSays(key);
  if (says === 'plain') return PLAIN;
  if (says === 'credential') {
    if (name === 'credential' || name === 'perhaps') return { is: 'credential', because };
    return isPublicName(key) || name === 'plain' ? { is: 'perhaps', because } : { is: 'credential', because };
  }
  if (name === 'credential') return { is: 'credential', because: because || 'its name says so' };
  if (name === 'plain') return PLAIN;
  if (name === 'perhaps') return { is: 'perhaps', because: because || 'its name may say so' };
  return says === 'perhaps' && !isPublicName(key) ? { is: 'perhaps', because } : PLAIN;
}

/** Why `--secret` does not fit to a value; undefined where it does. */
export function noSecret({ key, fallback, isChoice, landing }: Omit<Judged, 'value'>): string | undefined {
  const isInSecret = landing?.places.some(({ kind }) => kind === 'secret') === true;
  const { says, because } = landing ? landingSays(landing) : { says: 'nothing' as const, because: '' };
  if (says === 'plain') return `${because}, and no credential. Set it: --set ${key}=<value>`;
  if (isChoice) return `it is one of a list of choices, and no credential. Set it: --set ${key}=<value>`;
  if (isPlainType(fallback) && !isInSecret)
    return `it is ${typeof fallback === 'boolean' ? 'a switch' : 'a number'} in the chart (${String(fallback)}), and no credential: a random password would stand there. Set it: --set ${key}=<value>`;
  return undefined;
}

function isPlainType(fallback: unknown): boolean {
  return typeof fallback === 'number' || typeof fallback === 'boolean';
}

/** Whether a derived password is of no use in place of it: a key that others have made, or know. */
export function comesFromOthers(key: string): boolean {
  return /private|client|ssh|tls|ssl|pem|cert|api|license|access|kubeconfig|keytab/i.test(key);
}
