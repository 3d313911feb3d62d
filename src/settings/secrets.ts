import { secretToken } from '../../constructs/kube';
import { deriveKey, derivePassword } from './derive';

/** Settings that the others are derived from; the first one that is set. */
const ROOTS = ['credentials.rootSecret', 'credentials.oidcClientSecret'] as const;

/** Secrets in base64 of 32 bytes; all others are passwords. */
const KEYS: ReadonlySet<string> = new Set(['credentials.cookieSecret']);

/** The secrets of an environment. Constructs get tokens; only the bridge and the renderer ask for values. */
export class Secrets {
  private readonly plain = new Map<string, string>();
  private readonly sealed = new Set<string>();

  /** @param instance tells the derived secrets of instances apart */
  constructor(private readonly instance: () => string) {}

  /** Takes the value of a setting; its token stands for it from now on. */
  public keep(name: string, value: string): string {
    this.plain.set(name, value);
    return secretToken(name);
  }

  /** Takes note of a setting that only Pulumi can open. */
  public seal(name: string): string {
    this.sealed.add(name);
    return secretToken(name);
  }

  /** The token of a secret: the setting of that name, or else one derived for this purpose. */
  public token(name: string): string {
    return secretToken(name);
  }

  /** The value of a secret; undefined when only Pulumi can open it, or what it is derived from. */
  public resolve(name: string): string | undefined {
    if (this.sealed.has(name)) return undefined;
    const given = this.plain.get(name);
    if (given !== undefined) return given;
    const root = ROOTS.find((candidate) => this.plain.has(candidate) || this.sealed.has(candidate));
    const secret = root === undefined ? undefined : this.plain.get(root);
    if (secret === undefined) return undefined;
    const derive = KEYS.has(name) ? deriveKey : derivePassword;
    return derive(secret, this.instance(), name);
  }

  /** Names of the settings whose values stand in plain text in the file. */
  public plainInFile(): string[] {
    return [...this.plain.keys()];
  }
}
