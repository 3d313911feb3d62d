import { WorkflowUi } from '../../constructs/flow/workflow-ui';
import { chart, object } from '../support';
import { NAMESPACE, platform } from './support';

function workflowUi() {
  const scope = chart();
  return { scope, component: new WorkflowUi(scope, 'Ui', { platform: platform(), namespace: NAMESPACE }) };
}

test('its pages are below their path', () => {
  const { scope, component } = workflowUi();
  expect(component.web.url).toBe('http://workflow-ui-service.services.svc');
  expect(object(scope, 'Ingress', 'workflow-ui-ingress').spec.rules[0].http.paths[0]).toMatchObject({
    path: '/workflow-ui',
    backend: { service: { name: 'workflow-ui-service', port: { name: 'http' } } },
  });
  expect(object(scope, 'Middleware', 'strip-prefix-workflow-ui').spec.stripPrefix.prefixes).toEqual(['/workflow-ui']);
});

test('it writes to directories that go with the pod', () => {
  const { spec } = object(workflowUi().scope, 'Deployment', 'workflow-ui');
  const [container] = spec.template.spec.containers;
  expect(container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual([
    '/var/run',
    '/var/cache/nginx',
  ]);
  expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
  expect(spec.strategy.type).toBe('RollingUpdate');
});

test('only the reverse proxy reaches it', () => {
  const { scope } = workflowUi();
  const { ingress, podSelector } = object(scope, 'NetworkPolicy', 'workflow-ui-ingress').spec;
  expect(ingress).toHaveLength(1);
  expect(ingress[0].from[0].podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'traefik' });
  expect(podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'workflow-ui-app' });
});
