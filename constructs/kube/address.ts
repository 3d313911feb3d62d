import type { NetworkPeer } from './network';

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
  openTo(peer: NetworkPeer): void;
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
}

/** The name that a wait has in logs. */
export function waitLabel(wait: Wait): string {
  return wait.label ?? (wait.address.host.split('.')[0] ?? wait.address.host).replace(/-service$/, '');
}
