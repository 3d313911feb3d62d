import { type JsonObject, objectAt, textAt } from '../../objects/manifest';
import { amountOrShare, dnsLabel } from '../forms';
import { absent, all, choice, each, fields, objects, range, range32, required, type Rule, text, wrong } from '../rule';
import { labelSelector, ownSelector, unselected } from './labels';
import { podMetadata, podSpec } from './pods';
import { claimTemplate } from './storage';

const template: Rule = fields({ metadata: podMetadata, spec: required(podSpec) });

/** Pods that run for ever. */
const forEver: Rule = fields({
  spec: fields({ restartPolicy: choice('Always'), activeDeadlineSeconds: absent() }),
});

/** Not above 100%. */
const share: Rule = (value, path) =>
  typeof value === 'string' && /^\d+%$/.test(value) && Number.parseInt(value, 10) > 100
    ? [wrong(path, 'range', '0% to 100%', value)]
    : amountOrShare(value, path);

function strategy(choices: readonly string[], rolling: Rule): Rule {
  return all(
    fields({ type: choice(...choices), rollingUpdate: rolling }),
    objects(({ type = 'RollingUpdate', rollingUpdate }, path) =>
      type !== 'RollingUpdate' && type !== '' && rollingUpdate !== undefined
        ? [wrong(`${path}.rollingUpdate`, 'absent', 'type: RollingUpdate')]
        : [],
    ),
  );
}

const isNone = (value: JsonObject[string]): boolean => value === 0 || value === '0%' || value === '0';

/** One of both lets the update begin. */
const rollingDeployment: Rule = all(
  fields({ maxUnavailable: share, maxSurge: amountOrShare }),
  objects(({ maxUnavailable, maxSurge }, path) =>
    isNone(maxUnavailable) && isNone(maxSurge) ? [wrong(`${path}.maxUnavailable`, 'consistent', 'maxSurge')] : [],
  ),
);

const rollingDaemonSet: Rule = all(
  fields({ maxUnavailable: share, maxSurge: share }),
  objects(({ maxUnavailable = 1, maxSurge = 0 }, path) =>
    isNone(maxUnavailable) === isNone(maxSurge) ? [wrong(`${path}.maxSurge`, 'consistent', 'maxUnavailable')] : [],
  ),
);

/** The specification of a Deployment. */
export const deployment: Rule = all(
  ownSelector,
  fields({
    replicas: range32(0),
    minReadySeconds: range32(0),
    revisionHistoryLimit: range32(0),
    progressDeadlineSeconds: range32(0),
    strategy: strategy(['RollingUpdate', 'Recreate'], rollingDeployment),
    template: required(all(template, forEver)),
  }),
  objects(({ progressDeadlineSeconds: most = 600, minReadySeconds: least = 0 }, path) =>
    typeof most === 'number' && typeof least === 'number' && most <= least
      ? [wrong(`${path}.progressDeadlineSeconds`, 'range', `more than minReadySeconds, ${least}`, most)]
      : [],
  ),
);

/** The specification of a ReplicaSet. */
export const replicaSet: Rule = all(
  ownSelector,
  fields({ replicas: range32(0), minReadySeconds: range32(0), template: required(all(template, forEver)) }),
);

/** The specification of a DaemonSet. */
export const daemonSet: Rule = all(
  ownSelector,
  fields({
    minReadySeconds: range32(0),
    revisionHistoryLimit: range32(0),
    updateStrategy: strategy(['RollingUpdate', 'OnDelete'], rollingDaemonSet),
    template: required(all(template, forEver)),
  }),
);

/** The specification of a StatefulSet, without its pods: the API server does not look at these before it makes them. */
export const statefulSet: Rule = all(
  ownSelector,
  fields({
    replicas: range32(0),
    minReadySeconds: range32(0),
    serviceName: dnsLabel,
    podManagementPolicy: choice('OrderedReady', 'Parallel'),
    updateStrategy: strategy(['RollingUpdate', 'OnDelete'], fields({ partition: range32(0) })),
    persistentVolumeClaimRetentionPolicy: fields({
      whenDeleted: choice('Retain', 'Delete'),
      whenScaled: choice('Retain', 'Delete'),
    }),
    ordinals: fields({ start: range32(0) }),
    template: required(all(fields({ metadata: podMetadata }), forEver)),
  }),
);

