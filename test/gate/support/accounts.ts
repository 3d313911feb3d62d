import type { EnterPod } from './dial';
import { ADMINISTRATOR } from './environments';
import { type InsideRequest, jsonInside } from './inside';
import type { Account } from './session';

const KEYCLOAK = 'admin/keycloak';
const BASE = 'http://localhost:8080/auth';
const REALM = `${BASE}/admin/realms/kaapana`;

/** What the owner of a new account has to do. */
const CHOOSE = 'UPDATE_PASSWORD';

/** The identity provider, as its administrator sees it. */
export class Accounts {
  private constructor(private readonly ask: <Value>(request: InsideRequest) => Promise<Value>) {}

  /** Logs in as the administrator of the environment that owns the server. */
  public static async open(enter: EnterPod): Promise<Accounts> {
    const form = new URLSearchParams({ ...ADMINISTRATOR, client_id: 'admin-cli', grant_type: 'password' });
    const { access_token: token } = await jsonInside<{ access_token: string }>(enter, KEYCLOAK, {
      url: `${BASE}/realms/master/protocol/openid-connect/token`,
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    return new Accounts((request) => jsonInside(enter, KEYCLOAK, { ...request, headers }));
  }

  /** Makes an account in a group of the realm, with a password for good; one of that name is replaced. */
  public create(account: Account, group: string): Promise<void> {
    return this.replace(account, group, []);
  }

  /** An account as the platform makes it, whose owner has to choose a password; made anew where he has. */
  public async renew(account: Account, group: string): Promise<void> {
    const [user] = await this.usersCalled(account.username);
    if (user === undefined) throw new Error(`the realm has no account ${account.username}`);
    if (!user.requiredActions.includes(CHOOSE)) await this.replace(account, group, [CHOOSE]);
  }

  private async replace({ username, password }: Account, group: string, actions: readonly string[]): Promise<void> {
    for (const { id } of await this.usersCalled(username))
      await this.ask({ url: `${REALM}/users/${id}`, method: 'DELETE' });
    await this.send('POST', `${REALM}/users`, {
      username,
      enabled: true,
      emailVerified: true,
      email: `${username}@example.org`,
      firstName: username,
      lastName: 'of the gate',
      credentials: [{ type: 'password', value: password, temporary: false }],
      requiredActions: actions,
      groups: [group],
    });
  }

  private usersCalled(name: string): Promise<{ id: string; requiredActions: string[] }[]> {
    return this.ask({ url: `${REALM}/users?exact=true&username=${name}` });
  }

  /** A client of the realm by its id, as Keycloak describes it. */
  public async client(clientId: string): Promise<Record<string, unknown> | undefined> {
    const [client] = await this.ask<Record<string, unknown>[]>({ url: `${REALM}/clients?clientId=${clientId}` });
    return client;
  }

  /** Changes fields of a client. */
  public async setClient(clientId: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
    const client = await this.client(clientId);
    await this.send('PUT', `${REALM}/clients/${String(client?.['id'])}`, { ...client, ...fields });
  }

  /** Sends a change to Keycloak. */
  private async send(method: 'POST' | 'PUT', url: string, body: unknown): Promise<void> {
    await this.ask({ url, method, body: JSON.stringify(body) });
  }
}
