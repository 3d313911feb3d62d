import type { IConstruct } from 'constructs';
import { DataVolume, type StorageRole } from '../../constructs/kube';
import { buildPlatform } from '../../src/environment/tree';
import { identity, type JsonObject, objectAt, objectsAt, podTemplate } from '../../src/objects/manifest';
import { settings } from '../settings/support';

interface Provider {
  readonly given: Readonly<Record<string, unknown>>;
  readonly classes: Readonly<Record<StorageRole, string>>;
  readonly modes: Readonly<Record<StorageRole, string>>;

  /** What its static volumes are made of. @default - the class makes the volumes */
  readonly source?: (role: StorageRole, directory: string) => object;
}

const ONE = 'ReadWriteOnce';
const MANY = 'ReadWriteMany';
const DIRECTORIES = { fastDataDir: '/mnt/fast', slowDataDir: '/mnt/slow' } as const;
const roots = { fast: '/mnt/fast', slow: '/mnt/slow', workflow: '/mnt/fast' } as const;
const exports = { fast: 'fast', slow: 'slow', workflow: 'fast' } as const;

const PROVIDERS: Readonly<Record<string, Provider>> = {
  'directories of the node': {
    given: {},
    classes: {
      fast: 'kaapana-hostpath-fast-data-dir',
      slow: 'kaapana-hostpath-slow-data-dir',
      workflow: 'kaapana-hostpath-fast-data-dir',
    },
    modes: { fast: ONE, slow: ONE, workflow: ONE },
    source: (role, directory) => ({ hostPath: { path: `${roots[role]}/${directory}`, type: 'DirectoryOrCreate' } }),
  },
  'an NFS export': {
    given: {
      storageProvider: 'nfs',
      nfs: { server: 'nfs.example.org', path: '/export', mountOptions: ['nfsvers=4.2'] },
    },
    classes: { fast: 'nfs', slow: 'nfs', workflow: 'nfs' },
    modes: { fast: MANY, slow: MANY, workflow: MANY },
    source: (role, directory) => ({
      nfs: { server: 'nfs.example.org', path: `/export/${exports[role]}/${directory}` },
      mountOptions: ['nfsvers=4.2'],
    }),
  },
  Longhorn: {
    given: { storageProvider: 'longhorn', volumeSlowData: '2Ti', mainNodeName: 'node-1' },
    classes: {
      fast: 'kaapana-longhorn-fast-db',
      slow: 'kaapana-longhorn-slow-data',
      workflow: 'kaapana-longhorn-fast-workflow',
    },
    modes: { fast: ONE, slow: ONE, workflow: MANY },
  },
  'existing classes': {
    given: {
      storageProvider: 'class',
      volumeSlowData: '2Ti',
      storageClasses: { fast: 'ceph-block', slow: 'ceph-hdd', workflow: 'ceph-fs' },
    },
    classes: { fast: 'ceph-block', slow: 'ceph-hdd', workflow: 'ceph-fs' },
    modes: { fast: ONE, slow: ONE, workflow: MANY },
  },
};

/**
 * Directories of the node in which installers, Airflow and its tasks meet across namespaces, whatever the provider is.
 */
const ALWAYS_HOST_PATH = /^(dags|af-plugins|af-logs)-pv-claim$/;
const EXTENSIONS = [
  { name: 'jupyterlab-chart', as: 'a' },
  { name: 'mitk-workbench-chart', as: 'b' },
];

describe.each(Object.entries(PROVIDERS))('%s', (_, { given, classes, modes, source }) => {
  const { app, graph } = buildPlatform(
    settings({ ...DIRECTORIES, ...given, extensions: EXTENSIONS, projects: [{ name: 'a' }, { name: 'b' }] }),
    'test',
  );
  const isVolume = (node: IConstruct): node is DataVolume => node instanceof DataVolume;
  const all = app.node.findAll().filter(isVolume);
  const volumes = all.filter(({ name }) => !ALWAYS_HOST_PATH.test(name));
  const claimOf = ({ namespace, name }: DataVolume): JsonObject =>
    objectAt(graph.byId.get(identity('PersistentVolumeClaim', namespace, name))?.manifest.spec);

  test('has claims of each role, of the instance, its projects and extensions', () => {
    expect(new Set(volumes.map(({ role }) => role))).toEqual(new Set(['fast', 'slow', 'workflow']));
    expect(volumes.map(({ namespace }) => namespace)).toEqual(
      expect.arrayContaining(['admin', 'services', 'project-a', 'project-b']),
    );
    expect(volumes.length).toBeGreaterThan(25);
  });

  test('gives each claim the class and the access of its role', () => {
    for (const volume of volumes) {
      expect({ claim: volume.name, ...claimOf(volume) }).toMatchObject({
        claim: volume.name,
        storageClassName: classes[volume.role],
        accessModes: [modes[volume.role]],
      });
    }
  });

  test(source ? 'gives each claim a volume of its own, which is retained' : 'leaves the volumes to the class', () => {
    for (const volume of volumes) {
      const { volumeName } = claimOf(volume);
      const spec = graph.byId.get(`PersistentVolume//${String(volumeName)}`)?.manifest.spec;
      if (source === undefined) expect({ claim: volume.name, volumeName, spec }).toEqual({ claim: volume.name });
      else {
        expect(spec).toMatchObject({
          ...source(volume.role, volume.directory),
          storageClassName: classes[volume.role],
          persistentVolumeReclaimPolicy: 'Retain',
          claimRef: { name: volume.name, namespace: volume.namespace },
        });
      }
    }
  });

  test('gives bulk data its size, and leaves no other static volume', () => {
    const { volumeSlowData = '100Gi' } = given as { volumeSlowData?: string };
    const minio = volumes.find(({ name }) => name === 'minio-pv-claim');
    expect(minio && claimOf(minio)).toMatchObject({ resources: { requests: { storage: volumeSlowData } } });
    const statics = graph.nodes.filter(({ manifest }) => manifest.kind === 'PersistentVolume');
    expect(statics).toHaveLength(source ? all.length : all.length - volumes.length);
  });

  test('keeps what mounts data on the node that has it; a DaemonSet looks at each node', () => {
    const pods = graph.nodes
      .filter(({ manifest }) => manifest.kind !== 'DaemonSet')
      .map(({ id, manifest }) => ({ id, spec: objectAt(podTemplate(manifest)?.spec) }))
      .filter(({ spec }) =>
        objectsAt(spec['volumes']).some(
          ({ hostPath, persistentVolumeClaim }) => hostPath !== undefined || persistentVolumeClaim !== undefined,
        ),
      );
    expect(pods.length).toBeGreaterThan(20);
    expect(pods.filter(({ spec }) => spec['nodeSelector'] === undefined).map(({ id }) => id)).toEqual([]);
  });

  test('has the storage classes that its claims name, unless the cluster has them', () => {
    const missing = [...new Set(Object.values(classes))].filter((name) => !graph.byId.has(`StorageClass//${name}`));
    expect(missing).toEqual(given['storageProvider'] === 'class' ? Object.values(classes) : []);
  });
});
