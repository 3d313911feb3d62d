import { DebugContainer } from '../../constructs/portal/debug-container';
import { chart, object, platform } from '../support';

const scope = chart();
const component = new DebugContainer(scope, 'Debug', { platform: platform(), namespace: 'services' });
const pod = object(scope, 'Deployment', 'debug-container').spec.template.spec;

test('its page is at /debug, for the reverse proxy alone', () => {
  expect(object(scope, 'Ingress', 'debug-ingress-ip').spec.rules[0].http.paths[0]).toMatchObject({
    path: '/debug',
    backend: { service: { name: 'debug-service', port: { name: 'log-http-port' } } },
  });
  expect(object(scope, 'NetworkPolicy', 'debug-container-ingress').spec.ingress).toHaveLength(1);
  expect(component.web.url).toBe('http://debug-service.services.svc:5000');
});

test('whoever gets a shell in it gets no token and no volume', () => {
  expect(pod.automountServiceAccountToken).toBe(false);
  expect(pod.volumes).toBeUndefined();
});

test('its tools may ping and listen, and nothing else that others may not', () => {
  expect(pod.containers[0].securityContext.capabilities.drop).toEqual(['MKNOD', 'AUDIT_WRITE', 'SYS_CHROOT']);
});

test('both processes of its debug mode fit into its memory', () => {
  expect(pod.containers[0].resources).toMatchObject({ requests: { memory: '50Mi' }, limits: { memory: '200Mi' } });
});
