import { amountsIn, promisedToPods, written } from './amounts';
import { type Conflict, howToOf, type Tenant } from './conflict';
import { enoughMemory, howToTakeLess } from './memory';
import { inEnvironment } from './remedies';
import { conflictTexts } from './report';

/** Accounts at the one identity provider of a server, by their secrets. */
const ACCOUNTS = [
  'credentials.keycloakAdminPassword',
  'credentials.oidcClientSecret',
  'credentials.systemUserPassword',
] as const;

/** The name of its administrator, which is no secret. */
const ADMINISTRATOR = 'credentials.keycloakAdminUsername';

/** A further instance logs in at its server's identity provider; what Pulumi alone can open is not compared. */
export function accountConflicts(tenants: readonly Tenant[]): Conflict[] {
  return tenants.flatMap((tenant) => {
    const host = tenants.find(({ environment }) => environment === tenant.settings.serverStack);
    if (!host) return [];
    const [own, wanted] = [tenant, host].map(({ settings }) => settings.credentials.keycloakAdminUsername);
    return [
      ...(own === wanted
        ? []
        : [otherAccount(tenant, host, ADMINISTRATOR, howToOf(tenant).set(ADMINISTRATOR, wanted))]),
      ...ACCOUNTS.filter((name) => areDifferent(tenant.secrets?.resolve(name), host.secrets?.resolve(name))).map(
        (name) => otherAccount(tenant, host, name, howToOf(tenant).setSecret(name)),
      ),
    ];
  });
}

function areDifferent(own: string | undefined, wanted: string | undefined): boolean {
  return own !== undefined && wanted !== undefined && own !== wanted;
}

function otherAccount({ environment }: Tenant, host: Tenant, name: string, remedy: string): Conflict {
  return {
    kind: 'account',
    what: `different values for the account ${name} at the identity provider, which the server has once`,
    owners: [
      { environment: host.environment, by: `kaapana:${name}` },
      { environment, by: `kaapana:${name}` },
    ],
    remedy: `In ${environment}: take that of ${host.environment}. ${remedy}`,
  };
}

/** The resources that all long-running pods of `tenants` ask for together, as quantities. */
export function sumOfRequests(tenants: readonly Tenant[]): Readonly<Record<string, string>> {
  const sums = promisedToPods(tenants.flatMap(({ graph }) => graph?.nodes ?? []));
  return Object.fromEntries([...sums].map(([name, sum]) => [name, written(name, sum)]));
}

/** A promise is kept when it is needed: together they fit the server, whose memory its own environment tells. */
export function memoryConflicts(tenants: readonly Tenant[]): Conflict[] {
  return tenants.length > 1 ? overcommitment(tenants) : [];
}

/** The same for an environment alone: how much there is in truth, its server says when it is asked, and that decides. */
export function memoryWarnings(tenants: readonly Tenant[]): string[] {
  return tenants.length > 1 ? [] : conflictTexts(overcommitment(tenants));
}

/** An environment, and the memory that its pods are promised. */
interface Promised extends Tenant {
  readonly memory: bigint;
}

function overcommitment(tenants: readonly Tenant[]): Conflict[] {
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
    {
      kind: 'memory',
      what: `more memory than the server has, ${written('memory', sum)} of ${size}: ${promised.map(({ environment, memory }) => `${environment} ${written('memory', memory)}`).join(', ')}`,
      owners: promised.map(({ environment }) => ({ environment, by: 'requests of its pods' })),
      remedy: [
        `In ${host.environment}: tell its true size, if that is ${enough} or more. ${howToOf(host).set('totalMemory', enough)}`,
        ...howToGiveLess(promised, excess),
      ].join('; or '),
    },
  ];
}

/** Who takes less: the largest further instance that can. Of the server's own environment totalMemory is what there is, so it has fewer extensions. */
function howToGiveLess(promised: readonly Promised[], excess: bigint): string[] {
  const bySize = [...promised].sort((a, b) => (a.memory < b.memory ? 1 : -1));
  const further = bySize.filter(({ settings }) => settings.serverStack !== undefined);
  const able = further.flatMap((tenant) => {
    const how = howToTakeLess(excess, tenant);
    return how === undefined ? [] : [`give ${tenant.environment} less. ${inEnvironment(tenant.environment, how)}`];
  });
  const extended = bySize
    .filter(({ settings }) => settings.extensions.length > 0)
    .map(({ environment }) => `give ${environment} less: install fewer extensions`);
  return [...able, ...extended, ...further.map(({ environment }) => `move ${environment} to another server`)].slice(
    0,
    1,
  );
}
