import type { Facts } from './facts';

/** Errors stop a deployment; warnings are worth a thought. */
export type Severity = 'error' | 'warning';

/** Who has to be asked before it can be known: nobody, the other environments of the directory, or the server. */
export type Source = 'environment' | 'neighbours' | 'server';

/** What is known of all findings of a rule. */
export interface RuleInfo {
  readonly severity: Severity;
  readonly source: Source;

  /** What is wrong, in one line. */
  readonly meaning: string;

  /** Whether the settings may let it through, with a reason (`acknowledged`). */
  readonly acknowledgeable: boolean;
}

/** Everything that can be found, by the names that findings have in settings, documentation and JSON. */
export const RULES: { readonly [R in keyof Facts]: RuleInfo } = {
  'missing-setting': mistake('A setting is missing'),
  'missing-companion': mistake('A setting is missing that another one needs'),
  'missing-install-name': mistake('An install of an extension that may be there several times has no name'),
  'wrong-value': mistake('A value is not what the setting takes'),
  'wrong-kind': mistake('A value is of another kind than Pulumi takes for the setting'),
  'wrong-secret': mistake('A secret is not what its program takes'),
  'wrong-key': mistake('A key of a mapping is not a name'),
  'unknown-setting': mistake('There is no such setting'),
  'misplaced-key': mistake('A key is outside of the namespace of the settings'),
  'settings-as-group': mistake('The settings stand in a group'),
  'path-as-key': mistake('A path was set as a key'),
  'control-characters': mistake('A value has control characters'),
  'number-for-secret': mistake('A secret is a number, of which YAML may drop digits'),
  'encrypted-group': mistake('A group is encrypted as a whole'),
  'encrypted-setting': mistake('A setting is encrypted that is not a secret'),
  'unknown-extension': mistake('There is no such extension'),
  'workflow-as-extension': mistake('A workflow is named in place of its extension'),
  'unused-install-name': mistake('An extension that is installed once has a name'),
  'long-install-name': mistake('The name of an install is too long'),
  'unknown-version': mistake('An extension has no such version'),
  'wrong-tag': mistake('A version is not a tag of an image'),
  'unknown-parameter': mistake('An extension has no such parameter'),
  'setting-twice': mistake('A setting is set by its former name too'),
  'parameter-twice': mistake('A parameter is set by two of its names'),
  'taken-install-name': mistake('Two extensions have the same name'),
  'installed-twice': mistake('An extension is listed twice that is installed once'),
  'same-parameter': mistake('Two installs have the same of what they cannot share'),
  'unknown-project': mistake('There is no such project'),
  'component-as-extension': mistake('An extension is one of the components, too'),
  'parameter-without-gpu': mistake('An extension computes on a GPU, and there is none'),
  'credential-in-values': mistake('A credential stands in plain text among values'),
  'gpu-settings-unused': mistake('Settings of GPUs are there without gpuSupport'),
  'gpu-replicas-of-server': mistake('A further instance sets how GPUs of its server are shared'),
  'gpu-replicas-not-nvidia': mistake('GPUs are shared that are not of NVIDIA'),
  'long-namespace': mistake('The name of a namespace is too long'),
  'taken-namespace': mistake('The name of a namespace is taken'),
  'server-of-itself': mistake('An environment names itself as its server'),
  'unreadable-server': mistake('The environment of the server cannot be read'),
  'server-of-instance': mistake('The environment of the server is a further instance itself'),
  'component-of-server': mistake('A further instance has a component of the server'),
  'project-id-twice': mistake('Two projects have the same id'),
  'taken-port': mistake('A port is taken'),
  'wrong-network': mistake('A network is not in the form that Kubernetes accepts'),
  'registry-offline': mistake('Without internet, images would come from outside of the site'),
  'proxy-unused': mistake('A proxy is set for the squid that an external one replaces'),
  'nested-directories': mistake('Fast and slow data lie in each other'),
  'storage-contradicted': mistake('The settings enableNfs and storageProvider differ'),
  'storage-settings-unused': mistake('Settings are there for another storageProvider'),
  'memory-twice': mistake('The memory is set twice'),
  'little-memory': mistake('The memory is less than any server has'),
  'request-over-limit': mistake('More memory is promised than may be used'),

  'unread-key': warning('environment', 'A key of the file is read by nobody'),
  'plain-secret': warning('environment', 'A secret stands in the file in plain text'),
  'weak-password': warning('environment', 'A password is weaker than the identity provider takes for a new user'),
  'api-server-address': warning('environment', 'Network policies may keep pods from the API server'),
  'built-in-namespaces': warning(
    'environment',
    'Images look for services in namespaces that are called otherwise here',
  ),
  'missing-directories': warning('environment', 'Directories have to be made on the NFS server'),
  'root-squash': warning('environment', 'The export of the NFS server needs no_root_squash'),
  'no-volumes-on-demand': warning('environment', 'What users install or make in the browser gets no volumes'),
  'store-of-primary': warning('environment', 'What users install in the store becomes part of the primary instance'),
  'rights-of-primary': warning('environment', 'Users have the rights that they have in the primary instance'),
  'unknown-domain': warning('environment', 'Pods may not find the domain of the platform'),
  'gpu-off': warning('environment', 'Tasks of extensions wait for a GPU, and gpuSupport is false'),
  'gpu-resource-unused': warning('environment', 'Tasks of extensions ask for another resource than gpu.resource'),
  'gpu-taint-untolerated': warning('environment', 'Tasks of extensions do not tolerate gpu.taint'),
  'gpu-runtime-class-unused': warning('environment', 'Tasks of extensions do not run by gpu.runtimeClass'),
  'gpu-node-selector-unused': warning(
    'environment',
    'Tasks of extensions go to other nodes than gpu.nodeSelector says',
  ),
  'node-ports-not-given': warning('environment', 'Node ports are outside of the range of the distribution'),
  'dns-outside': warning('environment', 'The setting internalCidrs leaves out the DNS server of the distribution'),

  'lost-with-pod': warning('environment', 'Data of a third-party chart is lost when a pod ends'),
  'lost-with-extension': warning('environment', 'Data of a third-party chart may be lost when it is removed'),

  'node-port-outside': error('environment', 'A node port is outside of the range of the server'),
  'port-of-node-program': error('environment', 'A port of the nodes is that of a program of theirs'),
  'duplicate-object': error('environment', 'Two objects have the same name'),
  'dangling-reference': error('environment', 'An object needs another one that nobody makes'),
  'exposed-secret': error('environment', 'A secret stands outside of a Secret'),
  'joined-output': error('environment', 'A text holds an Output of Pulumi'),
  'overlapping-volumes': error('environment', 'Two volumes have the same directory'),
  'shared-node-port': error('environment', 'Two services have the same node port'),
  'long-name': error('environment', 'A name is longer than Kubernetes takes'),
  'borrowed-labels': error('environment', 'Pods of a third-party chart have the labels of others'),
  'selected-pods': error('environment', 'A third-party chart selects pods of others'),
  'taken-route': error('environment', 'A third-party chart wants a path of others'),
  'taken-directory': error('environment', 'A third-party chart wants a directory of others'),

  'unknown-field': {
    ...error('environment', 'An object has a field that Kubernetes does not know'),
    acknowledgeable: true,
  },
  'invalid-field': error('environment', 'A field of an object is not what Kubernetes takes'),
  'invalid-pod': warning('environment', 'Pods of a StatefulSet are not what Kubernetes takes'),
  'unvalidated-object': warning('environment', 'No schema describes an object, so that nobody has looked at it'),

  'second-server': error('neighbours', 'Two environments own one server'),
  'shared-instance-name': error('neighbours', 'Two environments of a server have the same name of the instance'),
  'shared-namespace': error('neighbours', 'Two environments of a server want the same namespace'),
  'shared-namespace-prefix': error('neighbours', 'A namespace begins as those of projects of another environment do'),
  'shared-object': error('neighbours', 'Two environments of a server want the same object'),
  'shared-port': error('neighbours', 'Two want the same port of the nodes'),
  'shared-directory': error('neighbours', 'A directory is that of another one, or lies in it'),
  'shared-export': error('neighbours', 'A directory of an NFS server is that of another one, or lies in it'),
  'unclear-export': warning('neighbours', 'Two exports are one if their NFS servers are, which have different names'),
  'shared-address': error('neighbours', 'Two environments of a server have the same address'),
  'different-account': error(
    'neighbours',
    'A further instance has another account at the identity provider than its server',
  ),
  'different-cluster': error('neighbours', 'A further instance describes another server than its own'),
  'too-little-memory': error('neighbours', 'Environments of a server are promised more memory than it has'),
  'memory-overcommitted': warning('neighbours', 'An environment is promised more memory than totalMemory says'),
  'uncompared-environment': warning('neighbours', 'Another environment could not be compared, as it has mistakes'),
  'server-unreachable': error('server', 'The API server cannot be asked'),
  'too-little-capacity': error('server', 'The nodes have less than the pods ask for'),
  'plugin-resource-short': warning('server', 'The nodes have less of what a plugin hands out, e.g. GPUs'),
  'no-nodes': warning('server', 'The server has no nodes yet'),
  'several-storage-nodes': error('server', 'Several nodes have the label of the one with the data directories'),
  'dns-unreachable': error('server', 'Network policies keep pods from the DNS resolver of their node'),
  'no-labelled-node': warning('server', 'No node has a label that pods ask for'),

  'object-of-others': error('server', 'An object of this name exists, and is not of this environment'),
  'adopted-object': warning('server', 'An object of others is taken over, as the setting adopt says'),
  'frozen-field': error('server', 'A field would change that Kubernetes refuses to change'),
  'shrunk-claim': error('server', 'A claim would get smaller, which Kubernetes refuses'),
  'refused-object': error('server', 'The API server refuses an object, asked by a dry run'),
  'untried-objects': warning('server', 'Objects could not be tried out on the server by a dry run'),
  'set-when-created': {
    ...error('server', 'A password differs from the one that data was made with'),
    acknowledgeable: true,
  },
  'uncompared-credential': warning('server', 'Whether a password is still that of its data, Pulumi alone can tell'),
  'unused-acknowledgement': {
    ...warning('server', 'An entry of the setting acknowledged lets nothing through'),
    acknowledgeable: false,
  },
};

/** Something that is wrong with the settings by themselves. */
function mistake(meaning: string): RuleInfo {
  return error('environment', meaning);
}

function error(source: Source, meaning: string): RuleInfo {
  return { severity: 'error', source, meaning, acknowledgeable: false };
}

function warning(source: Source, meaning: string): RuleInfo {
  return { severity: 'warning', source, meaning, acknowledgeable: true };
}

/** The table of all rules, in Markdown. */
export function rulesTable(): string {
  const rows = Object.entries(RULES).map(
    ([rule, { severity, source, meaning, acknowledgeable }]) =>
      `| \`${rule}\` | ${severity} | ${SOURCES[source]} | ${acknowledgeable ? 'yes' : ''} | ${meaning} |\n`,
  );
  return `| Rule | Severity | Found by | Acknowledged | Meaning |\n| --- | --- | --- | --- | --- |\n${rows.join('')}`;
}

const SOURCES: Readonly<Record<Source, string>> = {
  environment: '`check`',
  neighbours: '`check`, with the other environments',
  server: '`check --live`, previews',
};
