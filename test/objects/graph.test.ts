import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { buildGraph } from '../../src/objects/graph';
import { smallGraph, smallTree } from './support';

function dependencies(id: string): readonly string[] {
  return smallGraph().byId.get(id)?.dependsOn ?? [];
}

test('every object comes after what it depends on', () => {
  const seen = new Set<string>();
  for (const node of smallGraph().nodes) {
    for (const id of node.dependsOn) expect(seen).toContain(id);
    seen.add(node.id);
  }
});

test('objects wait for their namespace, and pods for all that they name', () => {
  expect(dependencies('Secret/admin/registry-secret')).toEqual(['Namespace//admin']);
  expect(dependencies('Deployment/admin/web')).toEqual(
    expect.arrayContaining([
      'ConfigMap/admin/web-config',
      'Namespace//admin',
      'Secret/admin/registry-secret',
      'Secret/admin/web-database-account',
    ]),
  );
});

test('who waits for an endpoint comes after the workload behind it; a run-time secret after the job that makes it', () => {
  expect(dependencies('Deployment/admin/web')).toEqual(
    expect.arrayContaining(['Deployment/admin/web-database', 'Job/admin/cert-init']),
  );
});

test('only the pods wait: services, policies and claims do not', () => {
  expect(dependencies('Service/admin/web-service')).toEqual(['Namespace//admin']);
  expect(dependencies('NetworkPolicy/admin/web-ingress')).toEqual(['Namespace//admin']);
});

test('a claim comes after its volume, and cluster-wide objects have no namespace', () => {
  const volume = smallGraph().byId.get('PersistentVolume//admin-web');
  expect(dependencies('PersistentVolumeClaim/admin/web-pv-claim')).toContain('PersistentVolume//admin-web');
  expect(volume?.manifest.metadata).not.toHaveProperty('namespace');
});

test('components are what stands directly below a chart', () => {
  const graph = smallGraph();
  expect(graph.byId.get('Deployment/admin/web-database')?.component).toBe('server/Database');
});

test('an object that is in the tree twice is reported with both places', () => {
  const { app, chart } = smallTree();
  new kplus.ConfigMap(chart, 'Again', { metadata: { name: 'web-config' } });
  expect([...buildGraph(app).duplicates]).toEqual([
    ['ConfigMap/admin/web-config', ['server/Config/Resource', 'server/Again/Resource']],
  ]);
});

test('objects that wait for each other are refused with the circle', () => {
  const chart = new Chart(new App(), 'server', { namespace: 'admin', disableResourceNameHashes: true });
  const a = new kplus.ConfigMap(chart, 'A', { metadata: { name: 'a' } });
  const b = new kplus.ConfigMap(chart, 'B', { metadata: { name: 'b' } });
  a.node.addDependency(b);
  b.node.addDependency(a);
  expect(() => buildGraph(chart)).toThrow('ConfigMap/admin/a -> ConfigMap/admin/b -> ConfigMap/admin/a');
});

test('a deep chain of components costs time in proportion to its length', () => {
  const chart = new Chart(new App(), 'server', { namespace: 'admin', disableResourceNameHashes: true });
  let before: Construct | undefined;
  for (let index = 0; index < 60; index += 1) {
    const component = new Construct(chart, `C${index}`);
    for (let object = 0; object < 5; object += 1)
      new kplus.ConfigMap(component, `M${object}`, { metadata: { name: `m${index}-${object}` } });
    if (before) component.node.addDependency(before);
    before = component;
  }
  expect(buildGraph(chart).nodes).toHaveLength(300);
});
