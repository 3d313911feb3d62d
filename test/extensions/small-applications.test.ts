import { secretToken } from '../../constructs/kube';
import { envOf } from '../flow/support';
import { type Manifest, object, objects } from '../support';
import { stack } from './support';

type Chart = ReturnType<typeof stack>;

function containers(chart: Chart, name: string): Manifest[] {
  return object(chart, 'Deployment', name).spec.template.spec.containers;
}

function path(chart: Chart, name: string): string {
  return object(chart, 'Ingress', name).spec.rules[0].http.paths[0].path;
}

test('an empty desktop belongs to no project: path and bucket are called like it', () => {
  const name = 'desktop-container-chart-a';
  const chart = stack([{ name: 'desktop-container-chart', as: 'a' }]);
  const [desktop, input, output] = containers(chart, name).map((each) => envOf(each as never));
  expect(desktop).toEqual({ INGRESS_PATH: name });
  expect([input?.['MINIO_PATH'], output?.['MINIO_PATH']]).toEqual([`${name}/input`, `${name}/output`]);
  expect(path(chart, name)).toBe(`/${name}`);
  const { regex, replacement } = object(chart, 'Middleware', `${name}-redirect`).spec.redirectRegex;
  expect(`https://kaapana.example.org/${name}`.replace(new RegExp(regex), replacement)).toBe(`/${name}/`);
  const onPort = stack([{ name: 'desktop-container-chart', as: 'a', parameters: { service_type: 'NodePort' } }]);
  expect(object(onPort, 'Service', name).spec.ports[0].nodePort).toBe(22224);
});

test('3D Slicer has a route and a directory of its own', () => {
  const chart = stack([{ name: 'slicer-workbench-chart', as: 'a', parameters: { display_name: 'Slicer' } }]);
  expect(
    containers(chart, 'slicer-workbench-chart-a').map(({ name, resources }) => [name, String(resources.limits.memory)]),
  ).toEqual([
    ['slicer', '8Gi'],
    ['minio-input', '200Mi'],
    ['minio-output', '200Mi'],
  ]);
  expect(object(chart, 'Ingress', 'slicer-workbench-chart-a').metadata['annotations']).toMatchObject({
    'kaapana.ai/display-name': 'Slicer',
  });
  expect(object(chart, 'PersistentVolume', 'services-slicer-slicer-workbench-chart-a').spec.hostPath.path).toBe(
    '/mnt/slow/applications/slicer/slicer-workbench-chart-a',
  );
});

test('TensorBoard shows the logs of the bucket and those of a directory of its own', () => {
  const name = 'tensorboard-chart-a';
  const chart = stack([{ name: 'tensorboard-chart', as: 'a' }]);
  const [board, input] = containers(chart, name);
  expect(envOf(board as never)).toMatchObject({ LOG_DIR: '/kaapana/mounted/tb-logs' });
  expect(envOf(input as never)).toMatchObject({
    ACTION: 'FETCH',
    MINIO_PATH: 'project-admin/tensorboard',
    LOCAL_PATH: '/kaapana/mounted/tb-logs/minio',
  });
  const paths = objects(chart)
    .filter(({ kind }) => kind === 'PersistentVolume')
    .map(({ spec }) => spec.hostPath.path);
  expect(paths).toEqual(['dedicated', 'minio'].map((each) => `/mnt/slow/applications/tensorboard/${name}/${each}`));
});

