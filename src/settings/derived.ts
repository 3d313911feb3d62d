import type { MemoryShare } from '../../constructs/kube';
import { parseQuantity, type QuantityText } from '../../constructs/kube/quantity';
import { gpu } from './groups';
import type { RawSettings } from './schema';

/** Memory of the three big ones, as quantities. */
export interface MemoryPlan {
  readonly pacs: MemoryShare;
  readonly airflow: MemoryShare;
  readonly opensearch: MemoryShare;
}

/** The six memory values, in the order of the README. */
export const MEMORY_KEYS = [
  'pacsMemoryLimit',
  'pacsMemoryRequest',
  'airflowMemoryLimit',
  'airflowMemoryRequest',
  'opensearchMemoryLimit',
  'opensearchMemoryRequest',
] as const;

type MemorySettings = Pick<RawSettings, 'totalMemory' | (typeof MEMORY_KEYS)[number]>;

/** Shares of the platform's 70 % of the server's memory, in percent (deploy script, Kaapana 0.6.0). */
const SHARES = { pacs: 30n, airflow: 50n, opensearch: 20n } as const;
const MEBIBYTE = 1024n ** 2n;

/** What the deploy script makes of a server's memory; or else the six values. */
export function memoryPlan(raw: MemorySettings): MemoryPlan {
  const { numerator, denominator } = parseQuantity(raw.totalMemory ?? '0');
  const allocatable = ((numerator / denominator / MEBIBYTE) * 70n) / 100n;
  const share = (percent: bigint, limit: QuantityText | undefined, request: QuantityText | undefined): MemoryShare => {
    const mebibytes = (allocatable * percent) / 100n;
    return { limit: limit ?? `${mebibytes}Mi`, request: request ?? `${mebibytes / 3n}Mi` };
  };
  return {
    pacs: share(SHARES.pacs, raw.pacsMemoryLimit, raw.pacsMemoryRequest),
    airflow: share(SHARES.airflow, raw.airflowMemoryLimit, raw.airflowMemoryRequest),
    opensearch: share(SHARES.opensearch, raw.opensearchMemoryLimit, raw.opensearchMemoryRequest),
  };
}

/** Size of volumes for bulk data that nobody set: the disk alone limits a directory (deploy script, Kaapana 0.6.0). */
export const SLOW_VOLUME_SIZE = '100Gi';

/** Storage classes by the role of their data. */
export interface StorageClassNames {
  readonly fast: string;
  readonly slow: string;
  readonly workflow: string;
}

/** The storage classes of each provider, as Kaapana calls them (deploy script, 0.6.0). */
const STORAGE_CLASSES: Readonly<Record<'hostpath' | 'longhorn' | 'nfs', StorageClassNames>> = {
  hostpath: {
    fast: 'kaapana-hostpath-fast-data-dir',
    slow: 'kaapana-hostpath-slow-data-dir',
    workflow: 'kaapana-hostpath-fast-data-dir',
  },
  longhorn: {
    fast: 'kaapana-longhorn-fast-db',
    slow: 'kaapana-longhorn-slow-data',
    workflow: 'kaapana-longhorn-fast-workflow',
  },
  nfs: { fast: 'nfs', slow: 'nfs', workflow: 'nfs' },
};

/** The storage classes that volumes come from: the provider's own, or existing ones by role. */
export function storageClassNames({
  storageClasses,
  storageProvider = 'hostpath',
}: Partial<Pick<RawSettings, 'storageClasses' | 'storageProvider'>>): StorageClassNames {
  if (storageProvider !== 'class') return STORAGE_CLASSES[storageProvider];
  const { fast = '', slow = fast, workflow = fast } = storageClasses ?? {};
  return { fast, slow, workflow };
}

/** GPUs, and who knows about them. */
export interface GpuSettings {
  /** Kubernetes resource of one GPU. */
  readonly resource: string;
  readonly runtimeClass?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;

  /** Key of a taint that their nodes have. */
  readonly taint?: string;

  /** Pods that take turns on one GPU. */
  readonly replicas: number;
  readonly operatorNamespace: string;
}

/** The GPUs of a site; undefined where it has none. */
export function gpuSettings({
  gpuSupport,
  gpu: given,
}: Pick<RawSettings, 'gpuSupport' | 'gpu'>): GpuSettings | undefined {
  if (!gpuSupport) return undefined;
  const { nodeSelector, ...rest } = gpu.parse(given ?? {});
  return {
    ...rest,
    nodeSelector:
      nodeSelector && (Object.fromEntries(nodeSelector.map((pair) => pair.split('='))) as Record<string, string>),
  };
}
