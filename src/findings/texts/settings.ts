import { fullKey, PREFIX } from '../../base/keys';
import { printable } from '../../base/printable';
import type { Expected, ExtensionHint, Nearest, Need, SettingsFacts } from '../facts/settings';
import { type Finding, type Found, nameOf } from '../finding';
import type { HowTo } from '../how-to';
import type { Text, Texts } from './text';

type SettingsRule = keyof SettingsFacts;

/** What is wrong with a setting, in words that follow its name. */
const MESSAGES: { readonly [R in SettingsRule]: (facts: SettingsFacts[R]) => string } = {
  'missing-setting': ({ need }) => (need === undefined ? 'is missing' : `is missing: ${NEEDS[need]}`),
  'missing-companion': ({ given }) => `is missing, but ${given} is set`,
  'missing-install-name': ({ extension }) =>
    `is missing: ${extension} can be installed several times, each with its own name`,
  'wrong-value': ({ shown, expected, of }) =>
    [shown, of === undefined ? undefined : `of ${of}`, expectedText(expected)].filter((part) => part).join(' '),
  'wrong-kind': ({ shown, kind }) => `${shown === undefined ? '' : `${shown} `}${KINDS[kind]}`,
  'wrong-secret': ({ format }) => `is not ${format}`,
  'wrong-key': () => 'is not a name: only letters, digits, -, _ and . are allowed',
  'unknown-setting': () => 'is not a setting',
  'misplaced-key': ({ isReadable }) =>
    isReadable
      ? `is not a setting: all of them begin with ${PREFIX}`
      : 'is not a setting, nor a key that Pulumi can read',
  'settings-as-group': () => 'is not a setting, nor a group of settings',
  'path-as-key': () => 'is the path of a setting, not a setting',
  'control-characters': ({ shown }) => `${shown === undefined ? '' : `${shown} `}has control characters`,
  'number-for-secret': () => 'is a number, of which YAML may drop digits',
  'encrypted-group': () => 'is encrypted as a whole',
  'encrypted-setting': () => 'is encrypted, but is not a secret',
  'unknown-extension': ({ shown }) => `${shown} is not an extension`,
  'workflow-as-extension': ({ workflow, extension }) => `"${workflow}" is a workflow of the extension ${extension}`,
  'unused-install-name': ({ name, extension }) =>
    `"${name}" has no effect: ${extension} is installed once, by its own name`,
  'long-install-name': ({ name, limit }) => `"${name}" is longer than ${limit} characters`,
  'unknown-version': ({ version, extension, versions }) =>
    `"${version}" is not one of the versions of ${extension}: ${versions.join(', ')}`,
  'wrong-tag': ({ shown }) => `${shown} is not a tag of an image`,
  'unknown-parameter': ({ extension }) => `is not a parameter of ${extension}`,
  'setting-twice': ({ name }) => `is ${name} by its former name, and both are set`,
  'parameter-twice': ({ parameter }) => `is ${parameter} by another name, which is set too`,
  'taken-install-name': ({ name, other = 'another extension' }) => `"${name}" is the name of ${other} already`,
  'installed-twice': ({ name, other }) => `"${name}" is ${other} already, and is installed once`,
  'same-parameter': ({ what, other }) => `is the same ${what} as that of ${other}`,
  'unknown-project': ({ project, projects }) => `"${project}" is not one of the projects ${projects.join(', ')}`,
  'component-as-extension': ({ name }) => `"${name}" is one of components already`,
  'parameter-without-gpu': () => 'is true, but gpuSupport is false',
  'credential-in-values': ({ name, place }) => `"${name}" is a credential; it belongs to ${place}`,
  'gpu-replicas-not-nvidia': ({ replicas, resource }) =>
    `${replicas} pods on one ${resource} are not possible: only the GPU operator of NVIDIA shares GPUs by a configuration`,
  'gpu-settings-unused': () => 'is set, but gpuSupport is false: nothing asks for a GPU',
  'gpu-replicas-of-server': ({ replicas }) =>
    `${replicas} is set on a second instance, but GPUs are shared by all of the server`,
  'long-namespace': ({ namespace, limit }) =>
    `gives the namespace "${namespace}" of ${namespace.length} characters, ${limit} are allowed`,
  'taken-namespace': ({ namespace, by }) => `gives the namespace "${namespace}", which ${namespaceOwner(by)}`,
  'server-of-itself': ({ environment }) => `"${environment}" is this environment itself`,
  'unreadable-server': ({ environment, reason }) => `"${environment}" cannot be read: ${reason}`,
  'server-of-instance': ({ environment, primary }) =>
    `"${environment}" does not own a server: it is a secondary instance on that of "${primary}"`,
  'component-of-server': ({ component, primary }) =>
    `has ${component}, which is a component of the server: ${primary} may have it`,
  'project-id-twice': ({ id }) => `"${id}" is the id of another project already`,
  'taken-port': ({ port, by }) =>
    'setting' in by
      ? `${port} is the port of the ${by.setting} already`
      : `${port} is the port of ${by.program} on every node, whose traffic it would take`,
  'wrong-network': ({ cidr, reason }) => `"${cidr}" ${NETWORKS[reason]}`,
  'registry-offline': ({ registry }) =>
    `needs a chartPath or a registry inside the site, and "${registry}" is not known to be one`,
  'proxy-unused': () => 'is for the squid of this server, which externalEgressProxy replaces',
  'nested-directories': ({ outer, slow, fast }) => `lies in the ${outer}: ${slow} and ${fast} overlap`,
  'storage-contradicted': ({ storageProvider }) => `is true, but storageProvider is ${storageProvider}`,
  'storage-settings-unused': ({ storageProvider }) => `has no effect: storageProvider is ${storageProvider}`,
  'memory-twice': ({ value }) => `"${value}" is set beside totalMemory, which it is derived from`,
  'little-memory': ({ value }) => `"${value}" is less than any server has; without a unit it counts Mi`,
  'request-over-limit': ({ request, limit }) => `"${request}" is more than the limit of ${limit}`,
};

