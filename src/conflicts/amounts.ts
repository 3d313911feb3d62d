import { canonicalQuantity, parseQuantity } from '../../constructs/kube/quantity';
import type { GraphNode } from '../objects/graph';
import { type Json, type JsonObject, objectAt, objectsAt, podTemplate } from '../objects/manifest';

/** How much of each resource, in thousandths of its unit. */
export type Amounts = ReadonlyMap<string, bigint>;

const LONG_RUNNING: ReadonlySet<string> = new Set(['Deployment', 'DaemonSet', 'StatefulSet']);

/** All of `parts` together. */
export function total(parts: readonly Amounts[]): Amounts {
  const sums = new Map<string, bigint>();
  for (const [name, amount] of parts.flatMap((part) => [...part])) sums.set(name, (sums.get(name) ?? 0n) + amount);
  return sums;
}

/** Quantities as Kubernetes writes them: `{ cpu: '100m', memory: '1Gi' }`. */
export function amountsIn(quantities: Json | undefined, times = 1n): Amounts {
  return new Map(
    Object.entries(objectAt(quantities)).map(([name, quantity]) => {
      const { numerator, denominator } = parseQuantity(String(quantity));
      return [name, (times * numerator * 1000n) / denominator];
    }),
  );
}

/**
 * What a pod, or the template of one, is promised: its requests, and by itself the limit of what it has no request for.
 */
export function promisedTo(pod: JsonObject, times = 1n): Amounts {
  return total(
    objectsAt(objectAt(pod.spec).containers).map(({ resources }) => {
      const { limits, requests } = objectAt(resources);
      return amountsIn({ ...objectAt(limits), ...objectAt(requests) }, times);
    }),
  );
}

/** What all long-running pods of `nodes` are promised together; jobs come and go. */
export function promisedToPods(nodes: readonly GraphNode[]): Amounts {
  return total(
    nodes
      .filter(({ manifest: { kind } }) => LONG_RUNNING.has(kind))
      .map(({ manifest }) =>
        promisedTo(podTemplate(manifest) ?? {}, BigInt(Number(objectAt(manifest.spec).replicas ?? 1))),
      ),
  );
}

/** As a quantity: memory and disk count in Mi, all others as they are. */
export function written(name: string, amount: bigint): string {
  return /memory|storage/.test(name) ? `${amount / 1000n / 1024n ** 2n}Mi` : canonicalQuantity(`${amount}m`);
}
