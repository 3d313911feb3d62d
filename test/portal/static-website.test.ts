import { StaticWebsite } from '../../constructs/portal/static-website';
import { address, envOf, platform, secret } from '../flow/support';
import { chart, object } from '../support';

const scope = chart();
const minio = { api: address('minio-service', 9000), account: secret(scope, 'minio-account') };
const component = new StaticWebsite(scope, 'Website', { platform: platform(), namespace: 'services', minio });
const { spec } = object(scope, 'Deployment', 'static-website-browser');
const pod = spec.template.spec;

test('a second container copies the bucket, by an account from a Secret', () => {
  const [, mirror] = pod.containers;
  expect(mirror.name).toBe('minio-mirror');
  expect(envOf(mirror)).toEqual({
    ACTION: 'FETCH',
    MINIO_SERVICE: 'minio-service.services.svc:9000',
    MINIO_PATH: 'staticwebsiteresults',
    LOCAL_PATH: '/usr/share/nginx/html/',
    MINIO_USER: 'minio-account/username',
    MINIO_PASSWORD: 'minio-account/password',
  });
});

test('it waits for the object store, which lets it in', () => {
  expect(envOf(pod.initContainers[0]).WAIT).toBe('minio-service,minio-service.services.svc,9000');
  expect(minio.api.peers).toHaveLength(1);
  expect(minio.api.peers[0]).toMatchObject({
    namespace: 'services',
    podLabels: { 'app-name': 'static-website-browser' },
  });
});

test('the directory is made its own before the first page is copied there', () => {
  const [, own, copy] = pod.initContainers;
  expect(own).toMatchObject({
    command: ['chown', '1000:1000', '/usr/share/nginx/html/'],
    securityContext: { runAsUser: 0 },
  });
  expect(copy).toMatchObject({ name: 'static-website-copy', args: ['/kaapana/app/copy.sh'] });
  expect(copy.securityContext.runAsUser).toBeUndefined();
});

test('everything else runs as an ordinary user with a root file system that is read-only', () => {
  expect(pod.securityContext).toMatchObject({
    runAsUser: 1000,
    runAsGroup: 1000,
    fsGroup: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  for (const { securityContext } of pod.containers) {
    expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
  }
});

test('the copies are kept, and one pod at a time writes them', () => {
  expect(object(scope, 'PersistentVolume', 'services-staticwebsiteresults').spec).toMatchObject({
    hostPath: { path: '/home/kaapana/staticwebsiteresults' },
    persistentVolumeReclaimPolicy: 'Retain',
  });
  expect(spec.strategy.type).toBe('Recreate');
  expect(spec.selector.matchLabels).toEqual({ 'app-name': 'static-website-browser' });
});

test('the reverse proxy alone reaches its pages, without their path', () => {
  expect(object(scope, 'Ingress', 'static-website-browser').metadata.annotations).toMatchObject({
    'traefik.ingress.kubernetes.io/router.middlewares': 'services-static-website-strip-browser@kubernetescrd',
  });
  expect(object(scope, 'Middleware', 'static-website-strip-browser').spec).toEqual({
    stripPrefix: { prefixes: ['/static-website-browser'] },
  });
  expect(object(scope, 'NetworkPolicy', 'static-website-browser-ingress').spec.ingress).toHaveLength(1);
  expect(component.web.url).toBe('http://static-website-browser.services.svc:8080');
});
