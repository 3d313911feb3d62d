import { FORGED_HEADERS } from '../support/requesters';
import type { Visitor } from '../support/session';

const EVIL = 'https://evil.example.org/';

/** Whether the identity provider sends users of a client to an address that is none of the platform's. */
export async function redirectFindings(nobody: Visitor, clients: readonly string[]): Promise<string[]> {
  const findings = await Promise.all(
    clients.map(async (client) => {
      const status = await authorizationStatus(nobody, client, EVIL);
      return status === 400 ? [] : [`the login of the client ${client} sends users to ${EVIL} (${status})`];
    }),
  );
  return findings.flat();
}

/** What the identity provider answers when a client wants its user back at `address`: 200 is its login page. */
export async function authorizationStatus(nobody: Visitor, client: string, address: string): Promise<number> {
  const query = new URLSearchParams({
    client_id: client,
    redirect_uri: address,
    response_type: 'code',
    scope: 'openid',
  });
  return (await nobody.request(`/auth/realms/kaapana/protocol/openid-connect/auth?${query.toString()}`)).status;
}

/** Whether a program to which nobody has to log in gets what its visitor made up. */
export async function forgeryFindings(nobody: Visitor, path: string): Promise<string[]> {
  const { body } = await nobody.request(path, { headers: FORGED_HEADERS });
  return body.includes('forger') ? [`the program behind ${path} got what its visitor made up: ${body}`] : [];
}
