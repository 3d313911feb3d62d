import type { Change, ConflictFacts, Contested, ContestedRule, Owner, Place, Shortage } from '../facts/conflicts';
import { type Found, nameOf } from '../finding';
import type { HowTo } from '../how-to';
import type { Remedy } from '../remedy';
import { holderText } from './objects';
import type { Group, Text, Texts } from './text';

/** Things that are named of many alike. */
const NAMED = 3;

/** What both want, in words. */
const WANTED: { readonly [R in ContestedRule]: (wanted: ConflictFacts[R]['wanted']) => string } = {
  'second-server': (what) => `the ${what}`,
  'shared-instance-name': (name) => `the name of the instance, "${name}"`,
  'shared-namespace': (name) => `the namespace "${name}"`,
  'shared-namespace-prefix': ({ namespace, prefix, of }) =>
    `the namespace "${namespace}", which begins as those of projects may that users of ${of} make (${prefix}...)`,
  'shared-object': (id) => id,
  'shared-port': (port) => `the node port ${port}`,
  'shared-directory': placeText,
  'shared-export': placeText,
  'shared-address': (address) => `the address ${address}`,
};

/** What is told of environments that get into each other's way. */
export const CONFLICT_TEXTS: Texts<ConflictFacts> = {
  ...(Object.fromEntries(Object.keys(WANTED).map((rule) => [rule, { key: groupOf, text: contestedText }])) as {
    readonly [R in ContestedRule]: Text<R>;
  }),
  'unclear-export': ({ facts: { owners, exports } }) =>
    `${wanting(owners)} the exports ${exports.join(' and ')}. If these NFS servers are one, by a name and an address or by two names, each would write into the data of the other: write the server alike in both, so that they are compared, or use paths that do not lie in each other`,
  'different-account': ({ facts: { owners, key }, remedies }, howTo) =>
    `${wanting(owners)} different values for the account ${key} at the identity provider, which the server has once. ` +
    `In ${remedies[0]?.in?.environment}: take that of ${owners[0]?.environment}. ${howTo.remedies(remedies)}`,
  'different-cluster': ({ facts: { owners, key, values }, remedies }, howTo) =>
    `${wanting(owners)} ${values ? `different distributions for one server, ${values.join(' and ')}` : `different clusters for one server, by ${key}`}. ` +
    within(remedies[0], howTo.remedies(remedies)),
  'too-little-memory': memoryText,
  'memory-overcommitted': memoryText,
  'too-little-capacity': ({ facts, remedies: [less, ...more] }, howTo) =>
    `${wanting(facts.owners)} ${shortageText(facts, 'the nodes have')}. ${within(less, less ? lessText(less, howTo) : '')}; or ${howTo.remedies(more)}`,
  'plugin-resource-short': ({ subject, facts }) =>
    `${nameOf(subject)} wants ${shortageText(facts, 'the nodes have')}; pods would stay pending`,
  'no-nodes': () => 'the server has no nodes yet: pods would stay pending',
  'several-storage-nodes': ({ facts: { label, nodes }, remedies }, howTo) =>
    `${nodes.length} nodes have the label ${label}: ${nodes.join(', ')}. The data lie in directories of one node, and a pod on another one would begin with empty ones. Take the label from all but the node with the data. ${howTo.remedies(remedies)}`,
  'dns-unreachable': ({ facts: { pod, addresses }, remedies }, howTo) =>
    `the nodes have a DNS resolver of their own (${pod}) at ${addresses.join(' and ')}, which kaapana:internalCidrs leaves out: pods that cannot reach it resolve no names. ${howTo.remedies(remedies)}`,
  'no-labelled-node': ({ facts: { labels } }) =>
    `no node has the label ${labels}, and pods would stay pending: kubectl label node <name> ${labels}`,
  'uncompared-environment': ({ subject }) => {
    const name = nameOf(subject);
    return `${name} was not compared, because it has errors. List them: kaapana check --env ${name}`;
  },
  'server-unreachable': ({ facts: { reason } }) => reason,
};

/** What two want, in words. */
function wantedText<R extends ContestedRule>({ rule, facts }: Found<R>): string {
  return WANTED[rule](facts.wanted);
}

/**
 * Objects of the same components are one text, and so is what one stranger has on the server, where one remedy helps
 * all.
 */
function groupOf({ rule, facts: { owners, change }, remedies }: Found<ContestedRule>): string | undefined {
  const holder = owners.find((owner) => owner.holder !== undefined)?.holder;
  if (holder !== undefined)
    return JSON.stringify([holder, owners.filter((owner) => owner.holder === undefined), change, remedies]);
  return rule === 'shared-object'
    ? JSON.stringify([owners.map(({ environment, by }) => [environment, by.object?.component]), change, remedies])
    : undefined;
}

function contestedText([first, ...more]: Group<ContestedRule>, howTo: HowTo): string {
  const { owners } = first.facts;
  return `${wanting(owners)} ${wantedText(first)}${furtherText(owners, more)}. ${contestedRemedy(first, howTo)}`;
}

