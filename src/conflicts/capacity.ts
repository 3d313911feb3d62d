import { type JsonObject, objectAt, objectsAt, podTemplate, textAt } from '../objects/manifest';
import { type Amounts, amountsIn, promisedTo, promisedToPods, total, written } from './amounts';
import type { Conflict } from './conflict';
import type { Cluster, Deployed, Others } from './live-claims';
import { howToTakeLess } from './memory';

/** Whether the pods of an environment find room. */
export interface Capacity {
  readonly conflicts: readonly Conflict[];

  /** What pods would wait for that may still come, one sentence each. */
  readonly warnings: readonly string[];
}

/** Labels that a pod wants its node to have. */
type Selector = Readonly<Record<string, unknown>>;

/**
 * Compares what the long-running pods of `own` are promised with what the nodes have beside the promises to those of
 * others. A node keeps its promises, so where the sum is larger, some pods would wait for ever. What plugins of the
 * nodes hand out, such as GPUs, is there once they run: too little of it, or no node of a label, is a warning.
 */
export function capacityConflicts(own: Deployed, { nodes }: Cluster, others: Others): Capacity {
  if (nodes.length === 0) return { conflicts: [], warnings: ['the server has no nodes yet: pods would wait for one'] };
  const conflicts = new Map<string, Conflict>();
  const warnings: string[] = [];
  const promises = promisesTo(others);
  for (const selector of selectorsOf(own)) {
    const fitting = nodes.filter(({ metadata }) => isIncluded(selector, objectAt(objectAt(metadata).labels)));
    if (fitting.length === 0) {
      const labels = Object.entries(selector)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(' ');
      warnings.push(
        `no node has the label ${labels}, and pods would wait for one: kubectl label node <name> ${labels}`,
      );
    } else {
      for (const [name, conflict] of shortages(own, selector, fitting, promises)) {
        if (name.includes('/')) warnings.push(`${own.environment} wants ${conflict.what}; pods would wait for it`);
        else if (!conflicts.has(name)) conflicts.set(name, conflict);
      }
    }
  }
  return { conflicts: [...conflicts.values()], warnings: [...new Set(warnings)] };
}

/** What a node keeps for a pod of others. */
interface Promised {
  readonly node: string;

  /** Its environment, or else its namespace, in words. */
  readonly tenant: string;
  readonly amounts: Amounts;
}

function promisesTo(others: Others): Promised[] {
  return others
    .pods()
    .filter(({ pod }) => isLasting(pod))
    .map(({ pod }) => ({
      node: textAt(objectAt(pod.spec).nodeName) ?? '',
      tenant: others.tenantOf(textAt(objectAt(pod.metadata).namespace) ?? ''),
      amounts: promisedTo(pod),
    }));
}

/** What the nodes `fitting` have too little of, for pods that want `selector` or more. */
function shortages(
  own: Deployed,
  selector: Selector,
  fitting: readonly JsonObject[],
  promises: readonly Promised[],
): [string, Conflict][] {
  const asked = promisedToPods(
    own.graph.nodes.filter(({ manifest }) => isIncluded(selector, selectorOf(podTemplate(manifest)))),
  );
  const there = total(fitting.map(({ status }) => amountsIn(objectAt(status).allocatable)));
  const names = new Set(fitting.map(({ metadata }) => objectAt(metadata).name));
  const taken = new Map<string, Amounts>();
  for (const { tenant, amounts } of promises.filter(({ node }) => names.has(node)))
    taken.set(tenant, total([taken.get(tenant) ?? new Map(), amounts]));
  return [...asked].flatMap(([name, amount]): [string, Conflict][] => {
    const rivals = [...taken]
      .map(([environment, amounts]) => ({ environment, amount: amounts.get(name) ?? 0n }))
      .filter((rival) => rival.amount > 0n);
    const beside = rivals.reduce((sum, rival) => sum + rival.amount, 0n);
    const all = there.get(name) ?? 0n;
    if (amount + beside <= all) return [];
    const owners = [...rivals, { environment: own.environment, amount }];
    return [
      [
        name,
        {
          kind: 'capacity',
          what: `more ${name} than the nodes have, ${written(name, amount + beside)} of ${written(name, all)}: ${owners.map((each) => `${each.environment} ${written(name, each.amount)}`).join(', ')}`,
          owners: owners.map(({ environment }) => ({ environment, by: 'requests of its pods' })),
          remedy: `In ${own.environment}: ${remedy(name, amount, all - beside, own)}; or add a node`,
        },
      ],
    ];
  });
}

/** @param left what there is beside the promises to others, in thousandths as `asked` */
function remedy(name: string, asked: bigint, left: bigint, own: Deployed): string {
  return (name === 'memory' ? howToTakeLess(asked - left, own, left) : undefined) ?? 'install fewer extensions';
}

/** What pods of `own` want of their nodes, each once; first that they want nothing. */
function selectorsOf({ graph }: Deployed): Selector[] {
  const wanted = graph.nodes.map(({ manifest }) => selectorOf(podTemplate(manifest)));
  return [...new Map([{}, ...wanted].map((selector) => [JSON.stringify(selector), selector])).values()];
}

function selectorOf(template: JsonObject | undefined): Selector {
  return objectAt(objectAt(template?.spec).nodeSelector);
}

function isIncluded(selector: Selector, labels: Selector): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** Jobs come and go, and so do pods that nothing would make again. */
function isLasting({ metadata }: JsonObject): boolean {
  return objectsAt(objectAt(metadata).ownerReferences).some(({ kind }) => kind !== 'Job');
}
