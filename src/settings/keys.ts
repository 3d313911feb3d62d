import { distance } from 'fastest-levenshtein';
import { PREFIX } from '../base/keys';
import { finding, type Found } from '../findings/finding';

const NAMESPACE = PREFIX.slice(0, -1);

/** Namespaces that Pulumi and the provider of this project read. */
const READ_BY_OTHERS: ReadonlySet<string> = new Set(['pulumi', 'kubernetes']);

/** How many letters may be wrong in a namespace that was meant to be ours. */
const WRONG_LETTERS = 2;

/** The keys of an environment by who reads them. */
export interface Keys {
  /**
   * Values of the `kaapana:` keys, without the prefix; by their full names those of a namespace that was meant to be
   * it, and those that Pulumi cannot read.
   */
  readonly raw: Readonly<Record<string, unknown>>;

  /** Keys of namespaces that nobody here reads. */
  readonly unread: readonly string[];
}

/** Sorts the keys of a section `config:`, or of Pulumi's configuration, as Pulumi does. */
export function sortKeys(config: Readonly<Record<string, unknown>>): Keys {
  const entries = Object.entries(config).map(([key, value]) => ({ key: canonicalKey(key), value }));
  const unread = entries.map(({ key }) => key).filter(isUnread);
  const own = entries.filter(({ key }) => !isReadByOthers(key) && !isUnread(key));
  return { raw: Object.fromEntries(own.map(({ key, value }) => [nameIn(key), value])), unread };
}

/**
 * `key` as Pulumi knows it: one without a namespace is the project's, and `config:` in the middle is an old way to
 * write it.
 */
export function canonicalKey(key: string): string {
  return key.includes(':') ? key.replace(/^([^:]*):config:([^:]*)$/, '$1:$2') : `${PREFIX}${key}`;
}

/** What is worth a thought about keys that nobody reads. */
export function unreadWarnings(unread: readonly string[]): Found<'unread-key'>[] {
  return unread.map((key) => finding('unread-key', { kind: 'setting', key }, {}));
}

/** Without our namespace, if it is one that Pulumi reads. */
function nameIn(key: string): string {
  return isReadable(key) && key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key;
}

function isReadByOthers(key: string): boolean {
  return READ_BY_OTHERS.has(namespaceOf(key));
}

function isUnread(key: string): boolean {
  const namespace = namespaceOf(key).toLowerCase();
  return (
    isReadable(key) &&
    !isReadByOthers(key) &&
    !namespace.startsWith(NAMESPACE) &&
    distance(namespace, NAMESPACE) > WRONG_LETTERS
  );
}

/** Pulumi refuses a file with a key that has more than a namespace and a name. */
export function isReadable(key: string): boolean {
  return key.split(':').length === 2;
}

function namespaceOf(key: string): string {
  return key.split(':')[0] ?? '';
}
