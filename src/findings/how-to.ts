import { fullKey } from '../base/keys';

/** How mistakes of an environment are mended, in sentences with commands that can be run as they are. */
export class HowTo {
  /** Names the stack, so that the one that happens to be selected is left alone. */
  private readonly target: string;

  /**
   * @param file its file @default - the one that Pulumi finds by the name of the stack
   * @param nameInFile the name that the environment has for a key @default - the one of today
   */
  constructor(
    environment: string,
    file?: string,
    private readonly nameInFile = (key: string): string => key,
  ) {
    this.target = `--stack ${shellWord(environment)}${file === undefined ? '' : ` --config-file ${shellWord(file)}`}`;
  }

  /** How to set `key` to a value like `example`. A list or group is set by its first entry, as Pulumi takes no JSON for one. */
  public set(key: string, example: unknown): string {
    return `Set it, e.g.: ${this.setting(key, example)}`;
  }

  /** How to set a secret. */
  public setSecret(key: string): string {
    return `Set it: ${this.secretSetting(key)}`;
  }

  /**
   * How to do without a key.
   *
   * @param nested whether `key` is a path into a group; a key that was set without `--path` may look like one
   */
  public remove(key: string, nested = isPath(key)): string {
    return `Remove it: ${this.removal(key, nested)}`;
  }

  /** The command alone that sets `key`. */
  public setting(key: string, value: unknown): string {
    if (Array.isArray(value)) return this.setting(`${key}[0]`, value[0]);
    if (typeof value === 'object' && value !== null) {
      const [name = '', inner] = Object.entries(value)[0] ?? [];
      return this.setting(`${key}.${name}`, inner);
    }
    return `pulumi config set ${this.target} ${this.pathTo(key)} ${shellWord(String(value))}`;
  }

  /** The command alone that sets a secret, which it reads from the terminal. */
  public secretSetting(key: string): string {
    return `pulumi config set ${this.target} --secret ${this.pathTo(key)}`;
  }

  /** The command alone that removes `key`. */
  public removal(key: string, nested = isPath(key)): string {
    return `pulumi config rm ${this.target} ${this.pathTo(key, nested)}`;
  }

  private pathTo(key: string, nested = isPath(key)): string {
    return `${nested ? '--path ' : ''}${shellWord(fullKey(this.nameInFile(key)))}`;
  }
}

function isPath(key: string): boolean {
  return /[.[]/.test(key);
}

/** `text` as one word of a command. */
export function shellWord(text: string): string {
  return /^[\w./:@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
