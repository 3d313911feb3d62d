import { textTable } from '../../src/base/table';
import { loadEnvironment } from '../../src/environment/load';
import { buildPlatform } from '../../src/environment/tree';
import { buildGraph, type GraphNode } from '../../src/objects/graph';
import { exitTable, reachTable, routeTable } from '../../src/report/routes';
import { storageMap } from '../../src/report/storage';
import { smallTree } from '../objects/support';
import { settings } from '../settings/support';

const dev = loadEnvironment('dev');

test('the storage map names path, claim, pods and what is lost', () => {
  const { app } = smallTree();
  expect(storageMap(app, buildGraph(app))).toEqual([
    {
      path: '/home/kaapana/web',
      directory: '/home/kaapana/web',
      volume: 'admin-web',
      claim: 'admin/web-pv-claim',
      size: '10Gi',
      pods: ['Deployment web-database'],
      holds: 'the database of web',
    },
  ]);
});

test('claims of projects are those of tasks, which no tree has', () => {
  const { app, graph } = buildPlatform(settings({ components: ['jobs-namespace'] }), 'test');
  const podsOf = (claim: string) => storageMap(app, graph).find((row) => row.claim === claim)?.pods;
  expect(podsOf('jobs/models-jobs-pv-claim')).toEqual(['tasks of workflows']);
  for (const name of ['models', 'workflow-data', 'tensorboard', 'dags', 'af-plugins', 'af-logs'])
    expect(podsOf(`project-admin/${name}-pv-claim`)).toEqual(['tasks of workflows']);
  expect(podsOf('services/models-pv-claim')).toEqual(['Deployment airflow-scheduler', 'Deployment airflow-webserver']);
});

test('a connection that a typed reference opened is listed, and no other', () => {
  const { app } = smallTree();
  expect(reachTable(buildGraph(app))).toEqual([
    { to: 'admin/component=database,name=web', ports: '5432', from: 'admin/name=web' },
    { to: 'admin/name=web', ports: '8080', from: 'admin/name=traefik' },
  ]);
});

test('namespaces that users make are told by what they lack, and ways out are shown too', () => {
  const { graph } = loadEnvironment('test/conformance/settings/default.yaml');
  expect(reachTable(graph)).toContainEqual({
    to: 'services/name=minio',
    ports: '9000',
    from:
      '(name=project-admin)/kaapana.ai/type=processing-container, ' +
      '(!deploy.kaapana.ai/instance,name!=default|kube-node-lease|kube-public|kube-system)/kaapana.ai/type=processing-container',
  });
  const exits = exitTable(graph);
  expect(exits).toContainEqual({
    from: 'project-admin/network-access-external-ips=true',
    ports: 'all',
    to: '0.0.0.0/0 except 10.152.183.0/24 10.1.0.0/16 192.0.2.10/32',
  });
  expect(exits).toContainEqual({ from: 'services/*', ports: 'all', to: '10.1.0.0/16' });
});

test.each([
  ['/', 'user'],
  ['/docs/', 'user'],
  ['/kaapana-backend', 'public'],
  ['/flow', 'project'],
  ['/auth', 'public'],
  ['/kube-helm-api', 'user'],
  ['/kubernetes', 'admin'],
  ['/traefik', 'admin'],
])('%s is for: %s', (path, requester) => {
  const { graph } = dev;
  expect(routeTable(graph).find((route) => route.path === path)?.requester).toBe(requester);
});

test('what the policy lets pass needs a session, too, unless oauth2-proxy skips it', () => {
  const { graph } = dev;
  expect(routeTable(graph, []).filter(({ requester }) => requester === 'public')).toEqual([]);
});

test('ports of the nodes that no front door has stand before the routes', () => {
  const { graph } = dev;
  const service = (nodePort: number, selector = {}): GraphNode => ({
    ...(graph.nodes[0] as GraphNode),
    manifest: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'open', namespace: 'services' },
      spec: { selector, ports: [{ port: 80, nodePort }] },
    },
  });
  const rows = routeTable({
    ...graph,
    nodes: [...graph.nodes, service(22223), service(31000, { 'app.kubernetes.io/name': 'traefik' })],
  });
  expect(rows.slice(0, 3)).toEqual([
    { path: '-', to: 'services/ctp-dicom-service', requester: 'anybody, by node port 11112', middlewares: '' },
    { path: '-', to: 'services/open', requester: 'anybody, by node port 22223', middlewares: '' },
    expect.objectContaining({ path: '/', requester: 'user' }),
  ]);
});

test('a table has columns as wide as their cells', () => {
  expect(textTable(['A', 'LONG'], [['longer', 'b']])).toBe('A       LONG\n------  ----\nlonger  b\n');
});
