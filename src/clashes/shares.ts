import { compareQuantities } from '../quantity';
import { howToSet, howToSetSecret } from '../settings/problems';
import { promisedToPods, written } from './amounts';
import type { Clash, Tenant } from './claim';

/** Accounts at the one identity provider of a server. */
const ACCOUNTS = ['credentials.keycloakAdminPassword', 'credentials.oidcClientSecret', 'credentials.systemUserPassword'] as const;

/** A further instance logs in at its server's identity provider; what Pulumi alone can open is not compared. */
export function accountClashes(tenants: readonly Tenant[]): Clash[] {
  return tenants.flatMap(({ environment, settings, secrets }) => {
    const host = tenants.find((other) => other.environment === settings.serverStack);
    return ACCOUNTS.flatMap((name): Clash[] => {
      const [own, wanted] = [secrets?.resolve(name), host?.secrets?.resolve(name)];
      if (host === undefined || own === undefined || wanted === undefined || own === wanted) return [];
      return [{
        kind: 'account',
        what: `different values for the account ${name} at the identity provider, which the server has once`,
        owners: [{ environment: host.environment, by: `kaapana:${name}` }, { environment, by: `kaapana:${name}` }],
        remedy: `In ${environment}: take that of ${host.environment}. ${howToSetSecret(name)}`,
      }];
    });
  });
}

/** The resources that all long-running pods of `tenants` ask for together, as quantities. */
export function sumOfRequests(tenants: readonly Tenant[]): Readonly<Record<string, string>> {
  const sums = promisedToPods(tenants.flatMap(({ graph }) => graph?.nodes ?? []));
  return Object.fromEntries([...sums].map(([name, sum]) => [name, written(name, sum)]));
}

/** A promise is kept when it is needed: together they fit the server, whose memory its own environment tells. */
export function memoryClashes(tenants: readonly Tenant[]): Clash[] {
  const host = tenants.find(({ settings }) => settings.serverStack === undefined);
  const total = host?.settings.totalMemory;
  const promised = tenants.filter(({ graph }) => graph).map((tenant) => ({ environment: tenant.environment, memory: sumOfRequests([tenant])['memory'] ?? '0' }));
  const sum = sumOfRequests(tenants)['memory'] ?? '0';
  if (host === undefined || total === undefined || promised.length < 2 || compareQuantities(sum, total) <= 0) return [];
  return [{
    kind: 'memory',
    what: `more memory than the server has, ${sum} of ${total}: ${promised.map(({ environment, memory }) => `${environment} ${memory}`).join(', ')}`,
    owners: promised.map(({ environment }) => ({ environment, by: 'requests of its pods' })),
    remedy: `In ${host.environment}: tell how much it has. ${howToSet('totalMemory', sum)}; or give one of them less`,
  }];
}
