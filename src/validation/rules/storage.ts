import { objectAt, textAt } from '../../objects/manifest';
import { dnsSubdomain, isQualifiedName, labelKey, positive } from '../forms';
import { all, choice, each, fields, lists, objects, oneOf, required, type Rule, text, unique, wrong } from '../rule';
import { labelSelector, nodeSelector } from './labels';
import { hostPath, nfs } from './sources';

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

const accessModes: Rule = required(
  all(
    each(required(choice(...MODES))),
    lists((items, path) =>
      items.includes('ReadWriteOncePod') && new Set(items).size > 1
        ? [wrong(path, 'consistent', 'ReadWriteOncePod')]
        : [],
    ),
  ),
);

/** The specification of a PersistentVolumeClaim. */
export const claim: Rule = fields({
  accessModes,
  selector: labelSelector,
  storageClassName: dnsSubdomain,
  volumeMode: choice('Filesystem', 'Block'),
  resources: required(fields({ requests: required(fields({ storage: required(positive) })) })),
});

/** A claim that is made for each pod. */
export const claimTemplate: Rule = fields({ spec: required(claim) });

/** Types of volumes outside of pods. */
const TYPES = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'csi',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'glusterfs',
  'hostPath',
  'iscsi',
  'local',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
] as const;

/** The specification of a PersistentVolume. */
export const volume: Rule = all(
  oneOf(...TYPES),
  fields({
    accessModes,
    capacity: required(
      all(
        fields({ storage: required(positive) }),
        objects((value, path) => (Object.keys(value).length > 1 ? [wrong(path, 'choice', 'storage')] : [])),
      ),
    ),
    persistentVolumeReclaimPolicy: choice('Delete', 'Recycle', 'Retain'),
    storageClassName: dnsSubdomain,
    volumeMode: choice('Filesystem', 'Block'),
    nodeAffinity: fields({ required: required(nodeSelector) }),
    hostPath,
    nfs,
    local: fields({ path: required() }),
    csi: fields({
      driver: required(
        text('dns-subdomain', (value) => value.length <= 63 && /^[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?$/.test(value)),
      ),
      volumeHandle: required(),
    }),
  }),
  objects(({ local, nodeAffinity }, path) =>
    local !== undefined && objectAt(nodeAffinity).required === undefined
      ? [wrong(`${path}.nodeAffinity`, 'present')]
      : [],
  ),
);

const topology: Rule = fields({
  matchLabelExpressions: all(
    each(fields({ key: required(labelKey), values: required() })),
    unique(({ key }) => textAt(key), 'key'),
  ),
});

/** A StorageClass as a whole. */
export const storageClass: Rule = fields({
  provisioner: required(text('label-key', (value) => isQualifiedName(value.toLowerCase()))),
  reclaimPolicy: choice('Delete', 'Retain'),
  volumeBindingMode: choice('Immediate', 'WaitForFirstConsumer'),
  allowedTopologies: all(
    each(topology),
    unique((term) => JSON.stringify(term.matchLabelExpressions), 'matchLabelExpressions'),
  ),
});
