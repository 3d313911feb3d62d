import { fullKey } from '../base/keys';
import type { Deed, Remedy, Target } from './remedy';

const DEEDS: Readonly<Record<Deed, string>> = {
  'restore-value': 'Restore the old value',
  'rename-object': 'Remove the other one, or give this one another name',
  'move-data': 'Move the data',
  'add-node': 'add a node',
  'fewer-extensions': 'install fewer extensions',
  'lower-requests': 'lower pacsMemoryRequest, airflowMemoryRequest and opensearchMemoryRequest',
  'other-server': 'move it to another server',
  'claim-volume':
    "Give it a claim by the chart's values (often persistence.enabled), and add the chart again with --replace",
  'keep-claim':
    "Give the claim the annotation helm.sh/resource-policy: keep or another class by the chart's values, and add the chart again with --replace",
  'add-chart-again': 'Add the chart again with --secret',
};

/** How mistakes of an environment are mended, in sentences with commands that can be run as they are. */
export class HowTo {
  /** Names the stack, so that the one that happens to be selected is left alone. */
  private readonly options: string;

  /**
   * @param file its file @default - the one that Pulumi finds by the name of the stack
   * @param nameInFile the name that the environment has for a key @default - the one of today
   */
  constructor(
    public readonly environment: string,
    private readonly file?: string,
    private readonly nameInFile = (key: string): string => key,
  ) {
    this.options = `--stack ${shellWord(environment)}${file === undefined ? '' : ` --config-file ${shellWord(file)}`}`;
  }

  /** `remedy` for whoever is told of it: that it is done here, by the name that this environment has for the key. */
  public here(remedy: Remedy): Remedy {
    const target: Target = { environment: this.environment, file: this.file };
    return 'key' in remedy ? { ...remedy, key: this.nameInFile(remedy.key), in: target } : { ...remedy, in: target };
  }

  /** What to do, in a sentence without its end; several are alternatives. */
  public remedies(remedies: readonly Remedy[]): string {
    return remedies.map((remedy) => this.remedy(remedy)).join('; or ');
  }

  /** The command alone that does it; what no command does, in words. */
  public command(remedy: Remedy): string {
    const there = this.at(remedy.in);
    switch (remedy.kind) {
      case 'set':
        return there.setting(remedy.key, remedy.example);
      case 'set-secret':
        return there.secretSetting(remedy.key);
      case 'remove':
        return there.removal(remedy.key, remedy.nested);
      case 'acknowledge':
        return there.acknowledgement(remedy.id);
      case 'run':
        return remedy.command;
      default:
        return this.remedy(remedy);
    }
  }

  /** What is mended by in another environment. */
  private at(target: Target | undefined): HowTo {
    return target === undefined ? this : new HowTo(target.environment, target.file);
  }

  private remedy(remedy: Remedy): string {
    switch (remedy.kind) {
      case 'set':
        return `Set it, e.g.: ${this.command(remedy)}`;
      case 'set-secret':
        return `Set it: ${this.command(remedy)}`;
      case 'remove':
        return this.at(remedy.in).remove(remedy.key, remedy.nested);
      case 'edit':
        return `Correct ${remedy.key} in the file`;
      case 'adopt':
        return `Take it over: add "${remedy.object}" to ${fullKey('adopt')}`;
      case 'acknowledge':
        return `Say that it is known: add "${remedy.id}" to ${fullKey('acknowledged')}`;
      case 'run':
        return `Run: ${remedy.command}`;
      case 'do':
        return DEEDS[remedy.what];
    }
  }

  /**
   * How to do without a key.
   *
   * @param nested whether `key` is a path into a group; a key that was set without `--path` may look like one
   *   @default - it is if it looks like one
   */
  protected remove(key: string, nested?: boolean): string {
    return `Remove it: ${this.removal(key, nested)}`;
  }

  /**
   * The command that sets `key` to `value`. A list or group is set by its first entry, as Pulumi takes no JSON for one.
   */
  protected setting(key: string, value: unknown): string {
    if (Array.isArray(value)) return this.setting(`${key}[0]`, value[0]);
    if (typeof value === 'object' && value !== null) {
      const [name = '', inner] = Object.entries(value)[0] ?? [];
      return this.setting(`${key}.${name}`, inner);
    }
    return `pulumi config set ${this.options} ${this.pathTo(key)} ${shellWord(String(value))}`;
  }

  /** The command that sets a secret, which it reads from the terminal. */
  protected secretSetting(key: string): string {
    return `pulumi config set ${this.options} --secret ${this.pathTo(key)}`;
  }

  /** The command that removes `key`. */
  private removal(key: string, nested?: boolean): string {
    return `pulumi config rm ${this.options} ${this.pathTo(key, nested)}`;
  }

  /** The command that acknowledges; Pulumi takes a value under the name of a password for a secret. */
  private acknowledgement(id: string): string {
    return `pulumi config set --plaintext ${this.options} ${this.pathTo(`acknowledged["${id}"]`)} '<reason>'`;
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
