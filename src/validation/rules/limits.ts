import { objectAt, textAt } from '../../objects/manifest';
import { amountOrShare, isQualifiedName, positive, quantity } from '../forms';
import {
  absent,
  all,
  atMostOneOf,
  choice,
  each,
  fields,
  objects,
  range32,
  required,
  type Rule,
  table,
  text,
  unique,
  wrong,
} from '../rule';
import { labelSelector } from './labels';
import { pathSegment } from './others';
import { amounts, anyResource, compare, containerResource } from './resources';

const limitType: Rule = text(
  'choice',
  (value) =>
    ['Pod', 'Container', 'PersistentVolumeClaim'].includes(value) || (value.includes('/') && isQualifiedName(value)),
  'Pod, Container, PersistentVolumeClaim',
);

const limit: Rule = objects((value, path) => {
  const name = value.type === 'Pod' || value.type === 'Container' ? containerResource : anyResource;
  const tables = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'];
  return [
    ...required(limitType)(value.type, `${path}.type`),
    ...fields(Object.fromEntries(tables.map((key) => [key, table(name, quantity)])))(value, path),
    ...(value.type === 'Pod' ? fields({ default: absent(), defaultRequest: absent() })(value, path) : []),
    ...[
      ['min', 'max'],
      ['min', 'defaultRequest'],
      ['defaultRequest', 'max'],
      ['defaultRequest', 'default'],
      ['min', 'default'],
      ['default', 'max'],
    ].flatMap(([less = '', more = '']) =>
      Object.keys(objectAt(value[less]))
        .filter((key) => (compare(objectAt(value[less])[key], objectAt(value[more])[key]) ?? 0) > 0)
        .map((key) => wrong(`${path}.${less}.${key}`, 'not-above', `${path}.${more}.${key}`)),
    ),
  ];
});

/** The specification of a LimitRange, and of a ResourceQuota. */
export const limitRange: Rule = fields({
  limits: all(
    each(limit),
    unique(({ type }) => textAt(type), 'type'),
  ),
});
export const resourceQuota: Rule = fields({
  hard: amounts(anyResource),
  scopes: each(
    choice(
      'BestEffort',
      'NotBestEffort',
      'Terminating',
      'NotTerminating',
      'PriorityClass',
      'CrossNamespacePodAffinity',
    ),
  ),
});

/** The specification of a PodDisruptionBudget. */
export const disruptionBudget: Rule = all(
  atMostOneOf('minAvailable', 'maxUnavailable'),
  fields({ minAvailable: amountOrShare, maxUnavailable: amountOrShare, selector: labelSelector }),
);

/** What a value is aimed at. */
const target: Rule = fields({
  target: required(
    all(
      fields({
        type: required(choice('Utilization', 'Value', 'AverageValue')),
        averageUtilization: range32(1),
        value: positive,
        averageValue: positive,
      }),
      objects((value, path) =>
        ['averageUtilization', 'value', 'averageValue'].some((key) => value[key] !== undefined)
          ? []
          : [wrong(path, 'one-field', 'averageUtilization, value, averageValue')],
      ),
    ),
  ),
});

const SOURCES = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};

const metric: Rule = all(
  fields({
    type: required(choice(...Object.keys(SOURCES))),
    resource: all(fields({ name: required() }), target),
    containerResource: all(fields({ name: required(), container: required() }), target),
    pods: target,
    object: target,
    external: target,
  }),
  objects((value, path) =>
    Object.entries(SOURCES).flatMap(([type, key]) =>
      (value.type === type) === (value[key] !== undefined)
        ? []
        : [wrong(`${path}.${key}`, 'consistent', `the type ${String(value.type)}`)],
    ),
  ),
);

/** The specification of a HorizontalPodAutoscaler. */
export const autoscaler: Rule = all(
  fields({
    minReplicas: range32(1),
    maxReplicas: required(range32(1)),
    scaleTargetRef: required(fields({ kind: required(pathSegment), name: required(pathSegment) })),
    metrics: each(metric),
  }),
  objects(({ minReplicas = 1, maxReplicas }, path) =>
    typeof maxReplicas === 'number' && typeof minReplicas === 'number' && maxReplicas < minReplicas
      ? [wrong(`${path}.maxReplicas`, 'range', `${minReplicas} or more`, maxReplicas)]
      : [],
  ),
);
