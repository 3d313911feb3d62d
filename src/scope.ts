/** What an instance is called after; a part of the settings. */
export interface ScopeSettings {
  readonly instanceUid: string;
  readonly adminNamespace: string;
  readonly servicesNamespace: string;
  readonly jobsNamespace: string;
  readonly extensionsNamespace: string;
  readonly helmNamespace: string;
  readonly fastDataDir: string;
  readonly slowDataDir: string;
}

/**
 * Every name that has to differ between the instances of a server (deploy script, Kaapana 0.6.0): namespaces get
 * INSTANCE_UID before them, directories after them. The admin namespace is the server's.
 */
export class InstanceScope {
  /** `main` for the first instance. */
  public readonly instance: string;

  constructor(private readonly settings: ScopeSettings) {
    this.instance = settings.instanceUid || 'main';
  }

  /** The namespaces. */
  public get namespaces(): Pick<ScopeSettings, 'adminNamespace' | 'servicesNamespace' | 'jobsNamespace' | 'extensionsNamespace' | 'helmNamespace'> {
    const { settings } = this;
    return {
      adminNamespace: settings.adminNamespace,
      servicesNamespace: this.prefixed(settings.servicesNamespace),
      jobsNamespace: this.prefixed(settings.jobsNamespace),
      extensionsNamespace: this.prefixed(settings.extensionsNamespace),
      helmNamespace: this.prefixed(settings.helmNamespace),
    };
  }

  /** The data directories. */
  public get directories(): Pick<ScopeSettings, 'fastDataDir' | 'slowDataDir'> {
    const suffix = this.settings.instanceUid === '' ? '' : `-${this.settings.instanceUid}`;
    return { fastDataDir: `${this.settings.fastDataDir}${suffix}`, slowDataDir: `${this.settings.slowDataDir}${suffix}` };
  }

  /** `name`, told apart from the same name of another instance. */
  public prefixed(name: string): string {
    return this.settings.instanceUid === '' ? name : `${this.settings.instanceUid}-${name}`;
  }
}
