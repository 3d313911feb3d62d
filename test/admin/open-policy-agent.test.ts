import { AuthBackend } from '../../constructs/admin/auth-backend';
import { OpenPolicyAgent } from '../../constructs/admin/open-policy-agent';
import { chart, object, platform } from '../support';

const scope = chart();
const shared = { platform: platform(), namespace: 'admin' };
const backend = new AuthBackend(scope, 'AuthBackend', shared);
const component = new OpenPolicyAgent(scope, 'OpenPolicyAgent', { ...shared, bundles: backend.bundles });
const pod = object(scope, 'Deployment', 'open-policy-agent').spec.template.spec;

/** Who may connect to the pods of `name`. */
function peers(name: string): string[] {
  return object(scope, 'NetworkPolicy', `${name}-ingress`).spec.ingress.map(
    ({ from }: { from: [{ podSelector: { matchLabels: Record<string, string> } }] }) =>
      from[0].podSelector.matchLabels['app.kubernetes.io/name'],
  );
}

test('it is where the image of the backend looks for it', () => {
  expect(component.api.url).toBe('http://open-policy-agent-service.admin.svc:8181');
  expect(object(scope, 'Service', 'open-policy-agent-service').spec.ports).toEqual([
    expect.objectContaining({ name: 'bundle-http', port: 8181 }),
  ]);
  expect(pod.containers[0].env).toEqual([{ name: 'ADMIN_NAMESPACE', value: 'admin' }]);
});

test('it and the backend may talk to each other, without waiting in a circle', () => {
  expect(peers('open-policy-agent')).toEqual(['auth-backend']);
  expect(peers('auth-backend')).toContain('open-policy-agent');
  expect(pod.initContainers).toBeUndefined();
  expect(scope.node.findAll().flatMap(({ node }) => node.dependencies)).not.toContain(component.api);
});

test('it is asked only once it has its policies', () => {
  expect(pod.containers[0].readinessProbe.httpGet).toEqual({ path: '/health?bundles=true', port: 'http' });
  expect(pod.containers[0].startupProbe.httpGet).toEqual(pod.containers[0].readinessProbe.httpGet);
  expect(pod.automountServiceAccountToken).toBe(false);
});
