import { secretToken } from '../../constructs/kube';
import { NotificationService, type NotificationServiceProps } from '../../constructs/portal/notification-service';
import { chart, object, platform } from '../support';
import { endpoint, references, values } from './support';

function notifications() {
  const scope = chart();
  const props: Required<NotificationServiceProps> = {
    platform: platform(),
    namespace: 'services',
    accessInformation: endpoint(scope, 'aii-service.services', 8080),
    databasePassword: secretToken('database'),
  };
  const component = new NotificationService(scope, 'Notifications', props);
  return { scope, component, deployment: object(scope, 'Deployment', 'notification-service') };
}

test('components tell it something at port 80, browsers below /notifications', () => {
  const { scope, component } = notifications();
  expect(component.api.url).toBe('http://notification-service.services.svc');
  expect(component.api.targetPort).toBe(8080);
  expect(object(scope, 'Ingress', 'notification-service-ingress').spec.rules[0].http.paths[0].path).toBe(
    '/notifications',
  );
  expect(object(scope, 'Middleware', 'strip-prefix-notification-service').spec.stripPrefix.prefixes).toEqual([
    '/notifications',
  ]);
});

test('it asks for the members of projects, and is let in there', () => {
  const { scope, deployment } = notifications();
  expect(values(deployment.spec.template.spec.containers[0])).toMatchObject({
    AII_URL: 'http://aii-service.services.svc:8080',
    APPLICATION_ROOT: '/notifications',
  });
  expect(object(scope, 'NetworkPolicy', 'aii-service-8080-ingress').spec.ingress).toHaveLength(1);
});

test('the URL of its database stands in a Secret, and one version at a time uses it', () => {
  const { scope, deployment } = notifications();
  const [container] = deployment.spec.template.spec.containers;
  expect(references(container)).toEqual({
    DATABASE_URL: 'notification-service-database-account/postgresql-asyncpg-url',
  });
  expect(object(scope, 'Secret', 'notification-service-database-account').stringData['postgresql-asyncpg-url']).toBe(
    `postgresql+asyncpg://kaapanauser:${secretToken('database')}@notification-service-database-service.services.svc:5432`,
  );
  expect(deployment.spec.strategy).toEqual({ type: 'Recreate' });
  expect(deployment.spec.template.spec.initContainers[0].env).toEqual([
    { name: 'WAIT', value: 'notification-service-database-' },
  ]);
});
