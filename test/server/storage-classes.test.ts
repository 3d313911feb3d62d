import { StorageClasses, type StorageClassesProps } from '../../constructs/server/storage-classes';
import { chart, object, objects } from '../support';

const REQUIRED: StorageClassesProps = {
  directories: { fast: '/home/kaapana', slow: '/mnt/slow' },
  mainNode: 'node-1',
  replicaCount: 3,
};

function storageClasses(props: Partial<StorageClassesProps> = {}) {
  const scope = chart();
  return { scope, classes: new StorageClasses(scope, 'StorageClasses', { ...REQUIRED, ...props }) };
}

test('with the required props alone: two classes for directories, three for Longhorn', () => {
  const { scope } = storageClasses();
  expect(
    objects(scope)
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual([
    'kaapana-hostpath-fast-data-dir',
    'kaapana-hostpath-slow-data-dir',
    'kaapana-longhorn-fast-db',
    'kaapana-longhorn-fast-workflow',
    'kaapana-longhorn-slow-data',
  ]);
});

test('a deleted claim never takes data with it', () => {
  const { scope } = storageClasses({ nfs: true });
  expect(objects(scope).map(({ reclaimPolicy }) => reclaimPolicy)).toEqual(Array(6).fill('Retain'));
});

test('a volume is made where its pod runs, except on an export that all nodes reach', () => {
  const { scope } = storageClasses({ nfs: true });
  const modes = Object.fromEntries(
    objects(scope).map(({ metadata, volumeBindingMode }) => [metadata.name, volumeBindingMode]),
  );
  const { nfs, ...others } = modes;
  expect(nfs).toBe('Immediate');
  expect(new Set(Object.values(others))).toEqual(new Set(['WaitForFirstConsumer']));
});

test.each([
  [{ name: 'microk8s.io/hostpath', directoryParameter: 'pvDir' }, { pvDir: '/mnt/slow' }],
  [{ name: 'rancher.io/local-path' }, undefined],
  [undefined, undefined],
])('directories come from %j', (provisioner, parameters) => {
  const { scope, classes } = storageClasses({ provisioner });
  const slow = object(scope, 'StorageClass', classes.hostPath.slow);
  expect(slow.provisioner).toBe(provisioner?.name ?? 'kubernetes.io/no-provisioner');
  expect(slow.parameters).toEqual(parameters);
});

test('databases stay on the main node, one copy each', () => {
  const { scope, classes } = storageClasses();
  const databases = object(scope, 'StorageClass', classes.longhorn.fast);
  expect(databases.parameters).toMatchObject({ diskSelector: 'fast-data', numberOfReplicas: '1' });
  expect(databases.allowedTopologies).toEqual([
    { matchLabelExpressions: [{ key: 'kubernetes.io/hostname', values: ['node-1'] }] },
  ]);
  expect(object(scope, 'StorageClass', classes.longhorn.slow).parameters.diskSelector).toBe('slow-data');
});

test('files of workflows are copied to any node, as often as asked', () => {
  const { scope, classes } = storageClasses();
  const workflow = object(scope, 'StorageClass', classes.longhorn.workflow);
  expect(workflow.parameters.numberOfReplicas).toBe('3');
  expect(workflow.allowedTopologies).toBeUndefined();
  expect(workflow.allowVolumeExpansion).toBe(true);
});

test('an export has a class when there is one', () => {
  const { scope, classes } = storageClasses({ nfs: true });
  expect(object(scope, 'StorageClass', classes.nfs).provisioner).toBe('kubernetes.io/no-provisioner');
  expect(objects(storageClasses({ nfs: false }).scope)).toHaveLength(5);
});

test('an instance has classes of its own', () => {
  const { scope, classes } = storageClasses({ prefix: 'site2-', nfs: true });
  for (const { metadata } of objects(scope)) expect(metadata.name).toMatch(/^site2-/);
  expect(classes.hostPath).toEqual({
    fast: 'site2-kaapana-hostpath-fast-data-dir',
    slow: 'site2-kaapana-hostpath-slow-data-dir',
    workflow: 'site2-kaapana-hostpath-fast-data-dir',
  });
  expect(classes.nfs).toBe('site2-nfs');
});
