import { frozenChanges as found } from '../../src/cluster/immutability';
import { printed } from '../findings/support';

const frozenChanges = (...given: Parameters<typeof found>): string[] => printed(found(...given));

const metadata = { name: 'x' };
const classOf = (fields: object) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata,
  provisioner: 'p',
  ...fields,
});

test('nothing changes, nothing is said', () => {
  const live = classOf({ reclaimPolicy: 'Retain', volumeBindingMode: 'Immediate', parameters: { pvDir: '/a' } });
  expect(frozenChanges('StorageClass//x', live, classOf({ reclaimPolicy: 'Retain' }))).toEqual([]);
  // The provider replaces a class with other parameters by itself, and says so.
  expect(
    frozenChanges('StorageClass//x', live, classOf({ reclaimPolicy: 'Retain', parameters: { pvDir: '/b' } })),
  ).toEqual([]);
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
  expect(frozenChanges('PriorityClass//x', priority(1), priority(2))).toEqual([
    expect.stringContaining('value cannot change from 1 to 2'),
  ]);
});

test('findings name object, field, values and what to do', () => {
  const priority = (value: number) => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata, value });
  expect(found('PriorityClass//x', priority(1), priority(2))).toEqual([
    {
      rule: 'frozen-field',
      severity: 'error',
      subject: { kind: 'object', id: 'PriorityClass//x' },
      facts: { field: 'value', from: '1', to: '2' },
      remedies: [{ kind: 'run', command: 'kubectl delete priorityclass x' }],
    },
  ]);
});

test('a volume cannot move; what the server adds to its source does not count', () => {
  const volume = (path: string, type?: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata,
    spec: { hostPath: { path, type } },
  });
  expect(frozenChanges('PersistentVolume//x', volume('/a', 'DirectoryOrCreate'), volume('/a'))).toEqual([]);
  expect(frozenChanges('PersistentVolume//x', volume('/a'), volume('/b'))).toEqual([
    expect.stringContaining('Its data would be cut off'),
  ]);
});

test('the node of a volume can be given where nothing was said, and not changed', () => {
  const on = (...values: string[]) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata,
    spec:
      values.length === 0
        ? {}
        : {
            nodeAffinity: {
              required: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: 'kaapana.io/node', operator: 'In', values }] }],
              },
            },
          },
  });
  expect(frozenChanges('PersistentVolume//x', on(), on('storage'))).toEqual([]);
  expect(frozenChanges('PersistentVolume//x', on('storage'), on('storage'))).toEqual([]);
  expect(frozenChanges('PersistentVolume//x', on('storage'), on('other'))).toEqual([
    expect.stringMatching(/spec\.nodeAffinity cannot change.*Restore the setting\.$/),
  ]);
});

describe('data that is to lie elsewhere', () => {
  const owner = { name: 'minio-pv-claim', namespace: 'services' };
  const claim = (storageClassName: string, storage = '10Gi') => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: owner,
    spec: { storageClassName, resources: { requests: { storage } } },
  });
  const volume = (source: object) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata,
    spec: { ...source, claimRef: owner },
  });
  const [here, there] = [volume({ hostPath: { path: '/a' } }), volume({ nfs: { server: 'n', path: '/a' } })];

  test('stops the preview, which says how to move it', () => {
    const [problem, ...rest] = frozenChanges('PersistentVolume//x', here, there);
    expect(problem).toBe(
      'PersistentVolume//x: spec.nfs cannot change from none to {"server":"n","path":"/a"}. Its data would be cut off. Restore the setting; ' +
        'or move the data: stop the pods that mount the claim, copy its files to the new place, delete the pods of finished jobs, which hold it too (kubectl delete pods --field-selector=status.phase==Succeeded -n services), ' +
        'delete the claim (kubectl delete pvc minio-pv-claim -n services; ' +
        'its files stay), add "services/minio-pv-claim" to kaapana:dataMoved, and after the update start the pods again.',
    );
    expect(rest).toEqual([]);
    expect(frozenChanges('PersistentVolumeClaim/services/minio-pv-claim', claim('a'), claim('b'))[0]).toContain(
      'add "services/minio-pv-claim"',
    );
  });

  test.each([
    [['services/minio-pv-claim'], 0],
    [['*'], 0],
    [['other/minio-pv-claim', 'services/minio'], 1],
    [[], 1],
  ])('%j leaves %i objection', (moved, count) => {
    expect(frozenChanges('PersistentVolume//x', here, there, moved)).toHaveLength(count);
    expect(frozenChanges('PersistentVolumeClaim/services/minio-pv-claim', claim('a'), claim('b'), moved)).toHaveLength(
      count,
    );
  });

  test('may have a smaller volume there', () => {
    expect(frozenChanges('x', claim('a', '20Gi'), claim('a'))).toEqual([expect.stringMatching(/cannot shrink/)]);
    expect(frozenChanges('x', claim('a', '20Gi'), claim('b'), ['*'])).toEqual([]);
  });

  test('is no way around the rules of other objects', () => {
    expect(
      frozenChanges('StorageClass//x', classOf({ reclaimPolicy: 'Retain' }), classOf({ reclaimPolicy: 'Delete' }), [
        '*',
      ]),
    ).toHaveLength(1);
  });
});

test('other kinds are left to the provider', () => {
  const job = (image: string) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { image } });
  expect(frozenChanges('Job/a/x', job('1'), job('2'))).toEqual([]);
});
