/** Namespaces as they are set, without the name of the instance. */
export interface NamespaceSettings {
  readonly adminNamespace: string;
  readonly servicesNamespace: string;
  readonly jobsNamespace: string;
  readonly extensionsNamespace: string;
  readonly helmNamespace: string;
}

/** Data directories as they are set, without the name of the instance. */
export interface DirectorySettings {
  readonly fastDataDir: string;
  readonly slowDataDir: string;
}

/** What the first instance of a server is called. */
const FIRST = 'main';

/**
 * Every name that has to differ between the instances of a server (deploy script, Kaapana 0.6.0): namespaces get
 * INSTANCE_UID before them, directories after them. The admin namespace is the server's.
 */
export class InstanceScope {
  /** The scope of the instance that objects are labelled with. */
  public static called(instance: string): InstanceScope {
    return new InstanceScope({ instanceUid: instance === FIRST ? '' : instance });
  }

  /** `main` for the first instance. */
  public readonly instance: string;

  constructor(private readonly settings: { readonly instanceUid: string }) {
    this.instance = settings.instanceUid || FIRST;
  }

  /** What the namespaces of projects begin with that users make at run time; the first instance has no name. */
  public get projectPrefix(): string {
    return this.settings.instanceUid === '' ? 'project-' : this.prefixed('');
  }

  /** The namespaces of the instance. */
  public namespaces(given: NamespaceSettings): NamespaceSettings {
    return {
      adminNamespace: given.adminNamespace,
      servicesNamespace: this.prefixed(given.servicesNamespace),
      jobsNamespace: this.prefixed(given.jobsNamespace),
      extensionsNamespace: this.prefixed(given.extensionsNamespace),
      helmNamespace: this.prefixed(given.helmNamespace),
    };
  }

  /** The data directories of the instance. */
  public directories({ fastDataDir, slowDataDir }: DirectorySettings): DirectorySettings {
    const suffix = this.settings.instanceUid === '' ? '' : `-${this.settings.instanceUid}`;
    return { fastDataDir: `${fastDataDir}${suffix}`, slowDataDir: `${slowDataDir}${suffix}` };
  }

  /** The namespace of a project of the instance. */
  public projectNamespace(project: string): string {
    return this.prefixed(`project-${project}`);
  }

  /** `name`, told apart from the same name of another instance. */
  public prefixed(name: string): string {
    return this.settings.instanceUid === '' ? name : `${this.settings.instanceUid}-${name}`;
  }
}
