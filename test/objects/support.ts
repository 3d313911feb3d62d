import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { RuntimeSecret, secretToken, Volume, WebRoute, Workload } from '../../constructs/kube';
import { Postgres } from '../../constructs/platform/postgres';
import { buildGraph, type Graph } from '../../src/objects/graph';
import { platform } from '../support';

/** A chart for a small platform: pull secret, a job that makes a certificate, a database, a web server with a route. */
export function smallTree(): { app: App; chart: Chart; web: Workload } {
  const app = new App();
  const chart = new Chart(app, 'server', { namespace: 'admin', disableResourceNameHashes: true });
  const shared = platform();
  new kplus.Namespace(chart, 'Namespace', { metadata: { name: 'admin' } });
  new kplus.Secret(chart, 'PullSecret', { metadata: { name: 'registry-secret' } });
  const job = new Workload(chart, 'Init', {
    platform: shared,
    namespace: 'admin',
    name: 'cert-init',
    kind: 'Job',
    container: { image: 'init' },
  });
  const certificate = new RuntimeSecret(chart, 'Certificate', { name: 'certificate', namespace: 'admin', madeBy: job });
  const database = new Postgres(chart, 'Database', {
    platform: shared,
    namespace: 'admin',
    component: 'web',
    database: 'web',
    password: secretToken('databasePassword'),
  });
  const config = new kplus.ConfigMap(chart, 'Config', {
    metadata: { name: 'web-config' },
    data: { 'web.conf': 'a = 1' },
  });
  const web = new Workload(chart, 'Web', {
    platform: shared,
    namespace: 'admin',
    name: 'web',
    waitFor: [database.endpoint],
    container: {
      image: 'web',
      ports: { http: 8080 },
      mounts: [Volume.secret('tls', certificate).at('/tls'), Volume.configMap('config', config).at('/config')],
      env: { PASSWORD: database.account.envValue('password') },
    },
  });
  const to = web.expose('Service', { name: 'web-service', ports: { http: 8080 } }).endpoint('http');
  new WebRoute(chart, 'Route', { platform: shared, name: 'web', paths: ['/web'], to });
  return { app, chart, web };
}

/** The graph of `smallTree`. */
export function smallGraph(): Graph {
  return buildGraph(smallTree().app);
}
