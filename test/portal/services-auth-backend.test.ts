import { AuthBackend } from '../../constructs/admin/auth-backend';
import { OpenPolicyAgent } from '../../constructs/admin/open-policy-agent';
import { ServicesAuthBackend } from '../../constructs/portal/services-auth-backend';
import { chart, object, objects, platform } from '../support';

const scope = chart();
const admin = { platform: platform(), namespace: 'base' };
const { bundles } = new AuthBackend(scope, 'Admin', admin);
const { api: policyAgent } = new OpenPolicyAgent(scope, 'Agent', { ...admin, bundles });
const component = new ServicesAuthBackend(scope, 'Services', {
  platform: platform(),
  namespace: 'services',
  policyAgent,
});
const own = objects(component);
const pod = object(component, 'Deployment', 'auth-backend').spec.template.spec;

test('it asks the policy agent of the admin namespace, which lets it in', () => {
  expect(pod.containers[0].env).toEqual([
    { name: 'ADMIN_NAMESPACE', value: 'base' },
    { name: 'PORT', value: '5000' },
  ]);
  const { ingress } = object(scope, 'NetworkPolicy', 'open-policy-agent-ingress').spec;
  expect(ingress).toContainEqual({
    from: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'services' } },
        podSelector: { matchLabels: { 'app-name': 'auth-backend' } },
      },
    ],
    ports: [{ port: 8181, protocol: 'TCP' }],
  });
});

test('all that it makes is in its own namespace, and it has no policies', () => {
  expect(own.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'Ingress', 'NetworkPolicy', 'Service']);
  expect(own.filter(({ metadata }) => metadata.namespace !== 'services')).toEqual([]);
  expect(pod.volumes).toBeUndefined();
});

test('the reverse proxy alone reaches it', () => {
  expect(component.check.url).toBe('http://auth-backend-service.services.svc:5000/auth-check');
  expect(object(component, 'Ingress', 'auth-backend-ingress').spec.rules[0].http.paths[0].path).toBe('/auth-backend');
  expect(object(component, 'NetworkPolicy', 'auth-backend-ingress').spec.ingress).toHaveLength(1);
});

test('nobody waits while it is updated', () => {
  expect(object(component, 'Deployment', 'auth-backend').spec.strategy).toEqual({ type: 'RollingUpdate' });
  expect(pod.containers[0].securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
  });
});
