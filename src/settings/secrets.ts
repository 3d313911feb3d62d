import { type SecretToken, secretToken } from '../../constructs/kube';
import { ALPHABETS, deriveCookieSecret, derivePassword, deriveText, LONGEST_TEXT, type TextForm } from './derive';

/** Settings that the others are derived from; the first one that is set. */
const ROOTS = ['credentials.rootSecret', 'credentials.oidcClientSecret'] as const;

/** Keys of 32 bytes; all others are passwords. */
const COOKIE_SECRETS: ReadonlySet<string> = new Set(['credentials.cookieSecret']);

/** What the instances of a server have in common, as accounts of its one identity provider: derived alike by all. */
const SHARED: ReadonlySet<string> = new Set(['credentials.systemUserPassword']);
const SHARED_SALT = 'main';

/** Where the value of a secret comes from: the settings, Pulumi's decryption alone, or another secret. */
export type SecretSource =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'sealed' }
  | {
      readonly kind: 'derived';
      readonly from: string;
      readonly salt: string;
      readonly purpose: string;
      readonly format: 'password' | 'cookie' | TextForm;
    };

const FORM = /^(?<purpose>[^#]+)#(?<alphabet>[a-z0-9]+):(?<length>\d{1,4})$/;

/** The name of a secret that is derived as a text of that form; the form changes nothing of the purpose. */
export function nameWithForm(purpose: string, { alphabet, length }: TextForm): string {
  return `${purpose}#${alphabet}:${length}`;
}

function formIn(name: string): { readonly purpose: string; readonly form?: TextForm } {
  const { purpose, alphabet, length } = FORM.exec(name)?.groups ?? {};
  if (purpose === undefined || alphabet === undefined || !Object.hasOwn(ALPHABETS, alphabet)) return { purpose: name };
  const form = {
    alphabet: alphabet as TextForm['alphabet'],
    length: Math.min(Number(length), LONGEST_TEXT),
  };
  return { purpose, form };
}

/** The secrets of an environment. Constructs get tokens; only the bridge and the renderer ask for values. */
export class Secrets {
  private readonly given = new Map<string, SecretSource>();

  /** @param instance tells the derived secrets of instances apart; asked when one is needed */
  constructor(private readonly instance: () => string) {}

  /** Takes the value of a setting; its token stands for it from now on. */
  public add(name: string, value: string): SecretToken {
    this.given.set(name, { kind: 'value', value });
    return secretToken(name);
  }

  /** Takes note of a setting that only Pulumi can open. */
  public seal(name: string): SecretToken {
    this.given.set(name, { kind: 'sealed' });
    return secretToken(name);
  }

  /** Where the value of a secret comes from. */
  public source(name: string): SecretSource {
    const from = ROOTS.find((root) => this.given.has(root)) ?? ROOTS[0];
    const { purpose, form } = formIn(name);
    const format = form ?? (COOKIE_SECRETS.has(name) ? 'cookie' : 'password');
    return (
      this.given.get(name) ?? {
        kind: 'derived',
        from,
        salt: SHARED.has(name) ? SHARED_SALT : this.instance(),
        purpose,
        format,
      }
    );
  }

  /** The setting that a secret follows from: its own, or the one that it is derived from. */
  public settingOf(name: string): string {
    const source = this.source(name);
    return source.kind === 'derived' ? source.from : name;
  }

  /** The value of a secret; undefined when only Pulumi can open it, or what it is derived from. */
  public resolve(name: string): string | undefined {
    const source = this.source(name);
    if (source.kind !== 'derived') return source.kind === 'value' ? source.value : undefined;
    const root = this.given.get(source.from);
    if (root?.kind !== 'value') return undefined;
    const { format, salt, purpose } = source;
    if (typeof format === 'object') return deriveText(root.value, salt, purpose, format);
    return (format === 'cookie' ? deriveCookieSecret : derivePassword)(root.value, salt, purpose);
  }

  /** Names of the settings whose values stand in plain text in the file. */
  public plainInFile(): string[] {
    return [...this.given].flatMap(([name, { kind }]) => (kind === 'value' ? [name] : []));
  }
}
