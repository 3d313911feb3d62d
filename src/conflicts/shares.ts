import { finding, type Found } from '../findings/finding';
import type { Remedy } from '../findings/remedy';
import { amountsIn, promisedToPods, written } from './amounts';
import { howToOf, subjectOf, type Tenant } from './conflict';
import { enoughMemory, howToTakeLess } from './memory';

/** Accounts at the one identity provider of a server, by their secrets. */
const ACCOUNTS = [
  'credentials.keycloakAdminPassword',
  'credentials.oidcClientSecret',
  'credentials.systemUserPassword',
] as const;

/** The name of its administrator, which is no secret. */
const ADMINISTRATOR = 'credentials.keycloakAdminUsername';

/** A further instance logs in at its server's identity provider; what Pulumi alone can open is not compared. */
export function accountConflicts(tenants: readonly Tenant[]): Found<'different-account'>[] {
  return tenants.flatMap((tenant) => {
    const host = tenants.find(({ environment }) => environment === tenant.settings.serverStack);
    if (!host) return [];
    const [own, wanted] = [tenant, host].map(({ settings }) => settings.credentials.keycloakAdminUsername);
    return [
      ...(own === wanted ? [] : [otherAccount(tenant, host, { kind: 'set', key: ADMINISTRATOR, example: wanted })]),
      ...ACCOUNTS.filter((name) => areDifferent(tenant.secrets?.resolve(name), host.secrets?.resolve(name))).map(
        (key) => otherAccount(tenant, host, { kind: 'set-secret', key }),
      ),
    ];
  });
}

function areDifferent(own: string | undefined, wanted: string | undefined): boolean {
  return own !== undefined && wanted !== undefined && own !== wanted;
}

function otherAccount(
  tenant: Tenant,
  host: Tenant,
  remedy: Extract<Remedy, { readonly key: string }>,
): Found<'different-account'> {
  const { key } = remedy;
  const owners = [host, tenant].map(({ environment }) => ({ environment, by: { setting: key } }));
  return finding('different-account', subjectOf(tenant), { owners, key }, howToOf(tenant).here(remedy));
}

/** The resources that all long-running pods of `tenants` ask for together, as quantities. */
export function sumOfRequests(tenants: readonly Tenant[]): Readonly<Record<string, string>> {
  const sums = promisedToPods(tenants.flatMap(({ graph }) => graph?.nodes ?? []));
  return Object.fromEntries([...sums].map(([name, sum]) => [name, written(name, sum)]));
}

/** A promise is kept when it is needed: together they fit the server, whose memory its own environment tells. */
export function memoryConflicts(tenants: readonly Tenant[]): Found<'too-little-memory'>[] {
  return tenants.length > 1 ? overcommitment('too-little-memory', tenants) : [];
}

/**
 * The same for an environment alone: how much there is in truth, its server says when it is asked, and that decides.
 */
export function memoryWarnings(tenants: readonly Tenant[]): Found<'memory-overcommitted'>[] {
  return tenants.length > 1 ? [] : overcommitment('memory-overcommitted', tenants);
}

/** An environment, and the memory that its pods are promised. */
interface Promised extends Tenant {
  readonly memory: bigint;
}

function overcommitment<R extends 'too-little-memory' | 'memory-overcommitted'>(
  rule: R,
  tenants: readonly Tenant[],
): Found<R>[] {
  const [host, another] = tenants.filter(({ settings }) => settings.serverStack === undefined);
  const size = host?.settings.totalMemory;
  if (host === undefined || another !== undefined || size === undefined) return [];
  const promised = tenants
    .filter(({ graph }) => graph)
    .map((tenant): Promised => ({ ...tenant, memory: promisedToPods(tenant.graph?.nodes ?? []).get('memory') ?? 0n }));
  const sum = promised.reduce((all, { memory }) => all + memory, 0n);
  const excess = sum - (amountsIn({ memory: size }).get('memory') ?? 0n);
  if (excess <= 0n) return [];
  const enough = enoughMemory(sum, host.settings);
  return [
    finding(
      rule,
      subjectOf(host),
      {
        owners: promised.map(({ environment }) => ({ environment, by: { requests: true } })),
        resource: 'memory',
        promised: written('memory', sum),
        available: size,
        shares: promised.map(({ environment, memory }) => ({ environment, amount: written('memory', memory) })),
        enough,
      },
      howToOf(host).here({ kind: 'set', key: 'totalMemory', example: enough }),
      ...howToGiveLess(promised, excess),
    ),
  ];
}

/**
 * Who takes less: the largest further instance that can. Of the server's own environment totalMemory is what there is,
 * so it has fewer extensions.
 */
function howToGiveLess(promised: readonly Promised[], excess: bigint): Remedy[] {
  const bySize = [...promised].sort((a, b) => (a.memory < b.memory ? 1 : -1));
  const further = bySize.filter(({ settings }) => settings.serverStack !== undefined);
  const extended = bySize.filter(({ settings }) => settings.extensions.length > 0);
  return [
    ...further.flatMap((tenant) => howToTakeLess(excess, tenant) ?? []),
    ...extended.map((tenant) => howToOf(tenant).here({ kind: 'do', what: 'fewer-extensions' })),
    ...further.map((tenant) => howToOf(tenant).here({ kind: 'do', what: 'other-server' })),
  ].slice(0, 1);
}
