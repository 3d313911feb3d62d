import { accessRightsModule } from '../../constructs/admin/access-rights';
import { AuthBackend } from '../../constructs/admin/auth-backend';
import { chart, object, platform } from '../support';

const scope = chart();
const component = new AuthBackend(scope, 'AuthBackend', { platform: platform(), namespace: 'admin' });
const pod = object(scope, 'Deployment', 'auth-backend').spec.template.spec;

test('it answers the reverse proxy and serves the policies', () => {
  expect(component.check.url).toBe('http://auth-backend-service.admin.svc:5000/auth-check');
  expect(component.bundles.url).toBe('http://auth-backend-service.admin.svc:5000/opa-bundles');
  expect(object(scope, 'Service', 'auth-backend-service').spec).toMatchObject({
    type: 'ClusterIP',
    ports: [{ name: 'auth-check-http', port: 5000 }],
  });
  expect(object(scope, 'Ingress', 'auth-backend-ingress').spec.rules[0].http.paths[0].path).toBe('/auth-backend');
});

test('its policies are rules and data of one package', () => {
  const { data } = object(scope, 'ConfigMap', 'rego-configmap');
  expect(Object.keys(data)).toEqual(['auth-policies.rego', 'data.rego']);
  expect(data['data.rego']).toBe(accessRightsModule());
  expect(data['auth-policies.rego']).toMatch(/^package httpapi\.authz$/m);
  expect(data['auth-policies.rego']).toMatch(/^default allow := false$/m);
});

test('they are compiled before it starts, into what it serves', () => {
  const [build] = pod.initContainers;
  expect(build).toMatchObject({ name: 'opa-build', image: 'registry.example.org/kaapana/auth-backend:0.6.0' });
  expect(build.args).toEqual(['/kaapana/app/opa build -b /kaapana/app/bundle/ -o /kaapana/app/authz/endpoints.tar.gz']);
  expect(build.volumeMounts).toEqual([
    { name: 'rego-config', mountPath: '/kaapana/app/authz' },
    { name: 'rego-configmap', mountPath: '/kaapana/app/bundle/httpapi/authz' },
  ]);
  expect(pod.containers[0].volumeMounts).toEqual([{ name: 'rego-config', mountPath: '/kaapana/app/authz' }]);
});

test('nobody is locked out while it is updated', () => {
  expect(object(scope, 'Deployment', 'auth-backend').spec.strategy).toEqual({ type: 'RollingUpdate' });
  expect(pod.automountServiceAccountToken).toBe(false);
  expect(pod.containers[0].env).toEqual([
    { name: 'ADMIN_NAMESPACE', value: 'admin' },
    { name: 'PORT', value: '5000' },
  ]);
});
