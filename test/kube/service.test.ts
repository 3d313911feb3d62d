import { type EndpointOptions, type Service, type ServiceProps, Workload } from '../../constructs/kube';
import { chart, object, platform } from '../support';

function minio() {
  const scope = chart();
  const workload = new Workload(scope, 'Minio', {
    platform: platform(),
    name: 'minio',
    namespace: 'services',
    container: { image: 'minio', ports: { api: 9000, console: 9090 } },
  });
  const expose = (props: Partial<ServiceProps> = {}): Service =>
    workload.expose('Service', { name: 'minio-service', ports: { api: 9000 }, ...props });
  return { scope, expose, spec: () => object(scope, 'Service', 'minio-service').spec };
}

function endpoint(port: number, options?: EndpointOptions) {
  return minio()
    .expose({ ports: { web: { port, target: 'api' } } })
    .endpoint('web', options);
}

test('a service stands in front of the pods of its workload', () => {
  const { scope, expose, spec } = minio();
  expose();
  expect(spec()).toEqual({
    type: 'ClusterIP',
    ports: [{ name: 'api', port: 9000, protocol: 'TCP', targetPort: 'api' }],
    selector: { 'app.kubernetes.io/name': 'minio' },
  });
  expect(object(scope, 'Service', 'minio-service').metadata).toEqual({
    name: 'minio-service',
    namespace: 'services',
    labels: { 'app.kubernetes.io/name': 'minio' },
  });
});

test('a port may lead to another', () => {
  const { expose, spec } = minio();
  expose({ ports: { http: { port: 80, target: 'console' } } });
  expect(spec().ports).toEqual([{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'console' }]);
});

test('labels, selector and address may be chosen', () => {
  const { scope, expose, spec } = minio();
  expose({ labels: { a: '1' }, selector: { b: '2' }, clusterIP: '10.152.183.15' });
  expect(object(scope, 'Service', 'minio-service').metadata.labels).toEqual({ a: '1' });
  expect(spec().selector).toEqual({ b: '2' });
  expect(spec().clusterIP).toBe('10.152.183.15');
});

test('its name may resolve to the pods themselves', () => {
  const { expose, spec } = minio();
  expose({ headless: true });
  expect(spec().clusterIP).toBe('None');
});

test('a port of the nodes opens the pods to everybody', () => {
  const { scope, expose, spec } = minio();
  expose({ ports: { dicom: { port: 11112, target: 'api', nodePort: 11112 } } });
  expect(spec()).toMatchObject({ type: 'NodePort', ports: [{ nodePort: 11112 }] });
  expect(object(scope, 'NetworkPolicy', 'minio-ingress').spec.ingress).toEqual([
    { ports: [{ port: 9000, protocol: 'TCP' }] },
  ]);
});

test('a service without something behind it is refused', () => {
  expect(() => minio().expose({ ports: { web: 80 } })).toThrow('service minio-service: minio has no port 80');
  expect(() => minio().expose({ ports: { web: { port: 80, target: 'web' } } })).toThrow(
    'minio has no port "web"; it has api, console',
  );
});

test('an endpoint is one port of it', () => {
  expect(endpoint(9000)).toMatchObject({
    host: 'minio-service.services.svc',
    port: 9000,
    portName: 'web',
    url: 'http://minio-service.services.svc:9000',
  });
  expect(() => minio().expose().endpoint('console')).toThrow('service minio-service has no port "console"; it has api');
});

test.each<[number, EndpointOptions, string]>([
  [80, {}, 'http://minio-service.services.svc'],
  [443, {}, 'http://minio-service.services.svc:443'],
  [443, { scheme: 'https' }, 'https://minio-service.services.svc'],
  [80, { path: '/minio' }, 'http://minio-service.services.svc/minio'],
  [5432, { scheme: 'postgresql' }, 'postgresql://minio-service.services.svc:5432'],
  [3128, { clusterDomain: 'cluster.local' }, 'http://minio-service.services.svc.cluster.local:3128'],
])('port %d with %j is reached at %s', (port, options, url) => {
  expect(endpoint(port, options).url).toBe(url);
});

test('one port may have several endpoints', () => {
  const service = minio().expose();
  const urls = [{}, { scheme: 'https' }, { path: '/a' }, { clusterDomain: 'cluster.local' }].map(
    (options) => service.endpoint('api', options).url,
  );
  expect(new Set(urls).size).toBe(4);
});

test('an endpoint lets a peer in at the port of the container', () => {
  const { scope, expose } = minio();
  expose({ ports: { http: { port: 80, target: 'console' } } })
    .endpoint('http')
    .openTo({ namespace: 'admin' });
  const [rule] = object(scope, 'NetworkPolicy', 'minio-ingress').spec.ingress;
  expect(rule.ports).toEqual([{ port: 9090, protocol: 'TCP' }]);
  expect(rule.from[0].namespaceSelector.matchLabels).toEqual({ 'kubernetes.io/metadata.name': 'admin' });
});

test('policies see the pods behind an endpoint, and their port', () => {
  const { targetPort, pods } = minio()
    .expose({ ports: { http: { port: 80, target: 'console' } } })
    .endpoint('http');
  expect(targetPort).toBe(9090);
  expect(pods).toMatchObject({ namespace: 'services', podLabels: { 'app.kubernetes.io/name': 'minio' } });
});

test('who depends on an endpoint depends on the service and its pods', () => {
  const service = minio().expose();
  expect(service.endpoint('api').node.dependencies).toEqual([service, service.workload]);
});

test('a port of UDP is one everywhere', () => {
  const scope = chart();
  const statsd = new Workload(scope, 'Statsd', {
    platform: platform(),
    name: 'statsd',
    namespace: 'services',
    container: { image: 'statsd', ports: { web: 9102 }, udpPorts: { in: 8125 } },
  });
  const { ports } = statsd;
  const service = statsd.expose('Service', {
    name: 'statsd-service',
    ports: { web: 9102, in: { port: 8125, nodePort: 30125 } },
  });
  service.endpoint('in', { scheme: 'udp' }).openTo({ namespace: 'services' });
  expect(ports).toEqual({ web: 9102, in: 8125 });
  expect(
    object(scope, 'Service', 'statsd-service').spec.ports.map(({ protocol }: { protocol: string }) => protocol),
  ).toEqual(['TCP', 'UDP']);
  expect(
    object(scope, 'NetworkPolicy', 'statsd-ingress').spec.ingress.flatMap((rule: { ports: unknown[] }) => rule.ports),
  ).toEqual(Array(2).fill({ port: 8125, protocol: 'UDP' }));
});

test('pods may see who connects to a port of the node', () => {
  const { expose, spec } = minio();
  expose({ ports: { api: { port: 9000, nodePort: 30900 } }, keepClientAddress: true });
  expect(spec()).toMatchObject({ type: 'NodePort', externalTrafficPolicy: 'Local' });
  const inside = minio();
  inside.expose({ keepClientAddress: true });
  expect(inside.spec().externalTrafficPolicy).toBeUndefined();
});
