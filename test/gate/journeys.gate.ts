import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loadEnvironment } from '../../src/environment/load';
import { routeTable } from '../../src/report/routes';
import { authorizationStatus } from './checks/sessions';
import { Accounts } from './support/accounts';
import { newVisitor, startBrowser, urlOf } from './support/browser';
import { INITIAL } from './support/environments';
import { Gate } from './support/gate';
import { limited } from './support/http';
import { originsOf } from './support/origins';
import { promised } from './support/promise';
import { FORGED_HEADERS } from './support/requesters';
import { Visitor } from './support/session';
import { USER } from './support/visitors';

const gate = new Gate();
const { here, there } = originsOf(gate.site);

/** What the owner of the initial account chooses at the first login. */
const CHOSEN = 'Chosen-0-by-the-owner';

let browser: Browser;
let visitor: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser([here, there]);
});

afterAll(() => browser.close());

beforeEach(async () => {
  visitor = await newVisitor(browser);
  page = await visitor.newPage();
});

afterEach(() => visitor.close());

async function logIn(username: string, password: string, origin = here): Promise<void> {
  await page.goto(urlOf(origin, '/'));
  await page.fill('#username', username);
  await page.fill('#password', password);
  await page.click('#kc-login');
  await page.waitForLoadState();
}

/** What the program behind a route says that it got. */
async function echo(path: string): Promise<{ readonly workload: string; readonly headers: Record<string, string[]> }> {
  const answer = await page.goto(urlOf(here, path));
  return JSON.parse((await answer?.text()) ?? '') as { workload: string; headers: Record<string, string[]> };
}

test('whoever has no session is sent to the login, on every route but public ones', async () => {
  const routes = routeTable(loadEnvironment(gate.first.file).graph).filter(({ path }) => path.startsWith('/'));
  const elsewhere: string[] = [];
  for (const { path } of routes.filter((route) => promised(route.path, undefined) === 'login')) {
    await page.goto(urlOf(here, path));
    const { hostname, pathname } = new URL(page.url());
    if (hostname !== here.domain || !pathname.startsWith('/auth/realms/kaapana/'))
      elsewhere.push(`${path} -> ${page.url()}`);
  }
  expect(elsewhere).toEqual([]);
});

test('the owner of the initial account sets a password, and comes to the landing page', async () => {
  await (await Accounts.open(gate.enter)).renew(INITIAL, 'kaapana_admin');
  await logIn(INITIAL.username, INITIAL.password);
  await choose(INITIAL.password);
  await page.getByText('Invalid password').first().waitFor();
  await choose(CHOSEN);
  await page.waitForURL(urlOf(here, '/'));
  expect(await page.title()).toBe('landing-page-kaapana');
  await visitor.clearCookies();
  await logIn(INITIAL.username, CHOSEN);
  expect(page.url()).toBe(urlOf(here, '/'));
});

async function choose(password: string): Promise<void> {
  await page.fill('#password-new', password);
  await page.fill('#password-confirm', password);
  await page.click('[type=submit]');
}

test('the program behind a route gets the name of its user, and none that he made up', async () => {
  await logIn(USER.username, USER.password);
  await visitor.setExtraHTTPHeaders(FORGED_HEADERS);
  const { headers } = await echo('/dicom-web-filter/studies');
  const [token = ''] = headers['X-Forwarded-Access-Token'] ?? [];
  const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  expect(headers).toMatchObject({
    'X-Forwarded-User': [sub],
    'X-Forwarded-Email': [`${USER.username}@example.org`],
    'X-Forwarded-Preferred-Username': [USER.username],
    'X-Forwarded-Groups': [expect.stringMatching(/^\/kaapana_user,(role:(?!admin)[\w:-]+,?)+$/)],
  });
});

test('a program that anybody reaches gets no user at all', async () => {
  await visitor.setExtraHTTPHeaders(FORGED_HEADERS);
  const { headers } = await echo('/kaapana-backend/remote/anything');
  expect(Object.keys(headers)).toContain('X-Forwarded-Host');
  expect(Object.keys(headers).filter((name) => /^X-Forwarded-(User|Email|Preferred|Groups|Access)/.test(name))).toEqual(
    [],
  );
});

