import { Middleware, WebRoute, type WebRouteProps, Workload } from '../../constructs/kube';
import { chart, object, platform } from '../support';

function webRoute(props: Partial<WebRouteProps> = {}) {
  const scope = chart();
  const to = new Workload(scope, 'Minio', {
    platform: platform(),
    name: 'minio',
    namespace: 'services',
    container: { image: 'minio', ports: { console: 9090 } },
  })
    .expose('Service', { name: 'minio-service', ports: { console: 9090 } })
    .endpoint('console');
  const route = new WebRoute(scope, 'Route', {
    platform: platform(),
    name: 'minio-ingress',
    paths: ['/minio-console'],
    to,
    ...props,
  });
  return { scope, route, ingress: object(scope, 'Ingress', 'minio-ingress') };
}

function strip(name: string): Middleware {
  return new Middleware(chart(), name, { name, namespace: 'services', spec: { stripPrefix: { prefixes: ['/x'] } } });
}

test('requests by TLS lead to the port of the service', () => {
  const { ingress } = webRoute();
  expect(ingress.metadata).toEqual({
    name: 'minio-ingress',
    namespace: 'services',
    annotations: { 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' },
  });
  expect(ingress.spec.rules).toEqual([
    {
      http: {
        paths: [
          {
            path: '/minio-console',
            pathType: 'ImplementationSpecific',
            backend: { service: { name: 'minio-service', port: { name: 'console' } } },
          },
        ],
      },
    },
  ]);
});

test('several paths may lead there', () => {
  const { ingress } = webRoute({ paths: ['/a', '/b'] });
  expect(ingress.spec.rules[0].http.paths.map(({ path }: { path: string }) => path)).toEqual(['/a', '/b']);
});

test('middlewares change a request in their order, and come first', () => {
  const middlewares = [strip('one'), strip('two')];
  const { route, ingress } = webRoute({ middlewares });
  expect(ingress.metadata.annotations).toMatchObject({
    'traefik.ingress.kubernetes.io/router.middlewares': 'services-one@kubernetescrd,services-two@kubernetescrd',
  });
  expect(route.node.dependencies).toEqual(middlewares);
});

test('its first path may be taken off, after all else', () => {
  const { scope, ingress } = webRoute({ middlewares: [strip('first')], strip: 'strip-minio' });
  expect(object(scope, 'Middleware', 'strip-minio')).toMatchObject({
    metadata: { namespace: 'services' },
    spec: { stripPrefix: { prefixes: ['/minio-console'] } },
  });
  expect(ingress.metadata).toMatchObject({
    annotations: {
      'traefik.ingress.kubernetes.io/router.middlewares':
        'services-first@kubernetescrd,services-strip-minio@kubernetescrd',
    },
  });
});

test('further annotations may be added', () => {
  const { ingress } = webRoute({ annotations: { note: 'x' } });
  expect(ingress.metadata.annotations).toEqual({
    'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
    note: 'x',
  });
});

test('it may have labels', () => {
  expect(webRoute({ labels: { app: 'minio' } }).ingress.metadata.labels).toEqual({ app: 'minio' });
});

test('the reverse proxy is let in', () => {
  const { scope } = webRoute();
  expect(object(scope, 'NetworkPolicy', 'minio-ingress').spec.ingress).toEqual([
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'admin' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
        },
      ],
      ports: [{ port: 9090, protocol: 'TCP' }],
    },
  ]);
});

test('further paths may lead to another port, which is opened too', () => {
  const scope = chart();
  const service = new Workload(scope, 'Ctp', {
    platform: platform(),
    name: 'ctp',
    namespace: 'services',
    container: { image: 'ctp', ports: { status: 1050, stow: 7777 } },
  }).expose('Service', { name: 'ctp-service', ports: { status: 1050, stow: 7777 } });
  new WebRoute(scope, 'Route', {
    platform: platform(),
    name: 'ctp',
    paths: ['/ctp'],
    to: service.endpoint('status'),
    further: { '/dicomweb': service.endpoint('stow') },
  });
  const { paths } = object(scope, 'Ingress', 'ctp').spec.rules[0].http;
  expect(paths[1]).toEqual({
    path: '/dicomweb',
    pathType: 'ImplementationSpecific',
    backend: { service: { name: 'ctp-service', port: { name: 'stow' } } },
  });
  expect(
    object(scope, 'NetworkPolicy', 'ctp-ingress').spec.ingress[0].ports.map(({ port }: { port: number }) => port),
  ).toEqual([1050, 7777]);
});

test('paths may be whole segments', () => {
  expect(webRoute({ pathType: 'Prefix' }).ingress.spec.rules[0].http.paths[0].pathType).toBe('Prefix');
});

test('a port whose name is too long for an Ingress is named by its number', () => {
  const scope = chart();
  const to = new Workload(scope, 'Pages', {
    platform: platform(),
    name: 'pages',
    namespace: 'services',
    container: { image: 'x', ports: { http: 8080 } },
  })
    .expose('Service', { name: 'pages', ports: { 'a-name-of-more-than-15': { port: 80, target: 'http' } } })
    .endpoint('a-name-of-more-than-15');
  new WebRoute(scope, 'Route', { platform: platform(), name: 'pages', paths: ['/pages'], to });
  expect(object(scope, 'Ingress', 'pages').spec.rules[0].http.paths[0].backend.service.port).toEqual({ number: 80 });
});

test('the class of the platform says which reverse proxy serves it', () => {
  const { ingress } = webRoute({ platform: { ...platform(), ingressClass: 'site2' } });
  expect(ingress.metadata.annotations).toMatchObject({ 'kubernetes.io/ingress.class': 'site2' });
});
