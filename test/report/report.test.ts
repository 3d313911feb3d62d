import { exitTable, reachTable, routeTable } from '../../src/report/routes';
import { storageMap } from '../../src/report/storage';
import { textTable } from '../../src/report/table';
import { buildGraph } from '../../src/bridge/graph';
import { loadEnvironment } from '../../src/render';
import { smallTree } from '../bridge/support';

test('the storage map names path, claim, pods and what is lost', () => {
  const { app } = smallTree();
  expect(storageMap(app, buildGraph(app))).toEqual([{
    path: '/home/kaapana/web', directory: '/home/kaapana/web', volume: 'admin-web', claim: 'admin/web-pv-claim', size: '10Gi',
    pods: ['Deployment web-database'], holds: 'the database of web',
  }]);
});

test('a connection that a typed reference opened is listed, and no other', () => {
  const { app } = smallTree();
  expect(reachTable(buildGraph(app))).toEqual([
    { to: 'admin/component=database,name=web', ports: '5432', from: 'admin/name=web' },
    { to: 'admin/name=web', ports: '8080', from: 'admin/name=traefik' },
  ]);
});

test('labels alone may count, whatever the namespace, and ways out are shown too', () => {
  const { graph } = loadEnvironment('test/conformance/settings/default.yaml');
  expect(reachTable(graph)).toContainEqual({
    to: 'services/name=minio', ports: '9000', from: '*/kaapana.ai/type=processing-container',
  });
  const exits = exitTable(graph);
  expect(exits).toContainEqual({
    from: 'project-admin/network-access-external-ips=true', ports: 'all',
    to: '0.0.0.0/0 except 10.152.183.0/24 10.1.0.0/16 192.0.2.10/32',
  });
  expect(exits).toContainEqual({ from: 'services/*', ports: 'all', to: '10.1.0.0/16' });
});

test.each([['/auth', 'public'], ['/kube-helm-api', 'user'], ['/kubernetes', 'admin'], ['/traefik', 'admin']])('%s is for: %s', (path, requester) => {
  const { graph } = loadEnvironment('dev');
  expect(routeTable(graph).find((route) => route.path === path)?.requester).toBe(requester);
});

test('a table has columns as wide as their cells', () => {
  expect(textTable(['A', 'LONG'], [['longer', 'b']])).toBe('A       LONG\n------  ----\nlonger  b\n');
});
