import { Accounts } from './accounts';
import type { Gate } from './gate';
import { originsOf } from './origins';
import type { Visitors } from './requesters';
import { Visitor } from './session';

/** Accounts that the gate makes, each in the group of its role. */
export const USER = { username: 'ursula', password: 'User-0-of-the-gate' };
export const MANAGER = { username: 'manuel', password: 'Manager-0-of-the-gate' };
export const ADMIN = { username: 'ada', password: 'Admin-0-of-the-gate' };

/** Makes the accounts, and logs their owners in. */
export async function visitors(gate: Gate): Promise<Visitors> {
  const accounts = await Accounts.open(gate.enter);
  await accounts.create(USER, 'kaapana_user');
  await accounts.create(MANAGER, 'kaapana_project_manager');
  await accounts.create(ADMIN, 'kaapana_admin');
  const { here, there } = originsOf(gate.site);
  const [user, manager, administrator, abroad] = [
    new Visitor(here),
    new Visitor(here),
    new Visitor(here),
    new Visitor(there, [here]),
  ];
  await user.logIn(USER);
  await manager.logIn(MANAGER);
  await administrator.logIn(ADMIN);
  await abroad.logIn(ADMIN);
  const { body } = await abroad.visit('/notifications/of-the-gate');
  const [, tokenOfNeighbour = ''] = /"X-Forwarded-Access-Token":\["([^"]+)"/.exec(body) ?? [];
  if (tokenOfNeighbour === '') throw new Error(`no token came through to the program that answered ${body}`);
  const neighbour = new Visitor(here);
  const forger = new Visitor(here);
  for (const [name, value] of abroad.cookies) {
    neighbour.cookies.set(name, value);
    // Each instance has a name of its own for its cookies.
    neighbour.cookies.set(name.replace(SECOND_SUFFIX, ''), value);
  }
  // As it would be signed by somebody who does not know the secret.
  for (const [name, value] of administrator.cookies) forger.cookies.set(name, `${value.slice(0, -8)}AAAAAAA=`);
  return { nobody: new Visitor(here), user, manager, administrator, neighbour, forger, tokenOfNeighbour };
}

const SECOND_SUFFIX = '-site2';
