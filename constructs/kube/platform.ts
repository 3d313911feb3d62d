import type { Wait } from './address';
import type { ContainerProps } from './container';
import type { Images } from './images';
import type { NetworkPeer } from './network';
import type { StorageProvider } from './storage';

/** What all components of a platform share; the one prop that every component takes. */
export interface Platform<ImageName extends string = string> {
  /** The images of the chosen release. */
  readonly images: Images<ImageName>;

  /** Name of the Secret with the registry's credentials, in every namespace. */
  readonly pullSecret: string;

  /** The init container that waits for others. */
  readonly waiter: (waits: readonly Wait[], delaySeconds?: number, files?: readonly string[]) => ContainerProps;

  /** Where persistent data lives. */
  readonly storage: StorageProvider;

  /** Who web requests come from: the reverse proxy. */
  readonly proxy: NetworkPeer;

  /** Which reverse proxy of the server serves the routes. @default - the one that serves all routes without a class */
  readonly ingressClass?: string;

  /** Who collects metrics. */
  readonly scraper: NetworkPeer;

  /** Labels of the node that holds the data, for pods that mount it. */
  readonly storageNode: Readonly<Record<string, string>>;
}
