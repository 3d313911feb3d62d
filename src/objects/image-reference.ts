import ipaddr from 'ipaddr.js';

/** The parts of the reference of an image, e.g. `registry.example.org/kaapana/minio:0.6.0`. */
export interface Reference {
  /** Registry, e.g. `registry.example.org`. */
  readonly host: string;

  /** e.g. `kaapana/minio`. */
  readonly repository: string;

  /** Tag, or digest with its algorithm; the digest where there are both, as that says more. */
  readonly version: string;
}

const FORM = /^(?<name>[^@]+?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>\w+:[0-9a-f]+))?$/;

/** Other names of Docker's registry. */
const DOCKER: ReadonlySet<string> = new Set(['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

/** The parts of `reference`, with what container runtimes add to short ones. */
export function parseReference(reference: string): Reference {
  const { name = '', tag, digest } = FORM.exec(reference)?.groups ?? {};
  const [first = '', ...rest] = name.split('/');
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const named = hasHost ? first.toLowerCase() : 'docker.io';
  const host = DOCKER.has(named) ? 'docker.io' : named;
  const path = hasHost ? rest.join('/') : name;
  const repository = host === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  return { host, repository, version: digest ?? tag ?? 'latest' };
}

/** The whole text of a reference. */
export function referenceText({ host, repository, version }: Reference): string {
  return `${host}/${repository}${version.includes(':') ? '@' : ':'}${version}`;
}

/** One text for all references of an image. */
export function canonicalReference(reference: string): string {
  return referenceText(parseReference(reference));
}

/**
 * Where a site has an image, for those who copy it there and for the pods that ask for it: where it is, if that is in
 * the registry of the site or in another one of its network; else below the registry, by its whole name. No two images
 * have one place: a host name has no `_`.
 *
 * @param registry host and path of the site's registry, e.g. `registry.hospital.lan:5000/kaapana`
 */
export function siteReference(image: string, registry: string): string {
  if (isAtSite(image, registry)) return image;
  const { host, repository, version } = parseReference(image);
  return referenceText({ host: registry, repository: `${host.replace(':', '_')}/${repository}`, version });
}

/** Whether the network of the site has an image already. */
export function isAtSite(image: string, registry: string): boolean {
  const { host } = parseReference(image);
  return host === parseReference(`${registry}/x`).host || isPrivate(host);
}

/** Whether a host cannot be one of the internet. */
function isPrivate(host: string): boolean {
  const [name = ''] = host.split(':');
  const range = ipaddr.isValid(name) ? ipaddr.parse(name).range() : undefined;
  return (
    range === 'private' ||
    range === 'loopback' ||
    !name.includes('.') ||
    /\.(local|internal|lan|intranet|home\.arpa|localhost|svc)$/.test(name)
  );
}

const HOST = '(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\\.[a-z]{2,}(?::\\d{1,5})?|[a-z][a-z0-9-]*:\\d{2,5})';
const PATH = '(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)+';
const TAG = ':\\w[\\w.-]{0,126}\\w|:\\w';
const DIGEST = '@sha256:[0-9a-f]{64}';
const REFERENCE = `${HOST}${PATH}(?:(?:${TAG})(?:${DIGEST})?|${DIGEST})(?![\\w/@:])`;
/** What follows a slash or a colon is part of an address, unless that is one of an image. */
const IN_TEXT = new RegExp(`(?<![\\w/.:@-])${REFERENCE}`, 'g');
const AFTER_SCHEME = new RegExp(`(?<=docker://)${REFERENCE}`, 'g');

/** `text` with what `replace` gives for each image that it names with registry, and tag or digest. */
export function replaceImages(text: string, replace: (image: string) => string): string {
  return text.replace(AFTER_SCHEME, replace).replace(IN_TEXT, replace);
}
