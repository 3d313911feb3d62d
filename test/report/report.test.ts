import { reachTable, routeTable } from '../../src/report/routes';
import { storageMap } from '../../src/report/storage';
import { textTable } from '../../src/report/table';
import { buildGraph } from '../../src/bridge/graph';
import { loadEnvironment } from '../../src/render';
import { smallTree } from '../bridge/support';

test('the storage map names path, claim, pods and what is lost', () => {
  const { app } = smallTree();
  expect(storageMap(app, buildGraph(app))).toEqual([{
    path: '/home/kaapana/web', volume: 'admin-web', claim: 'admin/web-pv-claim', size: '10Gi',
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

test.each([['/auth', 'public'], ['/kube-helm-api', 'user'], ['/kubernetes', 'admin'], ['/traefik', 'admin']])('%s is for: %s', (path, requester) => {
  const { graph } = loadEnvironment('dev');
  expect(routeTable(graph).find((route) => route.path === path)?.requester).toBe(requester);
});

test('a table has columns as wide as their cells', () => {
  expect(textTable(['A', 'LONG'], [['longer', 'b']])).toBe('A       LONG\n------  ----\nlonger  b\n');
});
