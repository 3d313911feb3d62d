import type { Remedy } from '../findings/remedy';
import { type MemoryPlan, memoryPlan } from '../settings/derived';
import type { Settings } from '../settings/parse';
import { amountsIn, total } from './amounts';
import { howToOf, type Tenant } from './conflict';

const GIBIBYTE = 1024n ** 3n * 1000n;

/** What PACS, Airflow and OpenSearch are promised together, in thousandths of bytes. */
function shares({ pacs, airflow, opensearch }: MemoryPlan): bigint {
  return total([pacs, airflow, opensearch].map(({ request }) => amountsIn({ memory: request }))).get('memory') ?? 0n;
}

function sharesOf(gibibytes: bigint): bigint {
  return shares(memoryPlan({ totalMemory: `${gibibytes}Gi` }));
}

/**
 * The least memory of a server, as `totalMemory` takes it, that holds `promised`. The shares of its own environment,
 * which are part of that, grow with it.
 */
export function enoughMemory(promised: bigint, { memory }: Settings): string {
  const fixed = promised - shares(memory);
  let gibibytes = fixed / GIBIBYTE + 1n;
  while (fixed + sharesOf(gibibytes) > gibibytes * GIBIBYTE) gibibytes++;
  return `${gibibytes}Gi`;
}

/**
 * How an environment gets by with `excess` less, by what its shares are derived from; undefined where no setting does.
 *
 * @param most memory that it may have at all @default - what it has now
 */
export function howToTakeLess(
  excess: bigint,
  tenant: Tenant,
  most = amountsIn({ memory: tenant.settings.totalMemory ?? '0' }).get('memory') ?? 0n,
): Remedy | undefined {
  const { memory, totalMemory } = tenant.settings;
  const left = shares(memory) - excess;
  const howTo = howToOf(tenant);
  if (totalMemory === undefined) return left > 0n ? howTo.here({ kind: 'do', what: 'lower-requests' }) : undefined;
  let gibibytes = most / GIBIBYTE;
  while (gibibytes > 0n && sharesOf(gibibytes) > left) gibibytes--;
  return gibibytes > 0n ? howTo.here({ kind: 'set', key: 'totalMemory', example: `${gibibytes}Gi` }) : undefined;
}
