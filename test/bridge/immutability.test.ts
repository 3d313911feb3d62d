import { frozenChanges } from '../../src/bridge/immutability';

const metadata = { name: 'x' };
const classOf = (fields: object) => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata, provisioner: 'p', ...fields });

test('nothing changes, nothing is said', () => {
  const live = classOf({ reclaimPolicy: 'Retain', volumeBindingMode: 'Immediate', parameters: { pvDir: '/a' } });
  expect(frozenChanges('StorageClass//x', live, classOf({ reclaimPolicy: 'Retain' }))).toEqual([]);
  // The provider replaces a class with other parameters by itself, and says so.
  expect(frozenChanges('StorageClass//x', live, classOf({ reclaimPolicy: 'Retain', parameters: { pvDir: '/b' } }))).toEqual([]);
});

test.each([
  ['reclaimPolicy', { reclaimPolicy: 'Retain' }, { reclaimPolicy: 'Delete' }],
  ['volumeBindingMode', {}, { volumeBindingMode: 'WaitForFirstConsumer' }],
])('a storage class cannot change its %s', (field, live, wanted) => {
  const [problem, ...rest] = frozenChanges('StorageClass//x', classOf(live), classOf(wanted));
  expect(problem).toMatch(new RegExp(`^StorageClass//x: ${field} cannot change from .* Delete the class with kubectl`));
  expect(rest).toEqual([]);
});

test('a priority class cannot change its value', () => {
  const priority = (value: number) => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata, value });
  expect(frozenChanges('PriorityClass//x', priority(1), priority(2))).toEqual([expect.stringContaining('value cannot change from 1 to 2')]);
});

test('a volume cannot move; what the server adds to its source does not count', () => {
  const volume = (path: string, type?: string) => ({ apiVersion: 'v1', kind: 'PersistentVolume', metadata, spec: { hostPath: { path, type } } });
  expect(frozenChanges('PersistentVolume//x', volume('/a', 'DirectoryOrCreate'), volume('/a'))).toEqual([]);
  expect(frozenChanges('PersistentVolume//x', volume('/a'), volume('/b'))).toEqual([expect.stringContaining('Its data would be cut off')]);
});

test('other kinds are left to the provider', () => {
  const job = (image: string) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { image } });
  expect(frozenChanges('Job/a/x', job('1'), job('2'))).toEqual([]);
});
