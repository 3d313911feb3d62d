import { given, type JsonObject, type Maybe, object, objects, pickGiven, pickSet, scalar } from '../json';
import { pod } from './pod';
import { claim } from './storage';
import { type Texts } from './texts';

const COUNTS = [
  'revisionHistoryLimit',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'activeDeadlineSeconds',
  'completions',
  'parallelism',
  'progressDeadlineSeconds',
  'minReadySeconds',
];

/** Facts of an object that runs pods. */
export function workload(manifest: JsonObject, texts: Texts): JsonObject {
  const kind = scalar(manifest.kind);
  const spec = object(manifest.spec);
  if (kind === 'Pod') {
    return { pod: pod(spec, kind, texts), podLabels: texts.strings(object(manifest.metadata).labels) };
  }
  if (kind !== 'CronJob') return controller(kind, spec, texts);
  return {
    schedule: spec.schedule ?? null,
    ...pickSet(spec, ['concurrencyPolicy', 'suspend']),
    ...controller(kind, object(object(spec.jobTemplate).spec), texts),
  };
}

function controller(kind: string, spec: JsonObject, texts: Texts): JsonObject {
  const template = object(spec.template);
  const meta = object(template.metadata);
  const selector = object(spec.selector).matchLabels;
  return {
    ...scaling(kind, spec),
    ...pickSet(spec, COUNTS),
    selector: given(selector) ? texts.strings(selector) : undefined,
    volumeClaimTemplates: claims(objects(spec.volumeClaimTemplates)),
    podLabels: given(meta.labels) ? texts.strings(meta.labels) : undefined,
    podAnnotations: given(meta.annotations) ? texts.strings(meta.annotations) : undefined,
    pod: pod(object(template.spec), kind, texts),
  };
}

function scaling(kind: string, spec: JsonObject): JsonObject {
  return {
    replicas: ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(kind) ? (spec.replicas ?? 1) : undefined,
    strategy: kind === 'Deployment' ? (object(spec.strategy).type ?? 'RollingUpdate') : undefined,
    ...(kind === 'StatefulSet' ? pickGiven(spec, ['serviceName']) : {}),
  };
}

function claims(templates: readonly JsonObject[]): Maybe {
  if (templates.length === 0) return undefined;
  return Object.fromEntries(
    templates.map((template) => [scalar(object(template.metadata).name), claim(object(template.spec))]),
  );
}