test('a user without the role is refused where administrators are let in', async () => {
  await logIn(USER.username, USER.password);
  for (const path of ['/prometheus', '/kubernetes', '/traefik', '/grafana', '/os']) {
    const answer = await page.goto(urlOf(here, path));
    expect({ path, status: answer?.status() }).toEqual({ path, status: 403 });
  }
});

test('a log-out ends the session everywhere', async () => {
  await logIn(USER.username, USER.password);
  const cookies = await visitor.cookies();
  await page.goto(urlOf(here, '/kaapana-backend/oidc-logout'));
  for (const url of [page.url(), urlOf(here, '/ohif'), urlOf(there, '/ohif')]) {
    await page.goto(url);
    expect(page.url()).toContain(urlOf(here, '/auth/realms/kaapana/'));
  }
  // Whoever has kept a copy of the identity provider's cookies has nothing left.
  await visitor.clearCookies();
  await visitor.addCookies(cookies.filter(({ name }) => !isSession(name)));
  await page.goto(urlOf(here, '/ohif'));
  expect(page.url()).toContain(urlOf(here, '/auth/realms/kaapana/'));
});

function isSession(name: string): boolean {
  return name.startsWith('_oauth2_proxy');
}

test('what is public is open', async () => {
  for (const path of ['/auth/realms/kaapana/.well-known/openid-configuration', '/kaapana-backend/remote/anything']) {
    const answer = await page.goto(urlOf(here, path));
    expect({ path, status: answer?.status(), url: page.url() }).toEqual({ path, status: 200, url: urlOf(here, path) });
  }
});

test('a websocket reaches the notifications of its user', async () => {
  await logIn(USER.username, USER.password);
  const said = await page.evaluate(
    (url) =>
      new Promise<string>((resolve, reject) => {
        const socket = new WebSocket(url);
        socket.onopen = () => socket.send('ping of the gate');
        socket.onmessage = ({ data }) => resolve(String(data));
        socket.onerror = () => reject(new Error('the websocket was refused'));
      }),
    urlOf(here, '/notifications/ws').replace('https:', 'wss:'),
  );
  expect(said).toContain('ping of the gate');
});

test('a user logs in at the other instance, too, which is worth nothing at the first', async () => {
  await logIn(USER.username, USER.password, there);
  expect(page.url()).toBe(urlOf(there, '/'));
  const sessions = (await visitor.cookies()).filter(({ name }) => isSession(name));
  expect(sessions.length).toBeGreaterThan(0);
  await visitor.clearCookies();
  await visitor.addCookies(sessions.map((cookie) => ({ ...cookie, domain: here.domain })));
  await page.goto(urlOf(here, '/'));
  expect(page.url()).toContain(urlOf(here, '/auth/realms/kaapana/'));
});

test('the identity provider sends users back to nobody but their instance', async () => {
  const nobody = new Visitor(here);
  for (const [client, own, other] of [
    ['kaapana', here, there],
    ['kaapana-site2', there, here],
  ] as const) {
    const callback = '/oauth2/callback';
    const strange = ['https://evil.example.org/', `https://${own.domain}.evil.example.org${callback}`];
    const addresses = [urlOf(own, callback), urlOf(own, '/elsewhere'), urlOf(other, callback), ...strange];
    const statuses = await limited(2, addresses, (address) => authorizationStatus(nobody, client, address));
    expect({ client, statuses }).toEqual({
      client,
      statuses: [200, 400, 400, 400, 400],
    });
  }
});

test('images come in by the port of DICOM, at each instance', async () => {
  const answers = await limited(2, [11112, 11113], async (port) => {
    // A stub is behind it, which speaks no DICOM: what is shown is that the port leads to it.
    const answer = await fetch(`http://${here.address}:${port}/`);
    return ((await answer.json()) as { workload: string }).workload;
  });
  expect(answers).toEqual(['services/ctp', 'site2-services/ctp']);
});
