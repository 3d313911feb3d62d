import { isWithin } from '../base/paths';
import type { Claim, ClaimKind } from '../claims/claim';
import { type Conflict, type OwnedClaim, howToOf, type Tenant } from './conflict';
import { objectClaims } from '../claims/object-claims';
import { inEnvironment, inOrder, remedyFor } from './remedies';
import { settingsClaims } from '../claims/settings-claims';
import { accountConflicts, memoryConflicts } from './shares';

/** How a path is written that leads to the same place as others: without links, where the server's files can be looked at. */
export type Resolve = (path: string) => string;

/**
 * Everything that environments of one server would take from each other, each with both owners and the remedy. With
 * objects it is a proof: no object, port or directory of one is another's. With settings alone it is as fast as reading
 * them, and finds every conflict that follows from settings.
 *
 * @param resolve follows links @default - paths are compared as they are written
 */
export function conflicts(tenants: readonly Tenant[], resolve: Resolve = (path) => path): Conflict[] {
  const held = tenants.flatMap((tenant) => claimsOf(tenant));
  return [
    ...clusterConflicts(tenants),
    ...claimConflicts(held, resolve),
    ...accountConflicts(tenants),
    ...memoryConflicts(tenants),
  ];
}

/** What in `held` two want, of whom at least one can have another. */
export function claimConflicts(held: readonly OwnedClaim[], resolve: Resolve = (path) => path): Conflict[] {
  const found = [
    ...sameNames(held),
    ...prefixRivals(held),
    ...pathRivals(held, 'directory', resolve),
    ...pathRivals(held, 'export', (path) => path),
  ];
  return withoutConsequences(found).map(({ stays, changed, what }) => ({
    kind: stays.kind,
    what,
    owners: [stays, changed].map(({ environment, by, holder }) => ({ environment, by, ...(holder && { holder }) })),
    remedy: remedyFor(changed, stays, held),
  }));
}

/** Two who want the same, and which of them changes. */
interface Rivals {
  readonly stays: OwnedClaim;
  readonly changed: OwnedClaim;

  /** What both want. */
  readonly what: string;
}

/** Mistakes from which nearly all else follows that the same two take from each other; the last one is the gravest. */
const CAUSES: readonly ClaimKind[] = ['instance', 'server'];

/** Of two who made such a mistake, the mistake alone. */
function withoutConsequences(found: readonly Rivals[]): Rivals[] {
  const pair = ({ stays, changed }: Rivals): string => [stays.environment, changed.environment].sort().join(' ');
  const causes = new Map(
    CAUSES.flatMap((cause) => found.filter(({ stays }) => stays.kind === cause)).map((rivals) => [
      pair(rivals),
      rivals,
    ]),
  );
  return found.filter((rivals) => (causes.get(pair(rivals)) ?? rivals) === rivals);
}

/** Each claim of an environment once: the setting that leads to it, else the object. */
export function claimsOf({ environment, settings, graph, howTo }: Tenant): OwnedClaim[] {
  const claims = new Map<string, Claim>();
  for (const claim of [...settingsClaims(settings), ...(graph ? objectClaims(graph, settings) : [])]) {
    const key = `${claim.kind} ${claim.value}`;
    const known = claims.get(key);
    if (known === undefined) claims.set(key, claim);
    else if (known.by.startsWith('kaapana:') && !known.by.includes(' '))
      claims.set(key, { ...known, by: `${known.by} (${claim.by})` });
  }
  return [...claims.values()].map((claim) => ({ ...claim, environment, howTo }));
}

const NAMES: Readonly<Record<Exclude<ClaimKind, 'prefix' | 'directory' | 'export'>, (value: string) => string>> = {
  server: (value) => `the ${value}`,
  instance: (value) => `the name of the instance, "${value}"`,
  namespace: (value) => `the namespace "${value}"`,
  object: (value) => value,
  port: (value) => `the node port ${value}`,
  address: (value) => `the address ${value}`,
};

function sameNames(held: readonly OwnedClaim[]): Rivals[] {
  const byName = new Map<string, OwnedClaim[]>();
  for (const claim of held.filter(({ kind }) => kind in NAMES)) {
    const key = `${claim.kind} ${claim.value}`;
    byName.set(key, [...(byName.get(key) ?? []), claim]);
  }
  return [...byName.values()].flatMap((same) =>
    pairs(same).map(([first, second]) => rivals(first, second, NAMES[first.kind as keyof typeof NAMES](first.value))),
  );
}

