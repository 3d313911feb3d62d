import { NfsServer, type NfsServerProps } from '../../constructs/admin/nfs-server';
import { DataVolume, NfsStorage } from '../../constructs/kube';
import { chart, object, platform } from '../support';

function nfsServer(props: Partial<NfsServerProps> = {}) {
  const scope = chart();
  const component = new NfsServer(scope, 'NfsServer', { platform: platform(), namespace: 'admin', ...props });
  return { scope, component, pod: object(scope, 'Deployment', 'nfs-server').spec.template.spec };
}

test('a directory for every other volume is made before the export is offered', () => {
  const { scope, pod } = nfsServer();
  for (const role of ['fast', 'slow'] as const) {
    new DataVolume(scope, role, {
      platform: platform(),
      namespace: 'services',
      name: `${role}-pv-claim`,
      directory: `some/${role}`,
      role,
      holds: 'x',
    });
  }
  expect(object(scope, 'ConfigMap', 'nfs-dir-config').data['dirs.txt']).toBe(
    'fast/some/fast 1000 1000\nslow/some/slow 1000 1000\n',
  );
  const [init] = pod.initContainers;
  expect(init).toMatchObject({ name: 'nfs-dirs', securityContext: { runAsUser: 0 } });
  expect(init.volumeMounts).toContainEqual({ name: 'nfs-dir-config', mountPath: '/tmp/dirs.txt', subPath: 'dirs.txt' });
});

test('it is privileged, and says why', () => {
  const { scope, pod } = nfsServer();
  expect(pod.containers[0].securityContext.privileged).toBe(true);
  expect(pod.initContainers[0].securityContext.privileged).toBeUndefined();
  expect(object(scope, 'Deployment', 'nfs-server').metadata.annotations).toEqual({
    'security-exception/privileged': NfsServer.PRIVILEGED_REASON,
  });
});

test('an admission policy can tell its pods', () => {
  const { component } = nfsServer();
  expect(component.server.namespace).toBe('admin');
  expect(component.server.podLabels).toEqual({ role: 'nfs-server' });
});

test('its address may be fixed, as nodes cannot resolve service names', () => {
  const { scope } = nfsServer({ clusterIP: '10.152.183.15' });
  expect(object(scope, 'Service', 'nfs-service').spec.clusterIP).toBe('10.152.183.15');
  expect(object(nfsServer().scope, 'Service', 'nfs-service').spec.clusterIP).toBeUndefined();
});

test('nodes reach it, whose addresses no selector knows', () => {
  const { ingress } = object(nfsServer().scope, 'NetworkPolicy', 'nfs-server-ingress').spec;
  expect(ingress).toHaveLength(1);
  expect(ingress[0].from).toBeUndefined();
  expect(ingress[0].ports.map(({ port }: { port: number }) => port)).toEqual([111, 2049, 20048]);
});

test('its data lies in a directory of the node, as large as asked', () => {
  const { scope } = nfsServer();
  expect(object(scope, 'PersistentVolume', 'admin-nfs-fast').spec).toMatchObject({
    hostPath: { path: '/home/kaapana/nfs' },
    capacity: { storage: '100Gi' },
    persistentVolumeReclaimPolicy: 'Retain',
  });
  expect(object(nfsServer({ size: '2Ti' }).scope, 'PersistentVolume', 'admin-nfs-fast').spec.capacity.storage).toBe(
    '2Ti',
  );
});

test('its data cannot lie on the export itself', () => {
  const storage = new NfsStorage({
    server: '10.152.183.15',
    path: '/',
    directories: { fast: '', slow: '', workflow: '' },
    storageClass: 'nfs',
  });
  expect(() => nfsServer({ platform: { ...platform(), storage } })).toThrow(
    'nfs-server cannot keep its data on an NFS export',
  );
});