/** The pods and the claims of a StatefulSet. */
export const statefulPods: Rule = objects((spec, path) => {
  const claims = Array.isArray(spec.volumeClaimTemplates) ? (spec.volumeClaimTemplates as readonly JsonObject[]) : [];
  const pod = objectAt(objectAt(spec.template).spec);
  const volumes = [
    ...(Array.isArray(pod.volumes) ? (pod.volumes as readonly JsonObject[]) : []),
    ...claims.map((claim) => ({
      name: textAt(objectAt(objectAt(claim).metadata).name) ?? '',
      persistentVolumeClaim: { claimName: 'x' },
    })),
  ];
  return [
    ...podSpec({ ...pod, volumes }, `${path}.template.spec`),
    ...each(claimTemplate)(spec.volumeClaimTemplates, `${path}.volumeClaimTemplates`),
  ];
});

const job: Rule = all(
  fields({
    parallelism: range32(0),
    completions: range32(0),
    activeDeadlineSeconds: range(0),
    backoffLimit: range32(0),
    backoffLimitPerIndex: range32(0),
    maxFailedIndexes: range32(0),
    ttlSecondsAfterFinished: range32(0),
    completionMode: choice('NonIndexed', 'Indexed'),
    podReplacementPolicy: choice('TerminatingOrFailed', 'Failed'),
    template: required(
      all(template, fields({ spec: fields({ restartPolicy: required(choice('OnFailure', 'Never')) }) })),
    ),
  }),
  objects(({ completionMode, completions, backoffLimitPerIndex, maxFailedIndexes }, path) => {
    if (completionMode === 'Indexed') return completions === undefined ? [wrong(`${path}.completions`, 'present')] : [];
    return backoffLimitPerIndex === undefined && maxFailedIndexes === undefined
      ? []
      : [wrong(`${path}.completionMode`, 'choice', 'Indexed')];
  }),
);

/** The specification of a Job, whose selector is made for it. */
export const ownJob: Rule = all(
  job,
  objects((spec, path) => {
    if (spec.manualSelector === true)
      return spec.selector === undefined
        ? [wrong(`${path}.selector`, 'present')]
        : [...labelSelector(spec.selector, `${path}.selector`), ...unselected(spec, path)];
    return spec.selector === undefined ? [] : [wrong(`${path}.selector`, 'absent', 'manualSelector: true')];
  }),
);

const UNITS = [
  { least: 0, most: 59, names: [] },
  { least: 0, most: 23, names: [] },
  { least: 1, most: 31, names: [] },
  { least: 1, most: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { least: 0, most: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
] as const;

/** As github.com/robfig/cron reads it: five fields, or a word. */
function isSchedule(schedule: string): boolean {
  if (schedule.includes('TZ')) return false;
  if (schedule.startsWith('@'))
    return /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every ([\d.]+(ns|us|ms|s|m|h))+)$/.test(schedule);
  const parts = schedule.trim().split(/\s+/);
  return (
    parts.length === UNITS.length &&
    UNITS.every((unit, index) => (parts[index] ?? '').split(',').every((part) => isRange(part, unit)))
  );
}

function isRange(part: string, { least, most, names }: (typeof UNITS)[number]): boolean {
  const [bounds = '', step, ...rest] = part.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (bounds === '*' || bounds === '?') return true;
  const ends = bounds.split('-').map((end) => {
    const at = (names as readonly string[]).indexOf(end.toLowerCase());
    return at >= 0 ? at + least : /^\d+$/.test(end) ? Number(end) : Number.NaN;
  });
  const [first = Number.NaN, last = first] = ends;
  return ends.length <= 2 && first >= least && last <= most && first <= last;
}

/** The specification of a CronJob. */
export const cronJob: Rule = fields({
  schedule: required(text('cron-schedule', isSchedule)),
  startingDeadlineSeconds: range(0),
  successfulJobsHistoryLimit: range32(0),
  failedJobsHistoryLimit: range32(0),
  concurrencyPolicy: choice('Allow', 'Forbid', 'Replace'),
  timeZone: text(
    'format',
    (value) => /^[A-Za-z.\-_0-9+/]+$/.test(value) && value.toLowerCase() !== 'local',
    'a time zone',
  ),
  jobTemplate: required(fields({ spec: required(all(job, fields({ selector: absent() }))) })),
});
