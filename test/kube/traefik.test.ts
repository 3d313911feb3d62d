import { IngressRoute, Middleware, type MiddlewareSpec } from '../../constructs/kube';
import { chart, object } from '../support';

test.each<MiddlewareSpec>([
  { stripPrefix: { prefixes: ['/x'] } },
  { redirectRegex: { regex: '^/x$', replacement: '/y' } },
  { replacePath: { path: '/x' } },
  { replacePathRegex: { regex: '^/x', replacement: '/y' } },
  { forwardAuth: { address: 'http://auth.admin.svc', authResponseHeaders: ['Project'] } },
  { headers: { customRequestHeaders: { Authorization: '' } } },
])('a middleware is written in the words of Traefik: %j', (spec) => {
  const scope = chart();
  new Middleware(scope, 'Middleware', { name: 'm', namespace: 'admin', spec });
  expect(object(scope, 'Middleware', 'm')).toMatchObject({ apiVersion: 'traefik.io/v1alpha1', spec });
});

test('routers name a middleware with its namespace', () => {
  const middleware = new Middleware(chart(), 'Middleware', {
    name: 'strip',
    namespace: 'site2-services',
    spec: { stripPrefix: { prefixes: ['/x'] } },
  });
  expect(middleware.reference).toBe('site2-services-strip@kubernetescrd');
  expect(middleware.target).toEqual({ name: 'strip', namespace: 'site2-services' });
});

test('a prefix of paths is taken off', () => {
  const scope = chart();
  const middleware = Middleware.stripPrefix(scope, 'StripPrefix', {
    name: 'strip',
    namespace: 'services',
    prefix: '/x',
  });
  expect(middleware.node.path).toBe('test/StripPrefix');
  expect(object(scope, 'Middleware', 'strip')).toMatchObject({
    metadata: { namespace: 'services' },
    spec: { stripPrefix: { prefixes: ['/x'] } },
  });
});

test('a header may be removed', () => {
  const scope = chart();
  new Middleware(scope, 'Middleware', {
    name: 'm',
    namespace: 'admin',
    spec: { headers: { customRequestHeaders: { cookie: '' } } },
  });
  expect(object(scope, 'Middleware', 'm').spec.headers.customRequestHeaders).toEqual({ cookie: '' });
});

test('a route says what an Ingress cannot', () => {
  const scope = chart();
  const auth = new Middleware(scope, 'Auth', {
    name: 'auth',
    namespace: 'admin',
    spec: { stripPrefix: { prefixes: ['/a'] } },
  });
  new IngressRoute(scope, 'Route', {
    name: 'dicom',
    namespace: 'services',
    entryPoints: ['websecure'],
    routes: [
      { match: "PathPrefix('/a')", service: { name: 'a', port: 80 } },
      { match: "PathPrefix('/b')", service: { name: 'b', port: 'http' }, priority: 5, middlewares: [auth] },
    ],
  });
  const { spec, metadata } = object(scope, 'IngressRoute', 'dicom');
  expect(metadata.namespace).toBe('services');
  expect(spec.entryPoints).toEqual(['websecure']);
  expect(spec.routes).toEqual([
    { kind: 'Rule', match: "PathPrefix('/a')", services: [{ name: 'a', port: 80 }] },
    {
      kind: 'Rule',
      match: "PathPrefix('/b')",
      priority: 5,
      services: [{ name: 'b', port: 'http' }],
      middlewares: [{ name: 'auth', namespace: 'admin' }],
    },
  ]);
});
