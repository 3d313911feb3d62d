import { type Address, origin } from './kube';

/** Client of the identity provider that the platform's programs act as. */
export const CLIENT_ID = 'kaapana';

/** Path at the identity provider that describes the platform's realm. */
export const REALM_DESCRIPTION = '/auth/realms/kaapana/.well-known/openid-configuration';

/** URL of the description of the platform's realm; programs find the rest of the identity provider in it. */
export function realmDescription(keycloak: Address): string {
  return `${origin(keycloak)}${REALM_DESCRIPTION}`;
}