function furtherText([first]: readonly Owner[], more: readonly Found<ContestedRule>[]): string {
  if (more.length === 0) return '';
  if (first?.holder === undefined) return ` and ${more.length} more of the same component`;
  const named = more.slice(0, NAMED).map((each) => `${each.facts.owners[0]?.environment}: ${wantedText(each)}`);
  return `; and the same with ${more.length} more of ${holderText(first.holder, false)}: ${named.join('; ')}${more.length > NAMED ? '; ...' : ''}`;
}

/** Who they are, and by what. */
function wanting(owners: readonly Owner[]): string {
  const names = owners.map((owner) => `${owner.environment} (${byText(owner)})`);
  return names.length === 1 ? `${names[0]} wants` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} want`;
}

/** By what somebody has something, in words. */
export function byText({ by: { setting, object, requests }, holder }: Owner): string {
  if (holder && holder.kind !== 'environment') return `exists already and belongs to ${holderText(holder)}`;
  if (requests) return 'requests of its pods';
  const { id = '', component, instance } = object ?? {};
  const place = component === undefined ? instance && `${id} of the instance ${instance}` : `${id} of ${component}`;
  return setting === undefined ? (place ?? id) : `kaapana:${setting}${place === undefined ? '' : ` (${place})`}`;
}

/** What the one that changes does, in words. */
function contestedRemedy({ facts, remedies }: Found<ContestedRule>, howTo: HowTo): string {
  const { change, mutual }: Contested<unknown> = facts;
  const [first, ...more] = remedies.filter(({ kind }) => kind !== 'adopt');
  const [adopt] = remedies.filter(({ kind }) => kind === 'adopt');
  if (!first) return '';
  const what =
    change === undefined ? furtherInstance([first, ...more], howTo) : changeText(change, mutual, first, howTo);
  const orAdopt =
    adopt?.kind === 'adopt'
      ? `; or, if it is one of ${adopt.in?.environment}'s own, add "${adopt.object}" to kaapana:adopt`
      : '';
  return `${within(first, what)}${orAdopt}`;
}

function changeText(change: Change, mutual: boolean, remedy: Remedy, howTo: HowTo): string {
  switch (change.kind) {
    case 'value':
      return howTo.remedies([remedy]);
    case 'switch':
      return `set ${change.parameter} ${change.off}${mutual ? ' for one of them' : ''}, e.g.: ${howTo.command(remedy)}`;
    case 'entry':
      return `the ${change.what} can have no other, so remove it${mutual ? ' from one of the two environments' : ''}, e.g.: ${howTo.command(remedy)}`;
  }
}

/** The settings of a further instance come first, last that of another server. */
function furtherInstance(remedies: readonly Remedy[], howTo: HowTo): string {
  const commands = remedies.map((remedy) => howTo.command(remedy));
  return `one environment owns the server, so make this one a secondary instance of it: ${commands.slice(0, -1).join(' and ')}; if it is on another server, say so, e.g.: ${commands.at(-1)}`;
}

/** A remedy, and where it is done. */
function within(remedy: Remedy | undefined, text: string): string {
  return `In ${remedy?.in?.environment}: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function placeText({ inner, outer }: { readonly inner: Place; readonly outer: Place }): string {
  const shown = ({ path, real }: Place): string =>
    path.replace(/\/+$/, '') === real ? real : `${path} (in truth ${real})`;
  return outer.real === inner.real
    ? `the directory ${shown(outer)}${outer.path === inner.path ? '' : `, also called ${inner.path}`}`
    : `the directory ${shown(inner)}, which lies in ${shown(outer)}`;
}

/** What is wanted too much of, in words. */
function shortageText({ resource, promised, available, shares }: Shortage, whoHas: string): string {
  const each = shares.map(({ environment, amount }) => `${environment} ${amount}`).join(', ');
  return `more ${resource} than ${whoHas}, ${promised} of ${available}: ${each}`;
}

function memoryText(
  { facts, remedies: [more, less] }: Found<'too-little-memory'> | Found<'memory-overcommitted'>,
  howTo: HowTo,
): string {
  return `${wanting(facts.owners)} ${shortageText(facts, 'the server has')}. ${memoryRemedy(facts.enough, more, less, howTo)}`;
}

function memoryRemedy(enough: string, more: Remedy | undefined, less: Remedy | undefined, howTo: HowTo): string {
  const size = within(more, `set its true size, if that is ${enough} or more. ${more ? howTo.remedies([more]) : ''}`);
  if (!less) return size;
  const name = less.in?.environment;
  if (less.kind !== 'do' || less.what === 'lower-requests')
    return `${size}; or give ${name} less. ${within(less, lessText(less, howTo))}`;
  return less.what === 'other-server'
    ? `${size}; or move ${name} to another server`
    : `${size}; or give ${name} less: ${howTo.remedies([less])}`;
}

function lessText(remedy: Remedy, howTo: HowTo): string {
  return remedy.kind === 'set' ? `set how much it may use. ${howTo.remedies([remedy])}` : howTo.remedies([remedy]);
}
