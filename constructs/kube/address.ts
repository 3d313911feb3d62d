import type { Construct } from 'constructs';
import type { Peer } from './network';
import type { Mount } from './volume';

/** Where something listens: a service of this tree, or something that lives elsewhere. */
export interface Address {
  /** Host name, resolvable from the pods that use it. */
  readonly host: string;

  /** Port number at `host`. */
  readonly port: number;

  /** Base URL, without a trailing slash. */
  readonly url: string;

  /**
   * Lets `peer` connect. Nothing to do for what lives elsewhere.
   *
   * @internal
   */
  openTo(peer: Peer): void;
}

/**
 * The address of something that this program does not deploy.
 *
 * @throws when `url` is no absolute URL with a host
 */
export function externalAddress(url: string): Address {
  const parsed = new URL(url);
  if (parsed.hostname === '') throw new Error(`"${url}" names no host`);
  const port = parsed.port === '' ? (parsed.protocol === 'https:' ? 443 : 80) : Number(parsed.port);
  return { host: parsed.hostname, port, url: url.replace(/\/+$/, ''), openTo: () => undefined };
}

/**
 * The address of a component that comes later in the tree, for two that refer to each other. Whom the component
 * has to let in is remembered until `keep` tells who it is.
 */
export class PromisedAddress implements Address {
  public readonly host: string;
  public readonly port: number;
  public readonly url: string;

  private readonly peers: Peer[] = [];
  private owner: Address | undefined;

  /** @throws when `url` is no absolute URL with a host */
  constructor(url: string) {
    ({ host: this.host, port: this.port, url: this.url } = externalAddress(url));
  }

  /**
   * Tells whose address it is.
   *
   * @throws when that one has another address
   */
  public resolve(owner: Address): void {
    if (owner.url !== this.url) throw new Error(`${this.url} was promised, but it is ${owner.url}`);
    this.owner = owner;
    for (const peer of this.peers) owner.openTo(peer);
  }

  /** @internal */
  public openTo(peer: Peer): void {
    if (this.owner) this.owner.openTo(peer);
    else this.peers.push(peer);
  }
}

/** Something a pod waits for before it starts. */
export interface Wait {
  readonly address: Address;

  /**
   * Name in the log of the waiting container.
   *
   * @default - the first label of the host, without `-service`
   */
  readonly label?: string;

  /**
   * Path that has to answer with a 2xx status.
   *
   * @default - an open port is enough
   */
  readonly path?: string;

  /** Who makes what answers at `path`; the pod is deployed after it. @default - whoever listens there */
  readonly madeBy?: Construct;
}

/** A file or directory that a pod waits for before it starts. */
export interface FileWait {
  /** The volume that it will be in, at the directory where the waiting container sees it. */
  readonly mount: Mount;

  /** Path below that directory. */
  readonly path: string;

  /** Who puts it there; the pod is deployed after it. @default - somebody, some time */
  readonly madeBy?: Construct;
}

/** The name that a wait has in logs. */
export function waitLabel(wait: Wait): string {
  return wait.label ?? (wait.address.host.split('.')[0] ?? wait.address.host).replace(/-service$/, '');
}

/** Scheme, host and port of an address, with the port even where the scheme has it as its own. */
export function origin({ host, port, url }: Address): string {
  return `${new URL(url).protocol}//${host}:${port}`;
}
