import { createHash } from 'node:crypto';

/** Host, port and path of a registry alone. */
export function withoutProtocol(url: string): string {
  return url.replace(/^[a-z]+:\/\//, '').replace(/\/+$/, '');
}

/** What tells registries apart in the names of objects. */
export function registryFingerprint(url: string): string {
  return createHash('sha256').update(withoutProtocol(url)).digest('hex').slice(0, 4);
}

/**
 * Name of the Secret with the account at a registry that is not the platform's (dag-installer-chart, Kaapana 0.6.0).
 */
export function registrySecretName(url: string): string {
  return `registry-secret-${registryFingerprint(url)}`;
}
