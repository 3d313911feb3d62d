import { StaticPages, type StaticPagesProps } from '../../constructs/platform/static-pages';
import { DataUi } from '../../constructs/portal/data-ui';
import { ProjectManagementUi } from '../../constructs/projects/project-management-ui';
import { chart, object, platform } from '../support';

const ALL: Required<StaticPagesProps> = {
  platform: platform(),
  namespace: 'services',
  name: 'workflow-ui',
  routeName: 'flow-ui',
  path: '/flows',
  portNames: { container: 'web', service: 'pages' },
};

test('with all props its route, path and ports have names of their own', () => {
  const scope = chart();
  const { web } = new StaticPages(scope, 'Pages', ALL);
  expect(web).toMatchObject({ url: 'http://workflow-ui-service.services.svc', portName: 'pages' });
  expect(object(scope, 'Middleware', 'strip-prefix-flow-ui').spec).toEqual({ stripPrefix: { prefixes: ['/flows'] } });
  expect(object(scope, 'Ingress', 'flow-ui-ingress').spec.rules[0].http.paths[0]).toMatchObject({
    path: '/flows',
    backend: { service: { name: 'workflow-ui-service' } },
  });
});

test('the pages for data are at /data-ui', () => {
  const scope = chart();
  new DataUi(scope, 'DataUi', { platform: platform(), namespace: 'services' });
  const ingress = object(scope, 'Ingress', 'data-ui-ingress');
  expect(ingress.metadata.annotations).toMatchObject({
    'traefik.ingress.kubernetes.io/router.middlewares': 'services-strip-prefix-data-ui@kubernetescrd',
  });
  expect(ingress.spec.rules[0].http.paths[0].path).toBe('/data-ui');
  expect(object(scope, 'Deployment', 'data-ui').spec.template.spec.containers[0]).toMatchObject({
    name: 'data-ui-container',
    ports: [{ name: 'http-port', containerPort: 80 }],
    securityContext: { readOnlyRootFilesystem: true },
  });
});

test('the pages for projects are at /projects-ui', () => {
  const scope = chart();
  const { web } = new ProjectManagementUi(scope, 'ProjectUi', { platform: platform(), namespace: 'services' });
  expect(web.portName).toBe('proj-list-http-svc');
  expect(object(scope, 'Ingress', 'proj-management-ui-ingress').spec.rules[0].http.paths[0].path).toBe('/projects-ui');
  expect(object(scope, 'NetworkPolicy', 'project-management-ui-ingress').spec.ingress).toHaveLength(1);
  expect(object(scope, 'Service', 'project-management-ui-service').spec.selector).toEqual({
    'app.kubernetes.io/name': 'project-management-ui-app',
  });
});
