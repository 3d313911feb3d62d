import { architecturePage, importsOf, reduced } from '../../tools/architecture';
import { LAYERS } from '../../tools/layers.cjs';

/**
 * The page about the folders says what the sources do. That it is up to date, test/settings/generate.test.ts checks.
 */

test('the drawing has each folder as a box', () => {
  const page = architecturePage();
  const missing = LAYERS.flatMap(({ folders }) => folders).filter((folder) => !page.includes(`["${folder}"]`));
  expect(missing).toEqual([]);
});

test('each import goes up in the order of layers', () => {
  const level = new Map(LAYERS.flatMap(({ folders }, index) => folders.map((folder) => [folder, index])));
  const imports = [...importsOf()].flatMap(([from, targets]) => [...targets].map((to) => ({ from, to })));
  expect(imports.length).toBeGreaterThan(50);
  expect(imports.filter(({ from, to }) => (level.get(to) ?? Infinity) >= (level.get(from) ?? -1))).toEqual([]);
});

test('imports are those of the files, of types too, and not those of packages', () => {
  const imports = importsOf(['src/pulumi/program.ts']);
  expect(imports.get('src/pulumi')).toContain('src/environment');
  expect([...imports.values()].flatMap((targets) => [...targets])).not.toContain('src/pulumi');
});

test('an arrow that a chain of others stands for is left out', () => {
  const imports = new Map([
    ['a', new Set(['b', 'c', 'd'])],
    ['b', new Set(['c'])],
    ['c', new Set(['d'])],
    ['d', new Set<string>()],
  ]);
  expect([...reduced(imports)].map(([from, targets]) => [from, ...targets])).toEqual([
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'd'],
    ['d'],
  ]);
});
