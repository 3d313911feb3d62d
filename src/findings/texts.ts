import {
  type AdoptedObject,
  type CredentialFacts,
  ENVIRONMENT_LABEL,
  type Finding,
  findingId,
  type FrozenField,
  type ObjectOfOthers,
  type SetWhenCreated,
  type UncomparedCredential,
  type UnusedAcknowledgement,
} from './finding';
import { grouped, holderText, kindsText } from './objects';

/** What a person reads: what stops a deployment, and what is worth a thought. */
export interface FindingTexts {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Fields that are named of an object that changes. */
const FIELDS = 3;

/** One text for all findings of the same rule that have one owner or one cause, and so one way on. */
export function findingTexts(findings: readonly Finding[], environment: string): FindingTexts {
  type Of<Rule> = Extract<Finding, { rule: Rule }>[];
  const of = <Rule extends Finding['rule']>(rule: Rule): Of<Rule> =>
    findings.filter((finding) => finding.rule === rule) as Of<Rule>;
  const byHolder = ({ facts: { holder } }: ObjectOfOthers | AdoptedObject): string => JSON.stringify(holder);
  const credentials = grouped(of('set-when-created'), ({ severity, facts: { settings, reason } }) =>
    JSON.stringify([severity, settings, reason]),
  );
  const sealed = of('uncompared-credential');
  return {
    problems: [
      ...grouped(of('object-of-others'), byHolder).map((group) => othersText(group, environment)),
      ...of('frozen-field').map(({ facts: { sentence } }: FrozenField) => sentence),
      ...credentials.filter(([first]) => first?.severity === 'error').map((group) => changedText(group, environment)),
    ],
    warnings: [
      ...grouped(of('adopted-object'), byHolder).map(adoptedText),
      ...credentials.filter(([first]) => first?.severity === 'warning').map((group) => changedText(group, environment)),
      ...(sealed.length === 0 ? [] : [sealedText(sealed, environment)]),
      ...of('unused-acknowledgement').map((finding) => unusedText(finding, environment)),
    ],
  };
}

function othersText(group: readonly ObjectOfOthers[], environment: string): string {
  const ids = group.map(({ subject }) => subject);
  const [id = '', ...more] = ids;
  const isOne = more.length === 0;
  const [it, name] = isOne ? ['it', 'another name for it'] : ['them', 'other names for them'];
  const holder = group[0]?.facts.holder ?? { kind: 'nobody' };
  const there = isOne
    ? `${id} exists already and belongs to ${holderText(holder)}. It is left alone.`
    : `${ids.length} objects exist already and belong to ${holderText(holder, false)}. They are left alone: ${kindsText(ids)}.`;
  const remedy = `Remove ${it} or give this environment ${name}`;
  if (holder.kind === 'environment' && holder.environment !== environment) {
    const kinds = [...new Set(ids.map((each) => (each.split('/')[0] ?? '').toLowerCase()))].join(',');
    return (
      `${there} ${remedy}. What belongs to another environment is not taken over; if ${holder.environment} is gone, take its name off first, then adopt ${it}: ` +
      `kubectl label ${kinds} --all-namespaces --selector ${ENVIRONMENT_LABEL}=${holder.environment} ${ENVIRONMENT_LABEL}-`
    );
  }
  return isOne
    ? `${there} ${remedy}; to take it over, add "${id}" to kaapana:adopt.`
    : `${there} ${remedy}; to take them over: pulumi config set --stack ${environment} --path 'kaapana:adopt[0]' '*'. Previews then say what changes in them.`;
}

function adoptedText(group: readonly AdoptedObject[]): string {
  const holder = group[0]?.facts.holder ?? { kind: 'nobody' };
  const changed = group
    .filter(({ facts: { changes } }) => changes.length > 0)
    .map(({ subject, facts: { changes } }) => {
      const more = changes.length > FIELDS ? [`${changes.length - FIELDS} more`] : [];
      return `\n    ${subject}: ${[...changes.slice(0, FIELDS), ...more].join(', ')}`;
    });
  const isOne = group.length === 1;
  const there = isOne ? '1 object is' : `${group.length} objects are`;
  const what =
    changed.length === 0
      ? `Nothing changes but ${isOne ? 'its' : 'their'} labels.`
      : `Fields change in ${changed.length} of them:${changed.join('')}`;
  return `${there} taken over of ${holderText(holder, isOne)}, as kaapana:adopt says: ${kindsText(group.map(({ subject }) => subject))}. ${what}`;
}

/** The value of one setting, or of what follows from it, is in several Secrets where it is the root of all. */
function changedText(group: readonly SetWhenCreated[], environment: string): string {
  const [first] = group;
  if (!first) return '';
  const keys = group.map(({ subject, facts: { key } }) => `${key} of ${subject}`).join(', ');
  const isOne = group.length === 1;
  const { reason } = first.facts;
  const what =
    `${keys} ${isOne ? 'has' : 'have'} another value than on the server${becauseOf(first.facts)}. It is set when ${isOne ? first.facts.claim : 'the data'} is made, ` +
    'and to change it in a Secret does not change it in the data';
  if (reason !== undefined) return `${what}; acknowledged: ${reason}`;
  const ways = [...new Set(group.map(({ facts: { changedBy } }) => changedBy))].join('; ');
  const ids = isOne ? findingId(first) : first.rule;
  // Pulumi takes a value under the name of a password for a secret.
  return (
    `${what}: whoever logs in by it would be locked out. Restore the old value; or change it in the data too (${ways}), and say so: ` +
    `pulumi config set --plaintext --stack ${environment} --path 'kaapana:acknowledged["${ids}"]' '<reason>'`
  );
}

function becauseOf({ settings }: CredentialFacts): string {
  return settings.length === 0 ? '' : `, by ${settings.map((name) => `kaapana:${name}`).join(' and ')}`;
}

function sealedText(group: readonly UncomparedCredential[], environment: string): string {
  const names = group.map(({ subject, facts: { key } }) => `${key} of ${subject}`).join(', ');
  return `whether these still have the values that they were made with, Pulumi alone can tell, as they are encrypted: ${names}. pulumi preview --stack ${environment} compares them`;
}

function unusedText({ subject, facts: { reason } }: UnusedAcknowledgement, environment: string): string {
  return (
    `kaapana:acknowledged has ${subject} ("${reason}"), for which nothing is found any more. Remove it, so that it lets nothing else through: ` +
    `pulumi config rm --stack ${environment} --path 'kaapana:acknowledged["${subject}"]'`
  );
}
