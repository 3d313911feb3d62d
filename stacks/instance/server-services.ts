import type { Construct } from 'constructs';
import type { Address, NetworkPeer, RuntimeSecret, VolumeSource } from '../../constructs/kube';

/** A service of the server that pods of an instance reach. */
export interface ServerEndpoint extends Address {
  /** The pods behind it, and their port. */
  readonly pods: NetworkPeer;
  readonly targetPort: number;
}

/** What an instance needs of its server, whether the same environment deploys that or another one. */
export interface ServerServices {
  /** TLS certificate and the claim with its files, in the admin namespace; instances copy it. */
  readonly certificate: { readonly certificate: RuntimeSecret; readonly files: VolumeSource };

  /** Decides about each request; asks the instances who may do what. */
  readonly auth: { readonly check: ServerEndpoint };

  /** Policies that users' rights follow from. */
  readonly policies: { readonly api: ServerEndpoint };

  /** The reverse proxy of the instance. */
  readonly traefik: { readonly api: ServerEndpoint };

  /** Identity provider: by TLS, and plain; and the job that makes the platform's realm, if this tree deploys it. */
  readonly keycloak: {
    readonly internal: ServerEndpoint;
    readonly external: ServerEndpoint;
    readonly realm?: Construct;
  };

  /** Client of the identity provider that users log in by. @default 'kaapana' */
  readonly clientId?: string;

  /** Extension manager. */
  readonly kubeHelm: { readonly api: ServerEndpoint };

  /** Metrics about the objects of the cluster. */
  readonly kubeStateMetrics: { readonly metrics: ServerEndpoint };

  /** Way out of the cluster. @default - a proxy that lives elsewhere */
  readonly squid?: { readonly endpoint: ServerEndpoint };

  /** Where requests leave the cluster. */
  readonly egressProxy: Address;
}
