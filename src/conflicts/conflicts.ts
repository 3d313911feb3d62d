import { isWithin } from '../base/paths';
import type { Claim, ClaimKind } from '../claims/claim';
import { objectClaims } from '../claims/object-claims';
import { settingsClaims } from '../claims/settings-claims';
import type { ConflictFacts, ContestedRule, Place } from '../findings/facts/conflicts';
import { finding, type Found } from '../findings/finding';
import { RULES } from '../findings/rules';
import { type Conflict, type Contest, type OwnedClaim, howToOf, subjectOf, type Tenant } from './conflict';
import { inOrder, remediesFor } from './remedies';
import { areOnOneServer } from './servers';
import { accountConflicts, memoryConflicts } from './shares';
import { unclearExports } from './unclear-exports';

/**
 * How a path is written that leads to the same place as others: without links, where the server's files can be looked
 * at.
 */
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
    ...unclearExports(held),
    ...accountConflicts(tenants),
    ...memoryConflicts(tenants),
  ];
}

/** What in `held` two want, of whom at least one can have another. */
export function claimConflicts(held: readonly OwnedClaim[], resolve: Resolve = (path) => path): Contest[] {
  const found = [
    ...sameNames(held),
    ...prefixRivals(held),
    ...pathRivals(held, 'directory', resolve),
    ...pathRivals(held, 'export', (path) => path),
  ];
  return withoutConsequences(found).map((each) => contest(each, held));
}

/** A finding of two who want the same; `rivals` has seen to it that the rule is about what they want. */
function contest({ rule, stays, changed, wanted }: Rivals, held: readonly OwnedClaim[]): Contest {
  const owners = [stays, changed].map(({ environment, by, holder }) => ({
    environment,
    by,
    ...(holder && { holder }),
  }));
  const change = changed.kind === 'server' ? undefined : changed.change;
  return {
    rule,
    severity: RULES[rule].severity,
    subject: subjectOf(changed),
    facts: { owners, wanted, mutual: stays.change !== undefined, change },
    remedies: remediesFor(changed, held),
  } as Contest;
}

/** Two who want the same, and which of them changes. */
interface Rivals {
  readonly rule: ContestedRule;
  readonly stays: OwnedClaim;
  readonly changed: OwnedClaim;
  readonly wanted: Contest['facts']['wanted'];
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
    else if (known.by.object === undefined) claims.set(key, { ...known, by: { ...known.by, object: claim.by.object } });
  }
  return [...claims.values()].map((claim) => ({ ...claim, environment, howTo }));
}

/** What of a server has a name that one alone can have. */
const NAMES = {
  server: 'second-server',
  instance: 'shared-instance-name',
  namespace: 'shared-namespace',
  object: 'shared-object',
  port: 'shared-port',
  address: 'shared-address',
} as const;

function sameNames(held: readonly OwnedClaim[]): Rivals[] {
  const byName = new Map<string, OwnedClaim[]>();
  for (const claim of held.filter(({ kind }) => kind in NAMES)) {
    const key = `${claim.kind} ${claim.value}`;
    byName.set(key, [...(byName.get(key) ?? []), claim]);
  }
  return [...byName.values()].flatMap((same) =>
    pairs(same).map(([first, second]) => rivals(NAMES[first.kind as keyof typeof NAMES], first, second, first.value)),
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
  const change = ({ environment, change: own }: OwnedClaim, prefix: string): OwnedClaim['change'] =>
    own && `${names.get(environment)}-`.startsWith(prefix) ? { kind: 'value', key: 'instanceUid' } : own;
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
            'shared-namespace-prefix',
            prefix,
            { ...namespace, kind: 'prefix', change: change(namespace, prefix.value) },
            { namespace: namespace.value, prefix: prefix.value, of: prefix.environment },
          ),
        ),
    );
}

/**
 * A path is another's, lies in it, or leads to it by links. Of directories that lie in each other as a whole, the
 * outermost are named alone.
 */
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
          rivals: rivals(`shared-${kind}`, outer.claim, inner.claim, { inner: place(inner), outer: place(outer) }),
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

function place({ claim, path }: { readonly claim: OwnedClaim; readonly path: string }): Place {
  return { path: claim.value, real: path };
}

/** A further instance is deployed to the cluster of its server, as which it has to describe it. */
function clusterConflicts(tenants: readonly Tenant[]): Found<'different-cluster'>[] {
  return tenants.flatMap((tenant) => {
    const { environment, settings } = tenant;
    const host = tenants.find((other) => other.environment === settings.serverStack);
    if (!host) return [];
    return (['kubeconfig', 'kubeContext', 'distribution'] as const)
      .filter((key) => settings[key] !== host.settings[key])
      .filter((key) => key === 'distribution' || !areOnOneServer(settings, host.settings))
      .map((key) => {
        const example = host.settings[key];
        return finding(
          'different-cluster',
          subjectOf(tenant),
          {
            owners: [host.environment, environment].map((each) => ({ environment: each, by: { setting: key } })),
            key,
            ...(key === 'distribution' ? { values: [host.settings[key], settings[key]] } : {}),
          },
          howToOf(tenant).here(example === undefined ? { kind: 'remove', key } : { kind: 'set', key, example }),
        );
      });
  });
}

function rivals<R extends ContestedRule>(
  rule: R,
  first: OwnedClaim,
  second: OwnedClaim,
  wanted: ConflictFacts[R]['wanted'],
): Rivals {
  const [stays, changed] = inOrder(first, second);
  return { rule, stays, changed, wanted };
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
  return first.environment !== second.environment && (first.change !== undefined || second.change !== undefined);
}