/** What to do, where that is more than the remedies by themselves. */
const REMEDIES: { readonly [R in SettingsRule]?: (finding: Found<R>, howTo: HowTo) => string } = {
  'wrong-kind': ({ remedies: [remove, set] }, howTo) =>
    howTo.remedies(all(remove)) +
    (remove && set ? `; or in its place: ${howTo.command(remove)} && ${howTo.command(set)}` : ''),
  'unknown-setting': ({ facts: { nearest }, remedies }, howTo) =>
    `${nearestText(nearest)} The README lists all settings. ${howTo.remedies(remedies)}`,
  'misplaced-key': ({ facts: { nearest, isReadable }, remedies }, howTo) =>
    `${nearestText(nearest)} ${isReadable ? howTo.remedies(remedies) : 'Correct it in the file'}`,
  'settings-as-group': ({ remedies }, howTo) =>
    `Each of them is a key of its own, e.g. ${PREFIX}domain, on the level of this one. ${howTo.remedies(remedies)}`,
  'path-as-key': ({ remedies: [remove, set] }, howTo) =>
    `It was set without --path. ${howTo.remedies(all(remove))}. ${howTo.remedies(all(set))}`,
  'control-characters': ({ facts: { isSecret } }) =>
    isSecret ? 'Choose a secret without them' : 'Write it without them',
  'number-for-secret': ({ remedies: [set] }, howTo) => `${howTo.remedies(all(set))}; or put it in quotes`,
  'encrypted-group': ({ remedies: [remove, set] }, howTo) =>
    `Encrypt only the secrets in it. ${howTo.remedies(all(remove))}, then set them one by one${set ? `: ${howTo.command(set)}` : ''}`,
  'unknown-extension': ({ facts: { hint }, remedies }, howTo) => `${hintText(hint)} ${howTo.remedies(remedies)}`,
  'unknown-parameter': ({ facts: { nearest }, remedies }, howTo) =>
    `${nearestText(nearest)} ${howTo.remedies(remedies)}`,
  'same-parameter': ({ facts: { what }, remedies: [remedy] }, howTo) => {
    if (!remedy) return '';
    return remedy.kind === 'set'
      ? `Set service_type ${String(remedy.example)} for one of them, e.g.: ${howTo.command(remedy)}`
      : `Choose another ${what}, or remove one of the two, e.g.: ${howTo.command(remedy)}`;
  },
  'parameter-without-gpu': ({ remedies: [set, remove] }, howTo) =>
    `${howTo.remedies(all(set))}; or compute without one. ${howTo.remedies(all(remove))}`,
  'gpu-settings-unused': ({ remedies: [set, remove] }, howTo) =>
    `${howTo.remedies(all(set))}; or do without. ${howTo.remedies(all(remove))}`,
  'gpu-replicas-of-server': ({ facts: { primary }, remedies }, howTo) =>
    `Set it in the environment ${primary}. ${howTo.remedies(remedies)}`,
  'server-of-itself': ({ remedies }, howTo) =>
    `Name the environment of the primary instance. ${howTo.remedies(remedies)}`,
  'registry-offline': ({ remedies }, howTo) =>
    `${howTo.remedies(remedies)}; or set containerRegistryUrl to a local one, e.g. localhost:5000/kaapana`,
  'nested-directories': ({ remedies: [set] }, howTo) =>
    `Choose two directories beside each other, or the same one for both: ${set ? howTo.command(set) : ''}`,
  'storage-settings-unused': ({ remedies: [remove, set] }, howTo) =>
    `${howTo.remedies(all(remove))}; or let volumes lie there: ${set ? howTo.command(set) : ''}`,
  'setting-twice': ({ facts: { name }, remedies }, howTo) =>
    `Move what is in it to ${name}. ${howTo.remedies(remedies)}`,
  'memory-twice': ({ remedies }, howTo) =>
    `${howTo.remedies(remedies)}; or set all six memory values and no totalMemory`,
};

