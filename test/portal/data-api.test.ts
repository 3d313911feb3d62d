import { secretToken } from '../../constructs/kube';
import { DataApi, type DataApiProps } from '../../constructs/portal/data-api';
import { chart, object, platform } from '../support';
import { endpoint, references, values } from './support';

function dataApi() {
  const scope = chart();
  const props: Required<DataApiProps> = {
    platform: platform(),
    namespace: 'services',
    accessInformation: endpoint(scope, 'aii-service.services', 8080),
    clients: [{ namespace: 'services', podLabels: { app: 'scheduler' } }],
    databasePassword: secretToken('database'),
  };
  const component = new DataApi(scope, 'DataApi', props);
  return { scope, component, pod: object(scope, 'Deployment', 'data-api').spec.template.spec };
}

test('it answers at data-api, and below /data-api', () => {
  const { scope, component } = dataApi();
  expect(component.api.url).toBe('http://data-api.services.svc');
  expect(object(scope, 'Ingress', 'data-api-ingress').spec.rules[0].http.paths[0]).toMatchObject({
    path: '/data-api',
    pathType: 'Prefix',
  });
  expect(object(scope, 'Middleware', 'strip-prefix-data-api').spec.stripPrefix.prefixes).toEqual(['/data-api']);
});

test('who fills it past the reverse proxy is let in', () => {
  const { scope } = dataApi();
  expect(object(scope, 'NetworkPolicy', 'data-api-ingress').spec.ingress).toContainEqual({
    from: [{ podSelector: { matchLabels: { app: 'scheduler' } } }],
    ports: [{ port: 8080, protocol: 'TCP' }],
  });
});

test('files are kept, on the node that has them', () => {
  const { scope, pod } = dataApi();
  expect(object(scope, 'PersistentVolumeClaim', 'data-api-artifacts-pv-claim').spec.resources.requests.storage).toBe(
    '200Gi',
  );
  expect(pod.containers[0].volumeMounts).toEqual([
    { name: 'artifacts', mountPath: values(pod.containers[0]).ARTIFACTS_DIR },
  ]);
  expect(pod.nodeSelector).toEqual({ 'kaapana.io/node': 'storage' });
});

test('it waits for its database alone, whose URL stands in a Secret', () => {
  const { pod } = dataApi();
  expect(pod.initContainers[0].env).toEqual([{ name: 'WAIT', value: 'data-api-database-' }]);
  expect(references(pod.containers[0])).toEqual({ DATABASE_URL: 'data-api-database-account/postgresql-asyncpg-url' });
  expect(values(pod.containers[0]).ACCESS_INFORMATION_INTERFACE_URL).toBe('http://aii-service.services.svc:8080');
});
