import { Documentation } from '../../constructs/portal/documentation';
import { chart, object, platform } from '../support';

test('the handbook is at /docs/, from the port that its nginx listens on', () => {
  const scope = chart();
  const { web } = new Documentation(scope, 'Documentation', { platform: platform(), namespace: 'services' });
  expect(web.url).toBe('http://kaapana-documentation-service.services.svc');
  expect(web.targetPort).toBe(8080);
  expect(object(scope, 'Ingress', 'kaapana-documentation-ingress').spec.rules[0].http.paths[0].path).toBe('/docs/');
});

test('it runs as nobody special, and writes to memory alone', () => {
  const scope = chart();
  new Documentation(scope, 'Documentation', { platform: platform(), namespace: 'services' });
  const pod = object(scope, 'Deployment', 'kaapana-documentation').spec.template.spec;
  expect(pod.securityContext).toMatchObject({ runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, runAsNonRoot: true });
  expect(pod.containers[0].securityContext).toMatchObject({
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
  });
  expect(pod.volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
});
