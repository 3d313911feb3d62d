import type { Address } from '../kube';

/** The way out of the cluster. */
export interface Egress {
  /** Proxy for requests that leave the cluster. */
  readonly proxy: Address;

  /** Host name of the platform, which is reached without it. */
  readonly domain: string;

  /** Address that pods reach the domain at. @default - what the cluster's DNS says */
  readonly address?: string;
}

/** Ends of the host names that are reached without a proxy: those of the cluster. */
export const CLUSTER_DOMAINS = ['.svc', '.svc.cluster', '.svc.cluster.local'] as const;

/** What programs read to find the proxy; `direct` are further hosts and networks that are reached without it. */
export function egressEnv(egress: Egress | undefined, direct: readonly string[] = []): Record<string, string> {
  if (!egress) return {};
  const { proxy, domain } = egress;
  return { http_proxy: proxy.url, https_proxy: proxy.url, no_proxy: [...CLUSTER_DOMAINS, domain, ...direct].join(',') };
}

/**
 * Addresses of hosts for pods that reach the platform as other instances do: its domain need not be known in the
 * cluster.
 */
export function egressHosts(egress: Egress | undefined): Readonly<Record<string, string>> | undefined {
  return egress?.address === undefined || egress.address === egress.domain
    ? undefined
    : { [egress.domain]: egress.address };
}

/** Whom a program has to reach for it. */
export function egressAddresses(egress: Egress | undefined): Address[] {
  return egress ? [egress.proxy] : [];
}
