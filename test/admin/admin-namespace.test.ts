import { AdminNamespace, type AdminNamespaceProps } from '../../constructs/admin/admin-namespace';
import { reveal, secretToken } from '../../constructs/kube';
import { chart, object } from '../support';

const REQUIRED: AdminNamespaceProps = {
  name: 'admin',
  registry: { url: 'registry.example.org/kaapana' },
  internalCidrs: ['10.152.183.0/24', '10.1.0.0/16'],
};

function adminNamespace(props: Partial<AdminNamespaceProps> = {}) {
  const scope = chart();
  return { scope, component: new AdminNamespace(scope, 'AdminNamespace', { ...REQUIRED, ...props }) };
}

test('the API server holds pods to a level, and tells of what falls short of the strictest', () => {
  const { scope } = adminNamespace();
  expect(object(scope, 'Namespace', 'admin').metadata.labels).toEqual({
    'kaapana.ai/namespace': 'components',
    'pod-security.kubernetes.io/enforce': 'baseline',
    'pod-security.kubernetes.io/warn': 'restricted',
    'pod-security.kubernetes.io/audit': 'restricted',
  });
  const { metadata } = object(adminNamespace({ privileged: 'it mounts sockets' }).scope, 'Namespace', 'admin');
  expect(metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'privileged' });
  expect(metadata.annotations).toEqual({ 'security-exception/pod-security': 'it mounts sockets' });
});

test('a container without a limit gets 50Mi of memory', () => {
  const { spec } = object(adminNamespace().scope, 'LimitRange', 'default-resource-limits');
  expect(spec.limits).toEqual([{ type: 'Container', default: { memory: '50Mi' }, defaultRequest: { memory: '50Mi' } }]);
});

test('an open registry needs no account', () => {
  const secret = object(adminNamespace().scope, 'Secret', 'registry-secret');
  expect(secret.type).toBe('kubernetes.io/dockerconfigjson');
  expect(JSON.parse(secret.stringData['.dockerconfigjson'])).toEqual({ auths: {} });
});

test('the account of the registry is encoded once its password is known', () => {
  const account = { username: 'user', password: secretToken('registry') };
  const { scope } = adminNamespace({ registry: { url: 'registry.example.org/kaapana', account }, pullSecret: 'pull' });
  const text = object(scope, 'Secret', 'pull').stringData['.dockerconfigjson'];
  expect(text).toContain(secretToken('registry'));
  expect(reveal(text, () => 'pa"ss')).toBe(
    `{"auths": {"https://registry.example.org/kaapana": {"auth": "${Buffer.from('user:pa"ss').toString('base64')}"}}}`,
  );
});

test('pods reach the inside alone', () => {
  const { spec } = object(adminNamespace().scope, 'NetworkPolicy', 'restrict-egress');
  expect(spec.podSelector).toEqual({});
  expect(spec.policyTypes).toEqual(['Egress']);
  expect(spec.egress).toEqual([
    { to: [{ ipBlock: { cidr: '10.152.183.0/24' } }] },
    { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }] },
  ]);
});

test('nobody reaches a pod that does not offer something', () => {
  const { spec } = object(adminNamespace().scope, 'NetworkPolicy', 'default-deny-ingress');
  expect(spec).toEqual({ podSelector: {}, policyTypes: ['Ingress'] });
});

test('pages can be isolated from other origins', () => {
  const { scope, component } = adminNamespace({ name: 'base' });
  expect(component.cors.reference).toBe('base-cors-middleware@kubernetescrd');
  expect(object(scope, 'Middleware', 'cors-middleware').spec.headers.customResponseHeaders).toEqual({
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Opener-Policy': 'same-origin',
  });
});
