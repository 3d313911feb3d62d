import { Identity, type IdentityProps, policyRules } from '../../constructs/kube';
import { chart, object, objects } from '../support';

const PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const EVERYWHERE = { clusterReason: 'pods are everywhere' };
const SUBJECTS = [{ kind: 'ServiceAccount', name: 'scheduler', namespace: 'services' }];

function identity(props: Partial<IdentityProps> = {}) {
  const scope = chart();
  return { scope, component: new Identity(scope, 'Identity', { name: 'scheduler', namespace: 'services', ...props }) };
}

test('by default it may do nothing', () => {
  const { scope, component } = identity();
  expect(objects(scope).map(({ kind }) => kind)).toEqual(['ServiceAccount']);
  expect(component.hasRole).toBe(false);
  expect(object(scope, 'ServiceAccount', 'scheduler').metadata.namespace).toBe('services');
});

test('it may do something in some namespaces', () => {
  const { scope, component } = identity({ roles: { 'project-admin': [PODS] } });
  const [role, binding] = [object(scope, 'Role', 'scheduler'), object(scope, 'RoleBinding', 'scheduler')];
  expect(role).toMatchObject({ metadata: { namespace: 'project-admin' }, rules: [PODS] });
  expect(binding).toMatchObject({
    metadata: { namespace: 'project-admin' },
    roleRef: { kind: 'Role', name: 'scheduler' },
    subjects: SUBJECTS,
  });
  expect(component.hasRole).toBe(true);
});

test('it may do something everywhere, under a name that differs between instances', () => {
  const { scope, component } = identity({ ...EVERYWHERE, clusterRules: [PODS] });
  expect(object(scope, 'ClusterRole', 'services-scheduler').rules).toEqual([PODS]);
  expect(object(scope, 'ClusterRoleBinding', 'services-scheduler')).toMatchObject({
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'services-scheduler' },
    subjects: SUBJECTS,
  });
  expect(component.hasRole).toBe(true);
});

test('who acts everywhere says why, and a reviewer reads it', () => {
  const { scope } = identity({ ...EVERYWHERE, clusterRules: [PODS] });
  expect(object(scope, 'ClusterRoleBinding', 'services-scheduler').metadata.annotations).toEqual({
    'security-exception/cluster-wide': 'pods are everywhere',
  });
  expect(() => identity({ clusterRules: [PODS] })).toThrow(
    'scheduler acts in the whole cluster and does not say why: clusterReason',
  );
});

test('its cluster-wide objects may have another name', () => {
  const { scope } = identity({ ...EVERYWHERE, clusterRules: [PODS], clusterName: 'watcher' });
  expect(object(scope, 'ClusterRoleBinding', 'watcher').roleRef.name).toBe('watcher');
  expect(object(scope, 'ClusterRole', 'watcher').rules).toEqual([PODS]);
});

test('a role that exists is bound, not made', () => {
  const { scope, component } = identity({ ...EVERYWHERE, clusterRole: 'cluster-admin' });
  expect(objects(scope).map(({ kind }) => kind)).toEqual(['ServiceAccount', 'ClusterRoleBinding']);
  expect(object(scope, 'ClusterRoleBinding', 'services-scheduler').roleRef.name).toBe('cluster-admin');
  expect(component.hasRole).toBe(true);
});

test('the role and its binding may have different names', () => {
  const { scope } = identity({ ...EVERYWHERE, clusterRules: [PODS], clusterName: 'binding', clusterRole: 'role' });
  expect(object(scope, 'ClusterRole', 'role').rules).toEqual([PODS]);
  expect(object(scope, 'ClusterRoleBinding', 'binding').roleRef.name).toBe('role');
});

test('rules are written by API group', () => {
  expect(policyRules(['list', 'watch'], { '': ['pods'], apps: ['deployments', 'statefulsets'] })).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
    { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: ['list', 'watch'] },
  ]);
});
