import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { ThirdPartyInstall } from '../../constructs/extensions/third-party/third-party-chart';
import { writeTogether } from '../base/files';
import { PREFIX } from '../base/keys';
import { OperatorError } from '../base/operator-error';
import { type Choices, type Inspected, RefusedChart } from '../charts/inspect';
import { credentialsOf, readThirdParty } from '../charts/load';
import { FILES, fromFile, sha256, toFile } from '../charts/rendered';
import type { HowTo } from '../findings/how-to';
import { nameIn } from '../settings/aliases';
import { canonicalKey } from '../settings/keys';
import { parseSettings, type Settings } from '../settings/parse';
import { readEnvironment } from './file';
import { parseEnvironment } from './parsed';
import { primarySettings } from './primary';
import { buildPlatform } from './tree';

/** The setting that they stand in, unless the file has it by a former name. */
const SETTING = 'thirdPartyExtensions';

/** An entry as it stands in the file: credentials may be encrypted. */
interface RawEntry {
  readonly as: string;
  readonly chart: string;
  readonly sha256: string;
  readonly rendered: string;
  readonly project?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
}

/** The charts that others made, in the file of an environment. */
export class ThirdPartyExtensions {
  public readonly settings: Settings;

  /** What is set in the environment by. */
  public readonly howTo: HowTo;
  public readonly environment: string;
  private readonly directory: string;
  private readonly file: string;
  private readonly raw: Readonly<Record<string, unknown>>;

  /** The name that the setting has in the file. */
  private readonly key: string;
  private entries: readonly RawEntry[];

  /** @throws OperatorError when there is no such environment, or its settings are wrong */
  constructor(nameOrPath: string) {
    const read = readEnvironment(nameOrPath, process.cwd());
    const { environment, raw, directory, file = '' } = read;
    const { settings, howTo } = parseEnvironment(read);
    this.environment = environment;
    this.directory = directory;
    this.file = file;
    this.raw = raw;
    this.howTo = howTo;
    this.settings = settings;
    this.key = nameIn(raw, SETTING);
    this.entries = (raw[this.key] ?? []) as readonly RawEntry[];
  }

  /** The entry of that name in the file. */
  public find(name: string): RawEntry | undefined {
    return this.entries.find(({ as }) => as === name);
  }

  /** What was chosen for the install of that name, with further choices over it. */
  public choices(name: string, more: Choices): Choices {
    const entry = this.find(name);
    const file = join(this.directory, 'extensions', this.environment, name, FILES.rendered);
    if (!entry || !existsSync(file)) return more;
    const { values, secrets, leftOut } = fromFile(readFileSync(file, 'utf8'));
    const before = Object.entries(values).map(
      ([key, value]) => `${key}=${Array.isArray(value) ? value.join(',') : String(value)}`,
    );
    return {
      ...more,
      as: name,
      project: more.project ?? entry.project,
      set: [...before, ...more.set],
      secret: [...new Set([...secrets, ...more.secret])],
      withoutRemovalHooks: more.withoutRemovalHooks || leftOut.length > 0,
    };
  }

  /** Where the entry of that name stands in the list. */
  public position(name: string): number {
    return this.entries.findIndex(({ as }) => as === name);
  }

  /**
   * Adds an install, or replaces the one of its name: its folder, then its entry.
   *
   * @throws FindingsError when it does not fit to what is there, OperatorError when a file cannot be written;
   *   then all is as it was
   */
  public add({ name, rendered }: Inspected, packed: Buffer, project: string | undefined): void {
    const folder = join('extensions', this.environment, name);
    const content = toFile(rendered);
    const { values, secrets } = rendered;
    const kept = Object.entries(this.find(name)?.secrets ?? {}).filter(([key]) => secrets.includes(key));
    const entry: RawEntry = {
      as: name,
      chart: `${folder}/${FILES.chart}`,
      sha256: sha256(packed),
      rendered: sha256(content),
      ...(project === undefined ? {} : { project }),
      ...(Object.keys(values).length === 0 ? {} : { values }),
      ...(kept.length === 0 ? {} : { secrets: Object.fromEntries(kept) }),
    };
    const entries = this.find(name)
      ? this.entries.map((other) => (other.as === name ? entry : other))
      : [...this.entries, entry];
    this.tryOut(entries, name, rendered);
    this.write(
      entries,
      new Map<string, string | Buffer>([
        [join(this.directory, folder, FILES.chart), packed],
        [join(this.directory, folder, FILES.rendered), content],
      ]),
    );
  }

  /** Takes an install out: its entry, then its folder. */
  public remove(name: string): void {
    const entry = this.find(name);
    if (!entry) {
      const names = this.entries.map(({ as }) => as);
      throw new OperatorError(
        `"${name}" is not one of the third-party charts of ${this.environment}: ${names.join(', ') || 'there are none'}`,
      );
    }
    this.write(this.entries.filter((other) => other !== entry));
    // A folder elsewhere was not made by `add`.
    const folder = join('extensions', this.environment, name);
    if (entry.chart === `${folder}/${FILES.chart}` && existsSync(join(this.directory, folder)))
      rmSync(join(this.directory, folder), { recursive: true });
  }

  /** Builds the whole platform with it; others that are out of date do not stand in its way. */
  private tryOut(
    entries: readonly RawEntry[],
    name: string,
    { objects, templates, secrets }: Inspected['rendered'],
  ): void {
    const { settings } = parseSettings({ ...this.raw, [this.key]: entries }, this.environment, this.howTo);
    const installs = settings.thirdPartyExtensions.flatMap((entry): ThirdPartyInstall[] => {
      if (entry.as === name)
        return [{ name, objects, templates, credentials: credentialsOf(entry, settings, secrets) }];
      return [readThirdParty(entry, settings, this.directory).install ?? []].flat();
    });
    const thirdPartyExtensions = settings.thirdPartyExtensions.filter(({ as }) =>
      installs.some((install) => install.name === as),
    );
    const host = primarySettings(settings, this.environment, this.directory);
    try {
      buildPlatform({ ...settings, thirdPartyExtensions }, this.environment, host, installs, this.howTo);
    } catch (problem) {
      if (problem instanceof OperatorError) throw problem;
      // What no check has foreseen, e.g. a quantity that is none.
      throw new RefusedChart([(problem as Error).message]);
    }
  }

  /** Writes the entries, and what they refer to. */
  private write(entries: readonly RawEntry[], folder: ReadonlyMap<string, string | Buffer> = new Map()): void {
    const document = parseDocument(readFileSync(this.file, 'utf8'));
    const written = Object.keys((document.toJS() as { config: object }).config).find(
      (key) => canonicalKey(key) === `${PREFIX}${this.key}`,
    );
    const path = ['config', written ?? `${PREFIX}${this.key}`];
    if (entries.length === 0) document.deleteIn(path);
    else document.setIn(path, document.createNode(entries, { aliasDuplicateObjects: false }));
    writeTogether(new Map([...folder, [this.file, document.toString({ lineWidth: 0 })]]));
    this.entries = entries;
  }
}
