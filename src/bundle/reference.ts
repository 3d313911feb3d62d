/** The parts of the reference of an image, e.g. `registry.example.org/kaapana/minio:0.6.0`. */
export interface Reference {
  /** Registry, e.g. `registry.example.org`. */
  readonly host: string;

  /** e.g. `kaapana/minio`. */
  readonly repository: string;

  /** Tag, or digest with its algorithm. */
  readonly version: string;
}

const FORM = /^(?<name>[^@]+?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>\w+:[0-9a-f]+))?$/;

/** The parts of `reference`, with what container runtimes add to short ones. */
export function parseReference(reference: string): Reference {
  const { name = '', tag, digest } = FORM.exec(reference)?.groups ?? {};
  const [first = '', ...rest] = name.split('/');
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const repository = hasHost ? rest.join('/') : rest.length === 0 ? `library/${name}` : name;
  return { host: hasHost ? first : 'docker.io', repository, version: digest ?? tag ?? 'latest' };
}

/** The whole text of a reference. */
export function referenceText({ host, repository, version }: Reference): string {
  return `${host}/${repository}${version.includes(':') ? '@' : ':'}${version}`;
}
