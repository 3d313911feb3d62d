import {
  DataVolume,
  type DataVolumeProps,
  DynamicStorage,
  HostPathStorage,
  NfsStorage,
  SHARED_DIRECTORY,
  type StorageProvider,
} from '../../constructs/kube';
import { chart, object, objects, platform } from '../support';

const classes = { fast: 'fast', slow: 'slow', workflow: 'workflow' };
const directories = { fast: '/home/kaapana', slow: '/mnt/slow', workflow: '/home/kaapana' };
const hostPath = new HostPathStorage({ directories, classes, node: { 'kaapana.io/node': 'storage' } });

function dataVolume(props: Partial<DataVolumeProps> = {}, storage: StorageProvider = hostPath) {
  const scope = chart();
  const component = new DataVolume(scope, 'Data', {
    platform: { ...platform(), storage },
    name: 'minio-pv-claim',
    namespace: 'services',
    role: 'slow',
    holds: 'all objects',
    ...props,
  });
  return { scope, component, claim: object(scope, 'PersistentVolumeClaim', component.name) };
}

test('data has a volume of its own, reserved for its claim', () => {
  const { scope, claim } = dataVolume();
  const volume = object(scope, 'PersistentVolume', 'services-minio');
  expect(claim.spec).toEqual({
    storageClassName: 'slow',
    accessModes: ['ReadWriteOnce'],
    volumeName: 'services-minio',
    resources: { requests: { storage: '10Gi' } },
  });
  expect(volume.spec).toMatchObject({
    storageClassName: 'slow',
    accessModes: ['ReadWriteOnce'],
    capacity: { storage: '10Gi' },
    hostPath: { path: '/mnt/slow/minio', type: 'DirectoryOrCreate' },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'kaapana.io/node', operator: 'In', values: ['storage'] }] }],
      },
    },
    claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'minio-pv-claim', namespace: 'services' },
  });
});

test('data is never deleted by Kubernetes', () => {
  const { scope } = dataVolume();
  expect(object(scope, 'PersistentVolume', 'services-minio').spec.persistentVolumeReclaimPolicy).toBe('Retain');
});

test('directory and size may be chosen', () => {
  const { scope, claim } = dataVolume({ role: 'fast', directory: 'store/data', size: '200Gi' });
  const { spec } = object(scope, 'PersistentVolume', 'services-minio');
  expect(spec.hostPath.path).toBe('/home/kaapana/store/data');
  expect(spec.capacity.storage).toBe('200Gi');
  expect(claim.spec.resources.requests.storage).toBe('200Gi');
});

test('the storage map reads what is lost with it', () => {
  const { component } = dataVolume();
  expect(component).toMatchObject({ role: 'slow', holds: 'all objects', namespace: 'services' });
  expect(component.plan.source).toMatchObject({ hostPath: { path: '/mnt/slow/minio', type: 'DirectoryOrCreate' } });
});

test('an export is written by many, with the options of its site', () => {
  const storage = new NfsStorage({
    server: 'nfs.example.org',
    path: '/export/',
    directories: { fast: 'fast', slow: 'slow', workflow: 'fast' },
    storageClass: 'nfs',
    mountOptions: ['nfsvers=4.2'],
  });
  const { scope, claim } = dataVolume({}, storage);
  expect(object(scope, 'PersistentVolume', 'services-minio').spec).toMatchObject({
    nfs: { server: 'nfs.example.org', path: '/export/slow/minio' },
    mountOptions: ['nfsvers=4.2'],
    accessModes: ['ReadWriteMany'],
  });
  expect(claim.spec.storageClassName).toBe('nfs');
});

test('an export has no options by default', () => {
  const { mountOptions } =
    new NfsStorage({ server: 'nfs', path: '', directories: classes, storageClass: 'nfs' }).plan('fast', 'a').source ??
    {};
  expect(mountOptions).toBeUndefined();
});

test('a class that makes volumes gets a claim alone', () => {
  const { scope, claim } = dataVolume({}, new DynamicStorage(classes));
  expect(objects(scope)).toHaveLength(1);
  expect(claim.spec).toMatchObject({ storageClassName: 'slow', accessModes: ['ReadWriteOnce'] });
  expect(claim.spec.volumeName).toBeUndefined();
});

test('files of workflows are written by many', () => {
  const { claim } = dataVolume({ role: 'workflow' }, new DynamicStorage(classes));
  expect(claim.spec).toMatchObject({ storageClassName: 'workflow', accessModes: ['ReadWriteMany'] });
});

test('volumes of several namespaces may have the same directory', () => {
  const { scope, claim } = dataVolume({ volumeName: 'services-minio-pv', shared: true });
  expect(claim.spec.volumeName).toBe('services-minio-pv');
  expect(object(scope, 'PersistentVolume', 'services-minio-pv').metadata.annotations).toEqual({
    [SHARED_DIRECTORY]: 'true',
  });
  expect(object(dataVolume().scope, 'PersistentVolume', 'services-minio').metadata.annotations).toBeUndefined();
});
