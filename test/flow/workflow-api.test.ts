import { WorkflowApi } from '../../constructs/flow/workflow-api';
import { secretToken } from '../../constructs/kube';
import { chart, object } from '../support';
import { address, envOf, labelsOf, NAMESPACE, platform, secret } from './support';

function workflowApi() {
  const scope = chart();
  const accessInformation = address('aii-service', 8080);
  const airflow = {
    ...address('airflow-webserver-service', 8080),
    url: 'http://airflow-webserver-service.services.svc:8080/flow',
  };
  const component = new WorkflowApi(scope, 'Api', {
    platform: platform(),
    namespace: NAMESPACE,
    accessInformation,
    airflow,
    airflowAccount: secret(scope, 'airflow-api-account'),
    dags: { name: 'dags-pv-claim' },
    databasePassword: secretToken('database'),
  });
  return {
    scope,
    component,
    accessInformation,
    airflow,
    pod: object(scope, 'Deployment', 'workflow-api').spec.template.spec,
  };
}

test('it runs workflows by Airflow, with an account of its own', () => {
  const { pod, airflow, accessInformation } = workflowApi();
  expect(envOf(pod.containers[0])).toMatchObject({
    AIRFLOW_API_URL: 'http://airflow-webserver-service.services.svc:8080/flow/api/v1',
    AIRFLOW_API_USERNAME: 'airflow-api-account/username',
    AIRFLOW_API_PASSWORD: 'airflow-api-account/password',
    ACCESS_INFORMATION_INTERFACE_URL: 'http://aii-service.services.svc:8080',
  });
  expect(airflow.peers).toHaveLength(1);
  expect(labelsOf(accessInformation.peers[0])).toEqual({
    'app.kubernetes.io/name': 'workflow-api',
    'app.kubernetes.io/component': 'api',
  });
});

test('the URL of its database is a Secret', () => {
  const { scope, pod } = workflowApi();
  expect(envOf(pod.containers[0]).DATABASE_URL).toBe('workflow-api-database-url/url');
  expect(object(scope, 'Secret', 'workflow-api-database-url').stringData.url).toBe(
    `postgresql+asyncpg://kaapanauser:${secretToken('database')}@workflow-api-database-service.services.svc:5432`,
  );
  expect(object(scope, 'Secret', 'workflow-api-database-account').stringData).toEqual({
    username: 'kaapanauser',
    password: secretToken('database'),
  });
});

test('it waits for its database', () => {
  const { pod } = workflowApi();
  expect(envOf(pod.initContainers[0])).toEqual({
    WAIT: 'workflow-api-database-,workflow-api-database-service.services.svc,5432',
    DELAY: '2',
    TIMEOUT: '10',
  });
  expect(pod.containers[0].volumeMounts).toEqual([
    { name: 'airflow-dags-pvc', mountPath: '/kaapana/mounted/workflows/dags' },
  ]);
  expect(pod.automountServiceAccountToken).toBe(false);
});

test('it runs where the workflows are', () => {
  expect(workflowApi().pod.nodeSelector).toEqual({ 'kaapana.io/node': 'storage' });
});

test('it is served below its path, which it does not see', () => {
  const { scope, component } = workflowApi();
  const route = object(scope, 'Ingress', 'workflow-api-ingress');
  expect(component.endpoint.url).toBe('http://workflow-api.services.svc');
  expect(route.spec.rules[0].http.paths[0]).toMatchObject({ path: '/workflow-api', pathType: 'Prefix' });
  expect(route.metadata.annotations).toMatchObject({
    'traefik.ingress.kubernetes.io/router.middlewares': 'services-strip-prefix-workflow-api@kubernetescrd',
  });
  expect(object(scope, 'Middleware', 'strip-prefix-workflow-api').spec.stripPrefix.prefixes).toEqual(['/workflow-api']);
});
