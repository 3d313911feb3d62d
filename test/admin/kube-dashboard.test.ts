import type { k8s } from 'cdk8s-plus-27';
import { KubeDashboard } from '../../constructs/admin/kube-dashboard';
import { chart, object, objects, platform } from '../support';

function dashboard(namespace = 'admin') {
  const scope = chart();
  new KubeDashboard(scope, 'KubeDashboard', { platform: platform(), namespace });
  return { scope, deployment: object(scope, 'Deployment', 'kubernetes-dashboard') };
}

function rules(kind: 'ClusterRole' | 'Role', name: string): k8s.PolicyRule[] {
  return object(dashboard().scope, kind, name).rules;
}

test('it serves its page without a login of its own: the reverse proxy asks first', () => {
  const { deployment } = dashboard('base');
  const [container] = deployment.spec.template.spec.containers;
  expect(container.args).toEqual(
    expect.arrayContaining(['--namespace=base', '--enable-skip-login', '--insecure-port=9090']),
  );
  expect(container.securityContext).toMatchObject({ runAsUser: 1001, runAsGroup: 2001, readOnlyRootFilesystem: true });
  expect(container.volumeMounts).toEqual([{ name: 'tmp-volume', mountPath: '/tmp' }]);
  expect(deployment.spec.revisionHistoryLimit).toBe(10);
});

test('it reads what it shows, and may delete pods', () => {
  const all = rules('ClusterRole', 'kaapana-kube-dashboard-production');
  const changing = all.filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)));
  expect(changing).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'watch', 'list', 'delete'] }]);
  expect(all).toContainEqual({
    apiGroups: ['apps'],
    resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
    verbs: ['get', 'watch', 'list'],
  });
});

test('it shows no Secret and opens no shell', () => {
  const resources = rules('ClusterRole', 'kaapana-kube-dashboard-production').flatMap((rule) => rule.resources ?? []);
  expect(resources).toContain('pods/log');
  for (const forbidden of ['*', 'secrets', 'pods/exec', 'nodes/proxy']) expect(resources).not.toContain(forbidden);
});

test('it asks nothing of the API server but objects, and reaches what its namespace does', () => {
  const { scope } = dashboard();
  expect(rules('ClusterRole', 'kaapana-kube-dashboard-production').filter((rule) => rule.nonResourceUrLs)).toEqual([]);
  const policies = objects(scope).filter(({ kind }) => kind === 'NetworkPolicy');
  expect(policies.filter(({ spec }) => spec.policyTypes.includes('Egress') || spec.egress)).toEqual([]);
});

test('it fills one of its Secrets and makes the other, which is not ours to declare', () => {
  const { scope } = dashboard();
  expect(rules('Role', 'kaapana-kube-dashboard')).toEqual([
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: ['kubernetes-dashboard-csrf', 'kubernetes-dashboard-key-holder'],
      verbs: ['get', 'update'],
    },
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  ]);
  const secrets = objects(scope).filter(({ kind }) => kind === 'Secret');
  expect(secrets.map(({ metadata }) => metadata.name)).toEqual(['kubernetes-dashboard-csrf']);
  for (const secret of secrets) expect({ ...secret.data, ...secret.stringData }).toEqual({});
});

test('of all Secrets it makes the one of its sessions, whose type holds no token', () => {
  const { spec } = object(dashboard().scope, 'ValidatingAdmissionPolicy', 'kaapana-dashboard-secrets');
  expect(spec.matchConditions).toEqual([
    expect.objectContaining({
      expression: 'request.userInfo.username == "system:serviceaccount:admin:kaapana-kube-dashboard"',
    }),
  ]);
  expect(spec.validations[0].expression).toBe(
    'object.metadata.?name.orValue("") == "kubernetes-dashboard-key-holder" && object.?type.orValue("Opaque") == "Opaque"',
  );
});

test('its account is bound to that role alone', () => {
  const { scope, deployment } = dashboard();
  expect(deployment.spec.template.spec.serviceAccountName).toBe('kaapana-kube-dashboard');
  const binding = object(scope, 'ClusterRoleBinding', 'kaapana-kube-dashboard');
  expect(binding.roleRef.name).toBe('kaapana-kube-dashboard-production');
  expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'kaapana-kube-dashboard', namespace: 'admin' }]);
});

test('the reverse proxy reaches it, also from another namespace', () => {
  const policy = (namespace: string) =>
    object(dashboard(namespace).scope, 'NetworkPolicy', 'kubernetes-dashboard-allow-ingress-traefik');
  const podSelector = { matchLabels: { 'app.kubernetes.io/name': 'traefik' } };
  expect(policy('admin').spec.ingress).toEqual([{ from: [{ podSelector }], ports: [{ port: 9090, protocol: 'TCP' }] }]);
  expect(policy('base').metadata.namespace).toBe('base');
  expect(policy('base').spec.ingress[0].from[0].namespaceSelector.matchLabels).toEqual({
    'kubernetes.io/metadata.name': 'admin',
  });
});

test('users find it at /kubernetes, with the pods of all namespaces first', () => {
  const { scope } = dashboard();
  const { metadata, spec } = object(scope, 'Ingress', 'kubedashboard-ingress-ip');
  expect(spec.rules[0].http.paths[0]).toMatchObject({
    path: '/kubernetes',
    backend: { service: { name: 'kubernetes-dashboard' } },
  });
  expect(metadata.annotations).toMatchObject({
    'traefik.ingress.kubernetes.io/router.middlewares':
      'admin-kube-redirect@kubernetescrd,admin-kube-strip-prefix@kubernetescrd',
  });
  const { regex, replacement } = object(scope, 'Middleware', 'kube-redirect').spec.redirectRegex;
  expect('https://kaapana.example.org/kubernetes'.replace(new RegExp(regex), replacement)).toBe(
    '/kubernetes/#/pod?namespace=_all',
  );
  expect('https://kaapana.example.org/kubernetes/assets/x.js').not.toMatch(new RegExp(regex));
});
