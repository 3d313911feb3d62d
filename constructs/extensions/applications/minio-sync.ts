import { Construct } from 'constructs';
import { DataVolume, HostPathStorage, Volume, Workload } from '../../kube';
import { fileOwner } from '../../platform/file-owner';
import { type MirrorAction, minioMirror } from '../../platform/minio-mirror';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';

const id = { pattern: /^\d{1,9}$/, wanted: 'a number of a user or group' };

const definition = defineExtension({
  name: 'minio-sync-chart',
  title: 'MinIO Sync',
  purpose: 'Keeps a directory of the server and a path of the object store alike',
  kind: 'application',
  maturity: 'stable',
  hardware: 'cpu',
  multiInstallable: true,
  documentation: 'user_guide/extensions.html#minio-sync',
  parameters: {
    host_directory: {
      type: 'string',
      default: '/minio-sync',
      definition: 'Directory of the server, below fastDataDir',
      form: {
        pattern: /^\/?(?!\.\.?(\/|$))[\w.@+-]+(\/(?!\.\.?(\/|$))[\w.@+-]+)*$/,
        wanted: 'a path below fastDataDir, without "..", "." or a trailing slash',
      },
    },
    minio_path: {
      type: 'string',
      default: 'uploads/minio-sync',
      definition: 'Bucket and path in it',
      form: {
        pattern: /^[a-z0-9][a-z0-9.-]{2,62}(\/[^/]+)*$/,
        wanted: 'a bucket and a path in it, without a leading or trailing slash',
      },
    },
    sync_strategy: {
      type: 'list_single',
      choices: ['Host2Minio', 'Minio2Host', 'Bidirectional'],
      default: 'Bidirectional',
      definition: 'Which way files go',
    },
    uid: { type: 'string', default: '1000', definition: 'User that the directory belongs to', form: id },
    gid: { type: 'string', default: '1000', definition: 'Group that the directory belongs to', form: id },
  },
  distinct: [
    {
      parameter: 'host_directory',
      what: 'directory',
      of: ({ host_directory }) => String(host_directory).replace(/^\//, ''),
    },
  ],
});

type Strategy = (typeof definition)['parameters']['sync_strategy']['choices'][number];

const ACTIONS: Readonly<Record<Strategy, MirrorAction>> = {
  Host2Minio: 'PUSH',
  Minio2Host: 'FETCH',
  Bidirectional: 'SYNC',
};

/** Class that these claims and volumes name, to find each other; nobody makes volumes for it. */
const STORAGE_CLASS = 'host-dir';
const HOST_DIR = '/host';

/** A directory of the server in the object store, or the other way round (minio-sync-chart, Kaapana 0.6.0). */
export class MinioSync extends Construct {
  public static readonly definition = definition;

  constructor(scope: Construct, constructId: string, props: ExtensionProps<typeof definition>) {
    super(scope, constructId);
    const {
      platform,
      services,
      name,
      parameters: { uid, gid, minio_path: remote, sync_strategy: strategy },
    } = props;
    const namespace = services.namespaces.services;

    const volume = Volume.claim(`${name}-host-path`, this.createDirectory(props));
    new Workload(this, 'Server', {
      platform,
      namespace,
      name,
      nodeSelector: services.mainNode,
      podSecurity: { runAsUser: Number(uid), runAsGroup: Number(gid), fsGroup: Number(gid) },
      uses: [services.minio.api],
      initContainers: [
        fileOwner(
          platform,
          'minio-sync-permission-fix',
          ['chown', '-R', `${uid}:${gid}`, '/mount'],
          [volume.at('/mount')],
        ),
      ],
      container: minioMirror({
        platform,
        remote,
        minio: services.minio,
        name: 'minio-sync',
        action: ACTIONS[strategy],
        local: HOST_DIR,
        mounts: [volume.at(HOST_DIR)],
      }),
    });
  }

  /** A directory of the node, whatever the other volumes are made of. */
  private createDirectory({ platform, services, name, parameters }: ExtensionProps<typeof definition>): DataVolume {
    const { fast } = services.directories;
    const storage = new HostPathStorage({
      directories: { fast, slow: fast, workflow: fast },
      classes: { fast: STORAGE_CLASS, slow: STORAGE_CLASS, workflow: STORAGE_CLASS },
      node: platform.storageNode,
    });
    return new DataVolume(this, 'Directory', {
      platform: { ...platform, storage },
      namespace: services.namespaces.services,
      name: `${name}-host-path-pv-claim`,
      volumeName: `${services.namespaces.services}-${name}-host-path`,
      role: 'fast',
      directory: parameters.host_directory.replace(/^\//, ''),
      size: '1Mi', // The disk alone limits a directory.
      holds: `the files of ${name}, which are in the object store too`,
    });
  }
}
