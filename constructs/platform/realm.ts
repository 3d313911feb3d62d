import type { Construct } from 'constructs';
import { type Address, origin, type Wait } from '../kube';

/**
 * Client of the identity provider that the platform's programs act as, and that users log in by at the first instance.
 */
export const CLIENT_ID = 'kaapana';

/** Client that users of a further instance log in by. */
export function clientOf(instanceUid: string): string {
  return `${CLIENT_ID}-${instanceUid}`;
}

/** Paths below a platform's origin that the identity provider may send users back to. */
export const REDIRECT_PATHS = [
  '/oauth2/callback',
  '/minio-console/oauth_callback/',
  '/meta/auth/openid/login',
] as const;

/** Path at the identity provider that describes the platform's realm. */
export const REALM_DESCRIPTION = '/auth/realms/kaapana/.well-known/openid-configuration';

/** URL of the description of the platform's realm; programs find the rest of the identity provider in it. */
export function realmDescription(keycloak: Address): string {
  return `${origin(keycloak)}${REALM_DESCRIPTION}`;
}

/**
 * A wait until the platform's realm is there, which the job `realm` makes; without it, another environment has made it.
 */
export function realmWait(keycloak: Address, realm?: Construct): Wait {
  return { address: keycloak, label: 'keycloak', path: REALM_DESCRIPTION, madeBy: realm };
}