/**
 * What is told of settings: the whole key, what is wrong with it, and what to do. A key may be anything, and this goes
 * to a terminal.
 */
export const SETTINGS_TEXTS = Object.fromEntries(
  Object.keys(MESSAGES).map((rule): [string, Text<SettingsRule>] => [
    rule,
    (finding, howTo) =>
      printable(`${fullKey(nameOf(finding.subject))}: ${messageText(finding)}. ${remedyText(finding, howTo)}`),
  ]),
) as Texts<SettingsFacts>;

/** Whether it is about settings by themselves: nothing has been built of them. */
export function isAboutSettings(finding: Finding): finding is Finding & Found<SettingsRule> {
  return finding.rule in MESSAGES;
}

/** What is wrong with a setting, in words that follow its name. */
export function messageText<R extends SettingsRule>({ rule, facts }: Found<R>): string {
  return MESSAGES[rule](facts);
}

/** What to do about it. */
export function remedyText<R extends SettingsRule>(finding: Found<R>, howTo: HowTo): string {
  const own = REMEDIES[finding.rule] as ((finding: Found<R>, howTo: HowTo) => string) | undefined;
  return own ? own(finding, howTo) : howTo.remedies(finding.remedies);
}

/** The known name that was meant; or the nearest ones, where that is not clear. */
export function nearestText(nearest: Nearest | undefined): string {
  if (nearest === undefined) return 'It has none.';
  const { names, isClear } = nearest;
  return isClear ? `Did you mean ${names[0]}?` : `The nearest are ${names.join(', ')}.`;
}

/** The extension that somebody meant, in a sentence. */
export function hintText(hint: ExtensionHint): string {
  switch (hint.kind) {
    case 'workflow':
      return `It is ${hint.workflow === undefined ? '' : `${hint.workflow}, `}a workflow of the extension ${hint.extension}.`;
    case 'component':
      return `It is a component of earlier releases, which kaapana:components takes as ${hint.component}.`;
    case 'extension':
      return `Did you mean ${hint.name}?`;
    case 'nearest':
      return nearestText(hint.nearest);
  }
}

const NEEDS: Readonly<Record<Need, string>> = {
  'nfs-server': 'NFS needs a server',
  'nfs-path': 'NFS needs the path of an export',
  'longhorn-size': 'Longhorn needs the size of its volumes',
  'longhorn-node': 'Longhorn needs the node of its disks',
  class: 'storageProvider class needs a storage class of the cluster',
  'class-size': 'a storage class needs the size of its volumes',
  'total-memory': 'memory limits are calculated from it',
  'six-values': 'without totalMemory all six memory values are needed',
  'instance-name': 'a secondary instance needs a name of its own',
};

const KINDS = {
  list: 'must be a list',
  group: 'must be a mapping of keys to values',
  switch: 'is neither true nor false',
  number: 'must be a whole number',
} as const;

const NETWORKS = {
  form: 'is not a network in CIDR notation',
  bits: 'has bits beyond its mask',
  notation: 'is not in the form that Kubernetes accepts',
} as const;

function expectedText(expected: Expected): string {
  switch (expected.kind) {
    case 'schema':
      return expected.message;
    case 'choice':
      return `is not one of ${expected.choices.join(', ')}`;
    case 'text':
      return 'must be a string';
    case 'switch':
      return 'is neither true nor false';
    case 'mapping':
      return 'must be a mapping of names to strings';
    case 'form':
      return `is not ${expected.wanted}`;
  }
}

function namespaceOwner(by: SettingsFacts['taken-namespace']['by']): string {
  if ('setting' in by) return `${by.setting} gives already`;
  return by.reserved === 'system' ? "is Kubernetes' own" : 'is for objects without a namespace';
}

function all<Item>(item: Item | undefined): Item[] {
  return item === undefined ? [] : [item];
}
