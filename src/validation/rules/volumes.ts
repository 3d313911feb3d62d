import { objectAt, objectsAt, textAt } from '../../objects/manifest';
import { dnsLabel, filePath, notNegative } from '../forms';
import { all, each, fields, objects, oneOf, range, range32, required, type Rule, unique, wrong } from '../rule';
import { podFile } from './containers';
import { hostPath, nfs } from './sources';
import { claimTemplate } from './storage';

/** Types of volumes in a pod. */
const TYPES = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'hostPath',
  'image',
  'iscsi',
  'nfs',
  'persistentVolumeClaim',
  'photonPersistentDisk',
  'portworxVolume',
  'projected',
  'quobyte',
  'rbd',
  'scaleIO',
  'secret',
  'storageos',
  'vsphereVolume',
] as const;

const MODE = range32(0, 0o777);

const items: Rule = each(fields({ key: required(), path: required(filePath), mode: MODE }));
const podFiles: Rule = each(all(podFile, fields({ path: required(filePath), mode: MODE })));

const source: Rule = all(
  fields({
    secret: fields({ name: required(), items }),
    configMap: fields({ name: required(), items }),
    downwardAPI: fields({ items: podFiles }),
    serviceAccountToken: fields({ expirationSeconds: range(600, 2 ** 32), path: required(filePath) }),
  }),
);

const projected: Rule = all(
  fields({ defaultMode: MODE, sources: each(source) }),
  objects(({ sources }, path) => {
    const paths = objectsAt(sources).flatMap((each) =>
      [each.secret, each.configMap, each.downwardAPI].flatMap((part) =>
        objectsAt(objectAt(part).items).flatMap((item) => textAt(item.path) ?? []),
      ),
    );
    return new Set(paths).size === paths.length ? [] : [wrong(`${path}.sources`, 'unique')];
  }),
);

/** The volumes of a pod. */
export const volumes: Rule = all(
  each(
    all(
      // A volume that names no type is an emptyDir.
      objects((value, path) => (TYPES.some((type) => value[type] !== undefined) ? oneOf(...TYPES)(value, path) : [])),
      fields({
        name: required(dnsLabel),
        emptyDir: fields({ sizeLimit: notNegative }),
        hostPath,
        nfs,
        secret: fields({ secretName: required(), defaultMode: MODE, items }),
        configMap: fields({ name: required(), defaultMode: MODE, items }),
        persistentVolumeClaim: fields({ claimName: required() }),
        downwardAPI: fields({ defaultMode: MODE, items: podFiles }),
        projected,
        csi: fields({ driver: required() }),
        ephemeral: fields({ volumeClaimTemplate: required(claimTemplate) }),
      }),
    ),
  ),
  unique(({ name }) => textAt(name), 'name'),
);
