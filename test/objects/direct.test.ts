import fc from 'fast-check';
import { directDependencies } from '../../src/objects/direct';
import type { GraphNode } from '../../src/objects/graph';
import { smallGraph } from './support';

function node(id: string, ...dependsOn: string[]): GraphNode {
  return { id, dependsOn, component: '', path: '', references: [], manifest: smallManifest(id) };
}

function smallManifest(name: string): GraphNode['manifest'] {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
}

/** All that `id` waits for, by way of what it waits for. */
function closure(id: string, edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  return new Set((edges.get(id) ?? []).flatMap((on) => [on, ...closure(on, edges)]));
}

test('what another dependency waits for anyway is left out', () => {
  const nodes = [node('a'), node('b', 'a'), node('c', 'a', 'b'), node('d', 'a', 'c'), node('e', 'a')];
  expect(Object.fromEntries(directDependencies(nodes))).toEqual({ a: [], b: ['a'], c: ['b'], d: ['c'], e: ['a'] });
});

test('in a real tree every object waits for the same objects as before, by fewer dependencies', () => {
  const { nodes } = smallGraph();
  const before = new Map(nodes.map(({ id, dependsOn }) => [id, dependsOn]));
  const after = directDependencies(nodes);
  for (const { id } of nodes) expect(closure(id, after)).toEqual(closure(id, before));
  const count = (edges: ReadonlyMap<string, readonly string[]>): number => [...edges.values()].flat().length;
  expect(count(after)).toBeLessThan(count(before));
});

test('property: it waits for the same, and no dependency that is left can be spared', () => {
  const graphs = fc
    .array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 9 })
    .map((all) =>
      all.map((on, index) =>
        node(String(index), ...new Set(on.flatMap((to) => (index > 0 ? String(to % index) : [])))),
      ),
    );
  fc.assert(
    fc.property(graphs, (nodes) => {
      const before = new Map(nodes.map(({ id, dependsOn }) => [id, dependsOn]));
      const after = directDependencies(nodes);
      for (const [id, direct] of after) {
        expect(closure(id, after)).toEqual(closure(id, before));
        for (const on of direct)
          expect(closure(id, new Map([...after, [id, direct.filter((other) => other !== on)]]))).not.toContain(on);
      }
    }),
  );
});
