import { canonicalQuantity, parseQuantity } from '../quantity';
import type { RawSettings } from './schema';

/** Kubernetes distributions differ in these. */
export interface Distribution {
  /** Networks of services and pods. */
  readonly cidrs: readonly [services: string, pods: string];

  /** Path of containerd's socket on the node. */
  readonly containerdSocket?: string;
}

/** Facts of each distribution's defaults. */
export const DISTRIBUTIONS: Readonly<Record<RawSettings['distribution'], Distribution>> = {
  microk8s: { cidrs: ['10.152.183.0/24', '10.1.0.0/16'], containerdSocket: '/var/snap/microk8s/common/run/containerd.sock' },
  k3s: { cidrs: ['10.43.0.0/16', '10.42.0.0/16'], containerdSocket: '/run/k3s/containerd/containerd.sock' },
  kubeadm: { cidrs: ['10.96.0.0/12', '10.244.0.0/16'], containerdSocket: '/run/containerd/containerd.sock' },
  embedded: { cidrs: ['10.152.183.0/24', '10.1.0.0/16'], containerdSocket: '/run/containerd/containerd.sock' },
};

/** Memory of the three big ones, as quantities. */
export interface MemoryPlan {
  readonly pacs: MemoryShare;
  readonly airflow: MemoryShare;
  readonly opensearch: MemoryShare;
}

/** What one of them may use, and what it is promised. */
export interface MemoryShare {
  readonly limit: string;
  readonly request: string;
}

/** Shares of the platform's 70 % of the server's memory, in percent (deploy script, Kaapana 0.6.0). */
const SHARES = { pacs: 30, airflow: 50, opensearch: 20 } as const;
const MEBIBYTE = 1024n ** 2n;

/** What the deploy script makes of a server's memory; what is set stands. */
export function memoryPlan(raw: RawSettings): MemoryPlan {
  const { numerator, denominator } = parseQuantity(raw.totalMemory ?? '0');
  const total = numerator / denominator / MEBIBYTE;
  const share = (percent: number, limit: string | undefined, request: string | undefined): MemoryShare => {
    const mebibytes = (((total * 70n) / 100n) * BigInt(percent)) / 100n;
    return { limit: limit ?? `${mebibytes}Mi`, request: request ?? `${mebibytes / 3n}Mi` };
  };
  return {
    pacs: share(SHARES.pacs, raw.pacsMemoryLimit, raw.pacsMemoryRequest),
    airflow: share(SHARES.airflow, raw.airflowMemoryLimit, raw.airflowMemoryRequest),
    opensearch: share(SHARES.opensearch, raw.opensearchMemoryLimit, raw.opensearchMemoryRequest),
  };
}

/** Whether `limit` is less than `request`. */
export function exceeds(request: string, limit: string): boolean {
  const [a, b] = [parseQuantity(canonicalQuantity(request)), parseQuantity(canonicalQuantity(limit))];
  return a.numerator * b.denominator > b.numerator * a.denominator;
}

/** Storage classes by role, as Kaapana calls them (deploy script, 0.6.0). */
export const STORAGE_CLASSES = {
  hostpath: {
    fast: 'kaapana-hostpath-fast-data-dir', slow: 'kaapana-hostpath-slow-data-dir', workflow: 'kaapana-hostpath-fast-data-dir',
  },
  longhorn: { fast: 'kaapana-longhorn-fast-db', slow: 'kaapana-longhorn-slow-data', workflow: 'kaapana-longhorn-fast-workflow' },
  nfs: { fast: 'nfs', slow: 'nfs', workflow: 'nfs' },
} as const;
