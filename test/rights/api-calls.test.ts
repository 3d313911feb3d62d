import type { k8s } from 'cdk8s-plus-27';
import type { Manifest } from '../support';
import { type ApiCall, apiCalls, rendered, SETS } from './support';

/**
 * Roles allow what programs ask of the Kubernetes API, and refuse the rest; the API server itself is asked in
 * test/integration.
 */

/** What the API server's own roles allow every account. */
const FOR_ALL = ['/api', '/apis', '/version'];

/** Namespaces of a server have the same name for all instances. */
const SHARED = ['admin', 'default', 'kube-system', '*'];

interface Rbac {
  readonly accounts: ReadonlySet<string>;

  allows(call: ApiCall): boolean;
}

function rbacOf(objects: readonly Manifest[], prefix: string): Rbac {
  const find = (kind: string, name: string, namespace?: string) =>
    objects.find((each) => each.kind === kind && each.metadata.name === name && each.metadata.namespace === namespace);
  const named = (namespace: string) => (SHARED.includes(namespace) ? namespace : `${prefix}${namespace}`);
  const here = (account: string) => account.replace(/^[^/]+/, named);
  const rulesFor = (account: string, namespace: string): Rule[] =>
    objects
      .filter(
        ({ kind, metadata, subjects }) =>
          (kind === 'ClusterRoleBinding' || (kind === 'RoleBinding' && metadata.namespace === namespace)) &&
          subjects.some((subject: k8s.Subject) => `${subject.namespace}/${subject.name}` === account),
      )
      .flatMap(({ roleRef: { kind, name }, metadata }) =>
        name === 'cluster-admin' ? [EVERYTHING] : (find(kind, name, metadata.namespace)?.['rules'] ?? []),
      );
  return {
    accounts: new Set(
      objects
        .filter(({ kind }) => kind === 'ServiceAccount')
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    ),
    allows: (call) =>
      FOR_ALL.includes(call.resource) ||
      rulesFor(here(call.account), named(call.namespace)).some((rule) => covers(rule, call)),
  };
}

/** A rule of a role, as it is rendered. */
type Rule = Readonly<
  Partial<Record<'apiGroups' | 'resources' | 'verbs' | 'resourceNames' | 'nonResourceURLs', readonly string[]>>
>;

const EVERYTHING: Rule = { apiGroups: ['*'], resources: ['*'], verbs: ['*'], nonResourceURLs: ['*'] };

function covers(rule: Rule, { verb, group, resource, name }: ApiCall): boolean {
  const has = (list: readonly string[] | undefined, value: string) =>
    list?.some((each) => each === '*' || each === value) ?? false;
  if (!has(rule.verbs, verb)) return false;
  if (resource.startsWith('/')) return has(rule.nonResourceURLs, resource);
  return (
    has(rule.apiGroups, group) &&
    has(rule.resources, resource) &&
    (rule.resourceNames === undefined || rule.resourceNames.includes(name))
  );
}

const CALLS = apiCalls();
const asked = new Set<string>();

test.each(SETS)('%s: each account may do what its programs do, and no more', (set) => {
  const rbac = rbacOf(rendered(set), set === 'instance' ? 'site2-' : '');
  const calls = CALLS.filter(
    ({ account }) => account.endsWith('/default') || [...rbac.accounts].some((each) => each.endsWith(account)),
  );
  for (const { account } of calls) asked.add(account);
  const wrong = calls.filter((call) => rbac.allows(call) !== (call.answer === 'allowed'));
  expect(
    wrong.map(
      ({ account, verb, resource, namespace, answer }) =>
        `${account} ${verb} ${resource} in ${namespace} should be ${answer}`,
    ),
  ).toEqual([]);
});

test('every account was asked for, and every row says what proves it', () => {
  expect([...new Set(CALLS.map(({ account }) => account))].filter((account) => !asked.has(account))).toEqual([]);
  expect(CALLS.filter(({ evidence }) => evidence === '')).toEqual([]);
  expect(new Set(CALLS.map(({ answer }) => answer))).toEqual(new Set(['allowed', 'refused']));
});
