import { type JsonObject, objectAt } from '../../objects/manifest';
import { isQualifiedName, notNegative, quantityAt } from '../forms';
import { all, at, fields, objects, type Rule, table, wrong } from '../rule';

const CONTAINER = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** Names that a quota may have without a prefix. */
const STANDARD =
  /^((requests\.|limits\.)?(cpu|memory|ephemeral-storage)|(requests\.)?storage|pods|services(\.(nodeports|loadbalancers))?|resourcequotas|replicationcontrollers|secrets|persistentvolumeclaims|configmaps)$/;

/** Resources of a container, and others that a quota or a limit may be of. */
export const containerResource: Rule = (value, path) =>
  typeof value !== 'string' || CONTAINER.has(value) || value.startsWith('hugepages-') || isExtended(value)
    ? []
    : [wrong(path, 'resource-name', undefined, value)];

export const anyResource: Rule = (value, path) =>
  typeof value !== 'string' ||
  (value.includes('/')
    ? isQualifiedName(value)
    : STANDARD.test(value) || /^(requests\.)?hugepages-/.test(value) || value.startsWith('count/'))
    ? []
    : [wrong(path, 'resource-name', undefined, value)];

function isExtended(name: string): boolean {
  if (!name.includes('/')) return false;
  return (
    isQualifiedName(name) &&
    (name.includes('kubernetes.io/') || (!name.startsWith('requests.') && isQualifiedName(`requests.${name}`)))
  );
}

/** Quantities of resources: not below zero, and of what cannot be shared whole. */
export function amounts(name: Rule): Rule {
  return all(
    table(name, notNegative),
    objects((value, path) =>
      Object.entries(value).flatMap(([resource, amount]) => {
        const { numerator = 0n, denominator = 1n } = quantityAt(amount) ?? {};
        return isShared(resource) || numerator % denominator === 0n
          ? []
          : [wrong(at(path, resource), 'whole', undefined, amount)];
      }),
    ),
  );
}

function isShared(resource: string): boolean {
  return !resource.includes('/') || resource.includes('kubernetes.io/');
}

/** `requests` not above `limits`, and equal to them for what cannot be promised twice. */
export const requirements: Rule = all(
  fields({ limits: amounts(containerResource), requests: amounts(containerResource) }),
  objects(({ limits, requests }, path) =>
    Object.keys(objectAt(requests)).flatMap((resource) =>
      unpromised(resource, objectAt(requests), objectAt(limits), path),
    ),
  ),
);

function unpromised(resource: string, requests: JsonObject, limits: JsonObject, path: string): ReturnType<Rule> {
  const [limit, place] = ['limits', 'requests'].map((key) => at(`${path}.${key}`, resource)) as [string, string];
  const isOne = !isShared(resource) || resource.startsWith('hugepages-');
  if (limits[resource] === undefined) return isOne ? [wrong(limit, 'present')] : [];
  const compared = compare(requests[resource], limits[resource]);
  if (compared === undefined || compared === 0 || (compared < 0 && !isOne)) return [];
  return [wrong(place, isOne ? 'equal' : 'not-above', limit, requests[resource])];
}

/** Which of two quantities is more; nothing where one is none. */
export function compare(one: JsonObject[string], other: JsonObject[string]): number | undefined {
  const [a, b] = [quantityAt(one), quantityAt(other)];
  if (!a || !b) return undefined;
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