/** Users make projects at run time: their namespaces begin as those of the instance do, so no other's may. */
function prefixRivals(held: readonly OwnedClaim[]): Rivals[] {
  const namespaces = held.filter(({ kind }) => kind === 'namespace');
  const owners = new Set(namespaces.map(({ environment, value }) => `${environment} ${value}`));
  const names = new Map(
    held.filter(({ kind }) => kind === 'instance').map(({ environment, value }) => [environment, value]),
  );
  // A namespace that begins so by the name of its instance gets another by another name.
  const setting = ({ environment, setting: own }: OwnedClaim, prefix: string): string | undefined =>
    own && `${names.get(environment)}-`.startsWith(prefix) ? 'instanceUid' : own;
  return held
    .filter(({ kind }) => kind === 'prefix')
    .flatMap((prefix) =>
      namespaces
        .filter(
          (namespace) =>
            areRivals(namespace, prefix) &&
            namespace.value.startsWith(prefix.value) &&
            !owners.has(`${prefix.environment} ${namespace.value}`),
        )
        .map((namespace) =>
          rivals(
            prefix,
            { ...namespace, kind: 'prefix', setting: setting(namespace, prefix.value) },
            `the namespace "${namespace.value}", which begins as those of projects may that users of ${prefix.environment} make (${prefix.value}...)`,
          ),
        ),
    );
}

/** A path is another's, lies in it, or leads to it by links. Of directories that lie in each other as a whole, the outermost are named alone. */
function pathRivals(held: readonly OwnedClaim[], kind: 'directory' | 'export', resolve: Resolve): Rivals[] {
  const paths = held
    .filter((claim) => claim.kind === kind)
    .map((claim) => ({ claim, path: resolve(claim.value).replace(/\/+$/, '') }))
    .sort((a, b) => (`${a.path}/` < `${b.path}/` ? -1 : 1));
  const found: { rivals: Rivals; outer: string; inner: string }[] = [];
  let around: typeof paths = [];
  for (const inner of paths) {
    around = around.filter(({ path }) => isWithin(inner.path, path));
    for (const outer of around.filter(({ claim }) => areRivals(claim, inner.claim))) {
      const named = found.some(
        (other) =>
          isWithin(outer.path, other.outer) &&
          isWithin(inner.path, other.inner) &&
          areOf(other.rivals, outer.claim, inner.claim),
      );
      if (!named)
        found.push({
          rivals: rivals(outer.claim, inner.claim, place(outer, inner)),
          outer: outer.path,
          inner: inner.path,
        });
    }
    around.push(inner);
  }
  return found.map((each) => each.rivals);
}

function areOf({ stays, changed }: Rivals, ...claims: readonly OwnedClaim[]): boolean {
  return [stays, changed].every(({ environment }) => claims.some((claim) => claim.environment === environment));
}

function place(outer: { claim: OwnedClaim; path: string }, inner: { claim: OwnedClaim; path: string }): string {
  const shown = ({ claim, path }: typeof outer): string =>
    claim.value.replace(/\/+$/, '') === path ? path : `${claim.value} (in truth ${path})`;
  return outer.path === inner.path
    ? `the directory ${shown(outer)}${outer.claim.value === inner.claim.value ? '' : `, also called ${inner.claim.value}`}`
    : `the directory ${shown(inner)}, which lies in ${shown(outer)}`;
}

/** A further instance is deployed to the cluster of its server, as which it has to describe it. */
function clusterConflicts(tenants: readonly Tenant[]): Conflict[] {
  return tenants.flatMap((tenant) => {
    const { environment, settings } = tenant;
    const howTo = howToOf(tenant);
    const host = tenants.find((other) => other.environment === settings.serverStack);
    if (!host) return [];
    return (['kubeconfig', 'kubeContext', 'distribution'] as const)
      .filter((key) => settings[key] !== host.settings[key])
      .map(
        (key): Conflict => ({
          kind: 'cluster',
          what:
            key === 'distribution'
              ? `different distributions for one server, ${host.settings[key]} and ${settings[key]}`
              : `different clusters for one server, by ${key}`,
          owners: [
            { environment: host.environment, by: `kaapana:${key}` },
            { environment, by: `kaapana:${key}` },
          ],
          remedy: inEnvironment(
            environment,
            host.settings[key] === undefined ? howTo.remove(key) : howTo.set(key, host.settings[key]),
          ),
        }),
      );
  });
}

function rivals(first: OwnedClaim, second: OwnedClaim, what: string): Rivals {
  const [stays, changed] = inOrder(first, second);
  return { stays, changed, what };
}

/** Each two of different environments. */
function pairs(held: readonly OwnedClaim[]): [OwnedClaim, OwnedClaim][] {
  return held.flatMap((first, index) =>
    held
      .slice(index + 1)
      .filter((second) => areRivals(first, second))
      .map((second): [OwnedClaim, OwnedClaim] => [first, second]),
  );
}

function areRivals(first: OwnedClaim, second: OwnedClaim): boolean {
  return first.environment !== second.environment && (first.setting !== undefined || second.setting !== undefined);
}
