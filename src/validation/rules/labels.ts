import { type JsonObject, objectAt, objectsAt, textAt } from '../../objects/manifest';
import { annotationKey, dnsSubdomain, labelKey, labelValue } from '../forms';
import { all, choice, each, fields, objects, required, type Rule, table, wrong } from '../rule';

/** What all annotations of an object may take together, in bytes. */
const ANNOTATIONS = 256 * 1024;

/** Labels, and selectors that are tables of labels. */
export const labels: Rule = table(labelKey, labelValue);

/** Annotations, which have any text as values. */
export const annotations: Rule = all(
  table(annotationKey),
  objects((value, path) => {
    const size = Object.entries(value).reduce((sum, [key, text]) => sum + key.length + String(text).length, 0);
    return size > ANNOTATIONS ? [wrong(path, 'length', `${ANNOTATIONS} bytes in all`)] : [];
  }),
);

/** Metadata, without the name, of which each kind has a rule of its own. */
export const metadata: Rule = fields({
  namespace: dnsSubdomain,
  labels,
  annotations,
  finalizers: each(labelKey),
});

const expression = (operators: readonly string[], isAbout: (values: number, operator: string) => boolean): Rule =>
  all(
    fields({ key: required(labelKey), operator: required(choice(...operators)) }),
    objects((value, path) => {
      const operator = textAt(value.operator) ?? '';
      const count = Array.isArray(value.values) ? value.values.length : 0;
      return operators.includes(operator) && !isAbout(count, operator)
        ? [wrong(`${path}.values`, 'consistent', `the operator ${operator}`)]
        : [];
    }),
  );

/** A requirement of a label, in a selector of labels. */
const requirement: Rule = all(
  expression(['In', 'NotIn', 'Exists', 'DoesNotExist'], (count, operator) =>
    operator.endsWith('In') ? count > 0 : count === 0,
  ),
  fields({ values: each(labelValue) }),
);

/** A selector of labels. */
export const labelSelector: Rule = fields({ matchLabels: labels, matchExpressions: each(requirement) });

/** A requirement of a label of a node. */
export const nodeRequirement: Rule = expression(
  ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
  (count, operator) =>
    operator.endsWith('In')
      ? count > 0
      : operator.endsWith('Exist') || operator === 'Exists'
        ? count === 0
        : count === 1,
);

/** A requirement of a field of a node, of which there is one: its name. */
export const nodeFieldRequirement: Rule = all(
  fields({ key: required(choice('metadata.name')), values: each(dnsSubdomain) }),
  expression(['In', 'NotIn'], (count) => count === 1),
);

/** Terms of labels of nodes, of which one has to hold. */
export const nodeSelector: Rule = fields({
  nodeSelectorTerms: required(
    each(
      fields({
        matchExpressions: each(all(nodeRequirement, fields({ values: each(labelValue) }))),
        matchFields: each(nodeFieldRequirement),
      }),
    ),
  ),
});

/** The selector of a workload, which has to be there, to ask for something, and to select the workload's own pods. */
export const ownSelector: Rule = objects((spec, path) => {
  const selector = objectAt(spec.selector);
  const at = `${path}.selector`;
  if (spec.selector === undefined) return required()(undefined, at);
  if (Object.keys(objectAt(selector.matchLabels)).length + objectsAt(selector.matchExpressions).length === 0)
    return [wrong(at, 'not-empty')];
  const found = labelSelector(selector, at);
  return found.length > 0 ? found : unselected(spec, path);
});

/** Whether the labels of the pods of a workload are those that its selector asks for. */
export const unselected: Rule = objects((spec, path) => {
  const selector = objectAt(spec.selector);
  const has = objectAt(objectAt(objectAt(spec.template).metadata).labels);
  return isSelected(selector, has) ? [] : [wrong(`${path}.template.metadata.labels`, 'selected', `${path}.selector`)];
});

function isSelected({ matchLabels, matchExpressions }: JsonObject, has: JsonObject): boolean {
  return (
    Object.entries(objectAt(matchLabels)).every(([key, value]) => has[key] === value) &&
    objectsAt(matchExpressions).every(({ key, operator, values }) => {
      const value = has[textAt(key) ?? ''];
      const isIn = Array.isArray(values) && value !== undefined && values.includes(value);
      return { In: isIn, NotIn: !isIn, Exists: value !== undefined, DoesNotExist: value === undefined }[
        textAt(operator) ?? ''
      ];
    })
  );
}
