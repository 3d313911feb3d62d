import { loadEnvironment } from '../../src/environment/load';

/**
 * What Pulumi knows every object by. A line that changes here is an object that is deleted and made anew, so a
 * refactoring changes none; whoever renames an object on purpose says so in the review of the snapshot.
 */
test.each(['dev', 'test/conformance/settings/prod.yaml'])('%s: the names of all objects in the state', (site) => {
  const { graph } = loadEnvironment(site);
  const lines = graph.nodes.map(({ id, manifest: { apiVersion, kind } }) => `${apiVersion}:${kind}::${id}`);
  expect(lines.sort()).toMatchSnapshot();
});

test('components of a site keep their names too', () => {
  const { graph } = loadEnvironment('test/conformance/settings/prod.yaml');
  expect([...new Set(graph.nodes.map(({ component }) => component))].sort()).toMatchSnapshot();
});
