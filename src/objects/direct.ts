import type { GraphNode } from './graph';

/**
 * What each node has to be told to wait for, by its identity: its dependencies without those that another of them waits
 * for anyway (the transitive reduction).
 *
 * @param nodes dependencies first, as in a `Graph`
 */
export function directDependencies(nodes: readonly GraphNode[]): Map<string, readonly string[]> {
  const all = new Map<string, ReadonlySet<string>>();
  const direct = new Map<string, readonly string[]>();
  for (const { id, dependsOn } of nodes) {
    const beyond = new Set(dependsOn.flatMap((on) => [...(all.get(on) ?? [])]));
    direct.set(
      id,
      dependsOn.filter((on) => !beyond.has(on)),
    );
    all.set(id, new Set([...dependsOn, ...beyond]));
  }
  return direct;
}
