import { printable } from '../../base/printable';
import type { CredentialFacts, LiveFacts } from '../facts/live';
import { ENVIRONMENT_LABEL, findingId, type Found, nameOf, type Subject } from '../finding';
import type { HowTo } from '../how-to';
import { holderText, kindsText } from './objects';
import type { Group, Texts } from './text';

/** Fields that are named of an object that changes. */
const FIELDS = 3;

const byHolder = ({ facts: { holder } }: Found<'object-of-others'> | Found<'adopted-object'>): string =>
  JSON.stringify(holder);

/** What is told of the objects of a server. */
export const LIVE_TEXTS: Texts<LiveFacts> = {
  'object-of-others': { key: byHolder, text: othersText },
  'adopted-object': { key: byHolder, text: adoptedText },
  'frozen-field': frozenText,
  'refused-object': ({ subject, facts: { reason } }) =>
    `the API server refuses ${nameOf(subject)}, asked by a dry run: ${printable(reason)}`,
  'untried-objects': ({ facts: { count, reason } }) =>
    `${count} objects could not be tried out on the server by a dry run: ${printable(reason)}`,
  'shrunk-claim': ({ subject, facts: { from, to } }) =>
    `${nameOf(subject)}: a claim cannot shrink from ${from} to ${to}. Restore the size.`,
  'set-when-created': { key: ({ facts: { settings } }) => JSON.stringify(settings), text: changedText },
  'uncompared-credential': { key: () => '', text: sealedText },
  'unused-acknowledgement': unusedText,
};

function othersText(group: Group<'object-of-others'>, howTo: HowTo): string {
  const ids = group.map(({ subject }) => nameOf(subject));
  const [{ holder }, [id = '', ...more]] = [group[0].facts, ids];
  const isOne = more.length === 0;
  const [it, name] = isOne ? ['it', 'another name for it'] : ['them', 'other names for them'];
  const there = isOne
    ? `${id} exists already and belongs to ${holderText(holder)}. It was not changed.`
    : `${ids.length} objects exist already and belong to ${holderText(holder, false)}. They were not changed: ${kindsText(ids)}.`;
  const remedy = `Remove ${it} or give this environment ${name}`;
  if (holder.kind === 'environment' && holder.environment !== howTo.environment) {
    const kinds = [...new Set(ids.map((each) => (each.split('/')[0] ?? '').toLowerCase()))].join(',');
    return (
      `${there} ${remedy}. Objects of another environment cannot be adopted. If ${holder.environment} no longer exists, remove its label first, then adopt ${it}: ` +
      `kubectl label ${kinds} --all-namespaces --selector ${ENVIRONMENT_LABEL}=${holder.environment} ${ENVIRONMENT_LABEL}-`
    );
  }
  return isOne
    ? `${there} ${remedy}; to adopt it, add "${id}" to kaapana:adopt.`
    : `${there} ${remedy}; to adopt them: ${howTo.command({ kind: 'set', key: 'adopt', example: ['*'] })}. Previews then show what changes in them.`;
}

function adoptedText(group: Group<'adopted-object'>): string {
  const { holder } = group[0].facts;
  const changed = group
    .filter(({ facts: { changes } }) => changes.length > 0)
    .map(({ subject, facts: { changes } }) => {
      const more = changes.length > FIELDS ? [`${changes.length - FIELDS} more`] : [];
      return `\n    ${nameOf(subject)}: ${[...changes.slice(0, FIELDS), ...more].join(', ')}`;
    });
  const isOne = group.length === 1;
  const there = isOne ? '1 object is' : `${group.length} objects are`;
  const what =
    changed.length === 0
      ? `Nothing changes but ${isOne ? 'its' : 'their'} labels.`
      : `Fields change in ${changed.length} of them:${changed.join('')}`;
  return `${there} adopted from ${holderText(holder, isOne)}, as kaapana:adopt says: ${kindsText(group.map(({ subject }) => nameOf(subject)))}. ${what}`;
}

function frozenText({ subject, facts: { field, from = 'none', to, claim } }: Found<'frozen-field'>): string {
  const id = nameOf(subject);
  return `${id}: ${field} cannot change from ${from} to ${to}. ${claim === undefined ? wayOn(id.split('/')[0] ?? '') : howToMove(claim)}`;
}

function wayOn(kind: string): string {
  if (kind === 'PriorityClass')
    return 'Delete the class with kubectl (pods that run are not affected), then run this again.';
  return kind === 'StorageClass'
    ? 'Delete the class with kubectl (volumes that exist are not affected), then run this again.'
    : 'Its data would be cut off. Restore the setting.';
}

function howToMove(claim: string): string {
  const [namespace, name] = claim.split('/');
  return (
    'Its data would be cut off. Restore the setting; or move the data: stop the pods that mount the claim, copy its files to the new place, ' +
    `delete the pods of finished jobs, which hold it too (kubectl delete pods --field-selector=status.phase==Succeeded -n ${namespace}), ` +
    `delete the claim (kubectl delete pvc ${name} -n ${namespace}; its files stay), add "${claim}" to kaapana:dataMoved, and after the update start the pods again.`
  );
}

/** The value of one setting, or of what follows from it, is in several Secrets where it is the root of all. */
function changedText(group: Group<'set-when-created'>, howTo: HowTo): string {
  const [first] = group;
  const keys = group.map(({ subject }) => keyText(subject)).join(', ');
  const isOne = group.length === 1;
  const what =
    `${keys} ${isOne ? 'has' : 'have'} another value than on the server${becauseOf(first.facts)}. It is set when ${isOne ? first.facts.claim : 'the data'} is made, ` +
    'and to change it in a Secret does not change it in the data';
  if (first.acknowledged !== undefined) return `${what}; acknowledged: ${first.acknowledged}`;
  const ways = [...new Set(group.map(({ facts: { changedBy } }) => changedBy))].join('; ');
  const ids = isOne ? findingId(first) : first.rule;
  return (
    `${what}: programs that log in with it would be locked out. Restore the old value; or change it in the data too (${ways}), and acknowledge it: ` +
    howTo.command({ kind: 'acknowledge', id: ids })
  );
}

function becauseOf({ settings }: CredentialFacts): string {
  return settings.length === 0 ? '' : `, by ${settings.map((name) => `kaapana:${name}`).join(' and ')}`;
}

function sealedText(group: Group<'uncompared-credential'>, { environment }: HowTo): string {
  const names = group.map(({ subject }) => keyText(subject)).join(', ');
  return `whether these still have the values that they were made with, Pulumi alone can tell, as they are encrypted: ${names}. pulumi preview --stack ${environment} compares them`;
}

function unusedText(
  { subject, facts: { reason, why }, remedies: [remove] }: Found<'unused-acknowledgement'>,
  howTo: HowTo,
): string {
  const id = nameOf(subject);
  const problem = {
    'not-found': 'which no finding needs any more. Remove it',
    unknown: 'which is the id of no finding (docs/findings.md lists all). Remove it',
    refused: 'which is nothing that can be let through. Remove it',
  }[why];
  return `kaapana:acknowledged has ${id} ("${reason}"), ${problem}: ${remove ? howTo.command(remove) : ''}`;
}

function keyText(subject: Subject): string {
  return subject.kind === 'credential' ? `${subject.key} of ${subject.id}` : '';
}
