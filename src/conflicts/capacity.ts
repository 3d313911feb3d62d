import type { Shortage } from '../findings/facts/conflicts';
import { finding, type Finding, type Found } from '../findings/finding';
import type { Remedy } from '../findings/remedy';
import { type JsonObject, objectAt, objectsAt, podTemplate, textAt } from '../objects/manifest';
import { type Amounts, amountsIn, promisedTo, promisedToPods, total, written } from './amounts';
import { howToOf, subjectOf } from './conflict';
import type { Cluster, Deployed, Others } from './live-claims';
import { howToTakeLess } from './memory';

/** Labels that a pod wants its node to have. */
type Selector = Readonly<Record<string, unknown>>;

/**
 * Compares what the long-running pods of `own` are promised with what the nodes have beside the promises to those of
 * others. A node keeps its promises, so where the sum is larger, some pods would wait for ever. What plugins of the
 * nodes hand out, such as GPUs, is there once they run: too little of it, or no node of a label, is a warning.
 */
export function capacityFindings(own: Deployed, { nodes }: Cluster, others: Others): Finding[] {
  if (nodes.length === 0) return [finding('no-nodes', subjectOf(own), {})];
  const found = new Map<string, Finding>();
  const promises = promisesTo(others);
  for (const selector of selectorsOf(own)) {
    const fitting = nodes.filter(({ metadata }) => isIncluded(selector, objectAt(objectAt(metadata).labels)));
    const each = fitting.length === 0 ? [unlabelled(own, selector)] : shortages(own, selector, fitting, promises);
    // One sentence for each resource: what is short of all nodes is short of some, too.
    for (const one of each) {
      const key = one.rule === 'too-little-capacity' ? one.facts.resource : JSON.stringify(one);
      if (!found.has(key)) found.set(key, one);
    }
  }
  return [...found.values()];
}

function unlabelled(own: Deployed, selector: Selector): Found<'no-labelled-node'> {
  const labels = Object.entries(selector)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(' ');
  return finding(
    'no-labelled-node',
    subjectOf(own),
    { labels },
    { kind: 'run', command: `kubectl label node <name> ${labels}` },
  );
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

type Capacity = Found<'too-little-capacity'> | Found<'plugin-resource-short'>;

/** What the nodes `fitting` have too little of, for pods that want `selector` or more. */
function shortages(
  own: Deployed,
  selector: Selector,
  fitting: readonly JsonObject[],
  promises: readonly Promised[],
): Capacity[] {
  const asked = promisedToPods(
    own.graph.nodes.filter(({ manifest }) => isIncluded(selector, selectorOf(podTemplate(manifest)))),
  );
  const there = total(fitting.map(({ status }) => amountsIn(objectAt(status).allocatable)));
  const names = new Set(fitting.map(({ metadata }) => objectAt(metadata).name));
  const taken = new Map<string, Amounts>();
  for (const { tenant, amounts } of promises.filter(({ node }) => names.has(node)))
    taken.set(tenant, total([taken.get(tenant) ?? new Map(), amounts]));
  return [...asked].flatMap(([name, amount]): Capacity[] => {
    const rivals = [...taken]
      .map(([environment, amounts]) => ({ environment, amount: amounts.get(name) ?? 0n }))
      .filter((rival) => rival.amount > 0n);
    const beside = rivals.reduce((sum, rival) => sum + rival.amount, 0n);
    const all = there.get(name) ?? 0n;
    if (amount + beside <= all) return [];
    const shares = [...rivals, { environment: own.environment, amount }];
    const facts: Shortage = {
      owners: shares.map(({ environment }) => ({ environment, by: { requests: true } })),
      resource: name,
      promised: written(name, amount + beside),
      available: written(name, all),
      shares: shares.map((share) => ({ environment: share.environment, amount: written(name, share.amount) })),
    };
    const isOfPlugin = name.includes('/');
    return isOfPlugin
      ? [finding('plugin-resource-short', subjectOf(own), facts)]
      : [finding('too-little-capacity', subjectOf(own), facts, ...remedies(name, amount, all - beside, own))];
  });
}

/** @param left what there is beside the promises to others, in thousandths as `asked` */
function remedies(name: string, asked: bigint, left: bigint, own: Deployed): Remedy[] {
  const howTo = howToOf(own);
  const less = name === 'memory' ? howToTakeLess(asked - left, own, left) : undefined;
  return [less ?? howTo.here({ kind: 'do', what: 'fewer-extensions' }), howTo.here({ kind: 'do', what: 'add-node' })];
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
