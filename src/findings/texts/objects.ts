import type { Holder } from '../facts/live';

/** Names that are told of each kind; the others are counted. */
const NAMED = 3;

/** The holder of one object or of several, in words. */
export function holderText(holder: Holder, isOne = true): string {
  switch (holder.kind) {
    case 'environment':
      return `the environment ${holder.environment} (instance ${holder.instance})`;
    case 'release':
      return `the Helm release ${holder.release}`;
    case 'tool':
      return holder.name;
    case 'nobody':
      return `nobody that ${isOne ? 'it names' : 'they name'}`;
  }
}

/**
 * Objects by kind, with how many there are and the first of them: `2 ConfigMap (admin/a, admin/b), 1 ClusterRole (c)`.
 */
export function kindsText(ids: readonly string[]): string {
  const kinds = grouped(ids, (id) => id.split('/')[0] ?? '');
  return kinds
    .sort((one, other) => other.length - one.length)
    .map((same) => {
      const names = same.slice(0, NAMED).map((id) =>
        id
          .split('/')
          .slice(1)
          .filter((part) => part !== '')
          .join('/'),
      );
      return `${same.length} ${same[0]?.split('/')[0]} (${[...names, ...(same.length > NAMED ? ['...'] : [])].join(', ')})`;
    })
    .join(', ');
}

/** `items` in groups of the same key, in the order of their first ones. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
