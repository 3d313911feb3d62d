import { firstGiven, given, type JsonObject, type Maybe, object, objects, pickGiven, scalar } from '../json';
import { container } from './container';
import { type Texts } from './texts';
import { volumeKey, volumes } from './volumes';

const RAW = [
  'priorityClassName',
  'runtimeClassName',
  'hostname',
  'subdomain',
  'dnsPolicy',
  'terminationGracePeriodSeconds',
  'activeDeadlineSeconds',
  'schedulerName',
];
const FLAGS = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace'];
const STRUCTURES = [
  'securityContext',
  'affinity',
  'dnsConfig',
  'tolerations',
  'hostAliases',
  'topologySpreadConstraints',
];

/** Facts of a pod; what an absent restart policy means depends on the kind that owns it. */
export function pod(spec: JsonObject, kind: string, texts: Texts): JsonObject {
  const inits = objects(spec.initContainers);
  return {
    initContainers: containers(inits, spec, texts),
    containers: containers(objects(spec.containers), spec, texts),
    initOrder: inits.length > 1 ? inits.map((item) => item.name ?? '') : undefined,
    volumes: given(spec.volumes) ? volumes(objects(spec.volumes), texts) : undefined,
    serviceAccount: firstGiven(spec.serviceAccountName, spec.serviceAccount),
    restartPolicy: firstGiven(spec.restartPolicy) ?? (kind === 'Job' || kind === 'CronJob' ? '' : 'Always'),
    imagePullSecrets: pullSecrets(objects(spec.imagePullSecrets)),
    ...Object.fromEntries(RAW.flatMap((key) => (scalar(spec[key]) === '' ? [] : [[key, spec[key]]]))),
    ...pickGiven(spec, FLAGS, () => true),
    automountServiceAccountToken: spec.automountServiceAccountToken === false ? false : undefined,
    ...pickGiven(spec, ['nodeSelector'], (value) => texts.strings(value)),
    ...pickGiven(spec, STRUCTURES, (value) => texts.plain(value)),
  };
}

function containers(items: readonly JsonObject[], spec: JsonObject, texts: Texts): Maybe {
  if (items.length === 0) return undefined;
  const keys = new Map(objects(spec.volumes).map((volume) => [scalar(volume.name), volumeKey(volume)]));
  return Object.fromEntries(items.map((item) => [scalar(item.name), container(item, keys, texts)]));
}

function pullSecrets(references: readonly JsonObject[]): Maybe {
  const names = new Set(references.filter(given).map((reference) => scalar(object(reference).name)));
  return names.size > 0 ? [...names].sort() : undefined;
}
