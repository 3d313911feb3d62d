import type { Address, RuntimeSecret } from '../../constructs/kube';
import type { Egress } from '../../constructs/platform/egress';
import type { KaapanaPlatform } from '../../constructs/platform/kaapana-platform';
import type { Origin } from '../../constructs/platform/origin';
import type { Registry } from '../../constructs/platform/platform-namespace';
import type { ProjectWithUser } from '../../constructs/platform/project';
import type { SharedAccounts } from '../../constructs/platform/shared-accounts';
import type { Settings } from '../../src/settings/parse';
import type { ServerServices } from './server-services';

/** Properties of `InstanceStack`. */
export interface InstanceStackProps {
  readonly platform: KaapanaPlatform;
  readonly settings: Settings;

  /** What the server has once. */
  readonly server: ServerServices;

  /** Namespace of administration, which is the server's. */
  readonly adminNamespace: string;

  /** The first one is that of runs that name none. */
  readonly projects: readonly [ProjectWithUser, ...ProjectWithUser[]];
}

/** What the parts of an instance have in common. */
export interface InstanceSite {
  readonly props: InstanceStackProps;

  /** What every component of the services' namespace takes. */
  readonly shared: { readonly platform: KaapanaPlatform; readonly namespace: string };
  readonly accounts: SharedAccounts;

  readonly origin: Origin;
  readonly registry: Registry;

  /** Version of the platform, and the name of its chart. */
  readonly release: { readonly name: string; readonly version: string };

  /** Absolute data directories. */
  readonly directories: { readonly fast: string; readonly slow: string };

  /** Labels of the node that holds the data. */
  readonly dataNode: Readonly<Record<string, string>>;

  /** TLS certificate, in the services' namespace. */
  readonly certificate: RuntimeSecret;

  /** Way out of the cluster. */
  readonly egress: Egress;

  /**
   * The way out of the cluster where it is none of its pods: nobody lets anybody in there, but namespaces have to let
   * their pods out.
   */
  readonly externalProxy: Address | undefined;
}
