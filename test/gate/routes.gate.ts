import { loadEnvironment } from '../../src/environment/load';
import { type RouteRow, routeTable } from '../../src/report/routes';
import { routeReport } from './checks/route-report';
import { routeCells } from './checks/routes';
import { Gate } from './support/gate';
import { expectReport } from './support/report';
import { requesters } from './support/requesters';
import { visitors } from './support/visitors';
import { worlds } from './support/worlds';

const gate = new Gate();

/** Below routes of which only a part is public. */
const PARTS = [
  '/auth/admin/',
  '/auth/realms/master/account',
  '/auth/realms/kaapana/.well-known/openid-configuration',
  '/kaapana-backend/remote/anything',
  '/kaapana-backend/oidc-logout',
  '/kaapana-backend/client/anything',
  '/api/http/routers',
];

/** The routes of an environment, as `kaapana routes` prints them, and parts of some. */
function routesOf(file: string): RouteRow[] {
  const routes = routeTable(loadEnvironment(file).graph).filter(({ path }) => path.startsWith('/'));
  const parts = PARTS.flatMap((path) => {
    const route = routes.find((candidate) => candidate.path !== '/' && path.startsWith(`${candidate.path}/`));
    return route ? [{ ...route, path }] : [];
  });
  return [...routes, ...parts];
}

test('each route answers each requester as promised', async () => {
  const routes = routesOf(gate.first.file);
  expect(routes.length).toBeGreaterThanOrEqual(45);
  const { services } = worlds(gate.site).first.connectivity.cluster;
  const cells = await routeCells(routes, requesters(await visitors(gate)), services);
  expect(cells.flatMap(({ finding }) => finding ?? [])).toEqual([]);
  expect(new Set(cells.map(({ requester }) => requester)).size).toBeGreaterThanOrEqual(12);
  expectReport('Who gets where', routeReport(cells));
});
