import { type Json, type JsonObject, objectAt, objectsAt, textAt } from '../../objects/manifest';

/** Labels of a pod or a namespace. */
export type Labels = Readonly<Record<string, string>>;

/** Whether labels are those that a selector means. */
export type Selector = (labels: Labels) => boolean;

/** What the LabelSelector `value` means; an empty one is for all, and so is a missing one where policies have it. */
export function selectorOf(value: Json | undefined): Selector {
  const { matchLabels, matchExpressions } = objectAt(value);
  const wanted = Object.entries(labelsAt(matchLabels));
  const expressions = objectsAt(matchExpressions).map(expression);
  return (labels) => wanted.every(([key, text]) => labels[key] === text) && expressions.every((holds) => holds(labels));
}

function expression({ key, operator, values }: JsonObject): Selector {
  const name = textAt(key) ?? '';
  const isListed = ({ [name]: label }: Labels): boolean =>
    label !== undefined && Array.isArray(values) && values.includes(label);
  switch (operator) {
    case 'In':
      return isListed;
    case 'NotIn':
      return (labels) => !isListed(labels);
    case 'Exists':
      return (labels) => name in labels;
    case 'DoesNotExist':
      return (labels) => !(name in labels);
    // The API server takes no other; whatever it is, it lets nobody in.
    default:
      return () => false;
  }
}

/** The labels in `value`; none if there are none. */
export function labelsAt(value: Json | undefined): Labels {
  return Object.fromEntries(
    Object.entries(objectAt(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