describe('examples', () => {
  const chart = stack([{ name: 'hello-world-chart' }, { name: 'hello-backend-chart' }]);

  test('they have keys of their own, in Secrets', () => {
    expect(envOf(containers(chart, 'hello-world')[0] as never)).toEqual({
      APPLICATION_ROOT: '/hello-world',
      HELLO_WORLD_USER: 'Kaapana',
      SECRET_KEY: 'hello-world-key/secret-key',
    });
    expect(object(chart, 'Secret', 'hello-world-key')['stringData']).toEqual({
      'secret-key': secretToken('extensions.hello-world-chart.secretKey'),
    });
    expect(object(chart, 'Secret', 'hello-backend-key')['stringData']).toEqual({
      'secret-key': secretToken('extensions.hello-backend-chart.secretKey'),
    });
  });

  test('the database of one is reached by a URL in a Secret, and keeps its data', () => {
    expect(envOf(containers(chart, 'hello-backend')[0] as never)).toMatchObject({
      DATABASE_URL: 'hello-postgres-database-account/postgresql-url',
    });
    expect(object(chart, 'Secret', 'hello-postgres-database-account')['stringData']['postgresql-url']).toBe(
      `postgresql://someuser:${secretToken('extensions.hello-backend-chart.databasePassword')}@hello-postgres-service.services.svc:5432`,
    );
    const { initContainers } = object(chart, 'Deployment', 'hello-backend').spec.template.spec;
    expect(initContainers[0].env).toContainEqual({ name: 'WAIT', value: 'hello-postgres' });
    expect(containers(chart, 'hello-postgres-deployment')[0]?.['volumeMounts']).toContainEqual(
      expect.objectContaining({ mountPath: '/var/lib/postgresql/data' }),
    );
  });

  test('no port of the nodes leads past the login', () => {
    const services = objects(chart).filter(({ kind }) => kind === 'Service');
    expect(services.map(({ spec }) => spec.type)).toEqual(['ClusterIP', 'ClusterIP', 'ClusterIP']);
    expect([path(chart, 'hello-world-ingress'), path(chart, 'hello-backend-ingress')]).toEqual([
      '/hello-world',
      '/hello-backend',
    ]);
  });

  test('the metric of one is collected', () => {
    expect(object(chart, 'Deployment', 'hello-world').spec.template.metadata.annotations).toMatchObject({
      'prometheus.io/path': '/hello-world/metrics',
      'prometheus.io/port': '5000',
    });
  });
});

test('browsers ask for slides by TLS, whatever the archive answers', () => {
  const chart = stack([{ name: 'slim-chart' }]);
  expect(object(chart, 'Middleware', 'slim-upgrade-insecure-requests').spec).toEqual({
    headers: { contentSecurityPolicy: 'upgrade-insecure-requests' },
  });
  expect(object(chart, 'Ingress', 'slim-ingress').metadata['annotations']).toMatchObject({
    'traefik.ingress.kubernetes.io/router.middlewares': 'services-slim-upgrade-insecure-requests@kubernetescrd',
  });
});

test('OpenEDC hands out files at its path', () => {
  const chart = stack([{ name: 'openedc-chart' }]);
  expect(object(chart, 'Service', 'openedc-service').spec.ports[0]).toMatchObject({
    name: 'openedc-http',
    port: 8080,
    targetPort: 'http-port',
  });
  expect(path(chart, 'openedc-ingress-ip')).toBe('/openedc');
});

test('RateMe looks at the files of the object store, and changes none', () => {
  const chart = stack([{ name: 'rateme-chart', as: 'a' }]);
  const [container] = containers(chart, 'rateme-chart-a');
  expect(container?.['image']).toBe('registry.example.org/kaapana/rateme:0.3.5');
  expect(container?.['volumeMounts']).toEqual([{ name: 'minio', mountPath: '/kaapana/mounted/minio', readOnly: true }]);
  expect(envOf(container as never)).toMatchObject({ INGRESS_PATH: '/rateme-chart-a', ANNOTATOR: 'annotator' });
  expect(path(chart, 'rateme-chart-a')).toBe('/rateme-chart-a');
});

test('the debug container is the component of that name', () => {
  const chart = stack([{ name: 'debug-container-chart' }]);
  expect(objects(chart).map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
    'Deployment/debug-container',
    'NetworkPolicy/debug-container-ingress',
    'Service/debug-service',
    'Ingress/debug-ingress-ip',
  ]);
  expect(object(chart, 'Deployment', 'debug-container').metadata.namespace).toBe('services');
});
