/** Known names near one that is not known; `isClear`: whether the first of them must have been meant. */
export interface Nearest {
  readonly names: readonly string[];
  readonly isClear: boolean;
}

/** What is known of a name that is no extension. */
export type ExtensionHint =
  | { readonly kind: 'workflow'; readonly extension: string; readonly workflow?: string }
  | { readonly kind: 'component'; readonly component: string }
  | { readonly kind: 'extension'; readonly name: string }
  | { readonly kind: 'nearest'; readonly nearest: Nearest };

/** What a value should be. */
export type Expected =
  /** What the schema says of others, e.g. `is no port`. */
  | { readonly kind: 'schema'; readonly message: string }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'text' | 'switch' | 'mapping' }
  | { readonly kind: 'form'; readonly wanted: string };

/** Why a setting cannot be left out. */
export type Need =
  | 'nfs-server'
  | 'nfs-path'
  | 'longhorn-size'
  | 'longhorn-node'
  | 'class'
  | 'class-size'
  | 'total-memory'
  | 'six-values'
  | 'instance-name';

/** What is wrong with settings; the subject is the setting. `shown`: its value as JSON, where that is no secret. */
export interface SettingsFacts {
  'missing-setting': { readonly need?: Need };

  /** `given`: the setting that needs it. */
  'missing-companion': { readonly given: string };
  'missing-install-name': { readonly extension: string };

  /** `of`: the entry of a mapping, as JSON. */
  'wrong-value': { readonly shown?: string; readonly expected: Expected; readonly of?: string };
  'wrong-kind': { readonly shown?: string; readonly kind: 'list' | 'group' | 'switch' | 'number' };
  'wrong-secret': { readonly format: string };
  'wrong-key': object;
  'unknown-setting': { readonly nearest?: Nearest };

  /** `isReadable`: whether Pulumi reads such a key. */
  'misplaced-key': { readonly nearest: Nearest; readonly isReadable: boolean };
  'settings-as-group': object;
  'path-as-key': object;
  'control-characters': { readonly shown?: string; readonly isSecret: boolean };
  'number-for-secret': object;
  'encrypted-group': object;
  'encrypted-setting': object;

  'unknown-extension': { readonly shown: string; readonly hint: ExtensionHint };
  'workflow-as-extension': { readonly workflow: string; readonly extension: string };
  'unused-install-name': { readonly name: string; readonly extension: string };
  'long-install-name': { readonly name: string; readonly limit: number };
  'unknown-version': { readonly version: string; readonly extension: string; readonly versions: readonly string[] };
  'wrong-tag': { readonly shown: string };
  'unknown-parameter': { readonly extension: string; readonly nearest?: Nearest };
  /** `name`: what the setting is called today. */
  'setting-twice': { readonly name: string };
  'parameter-twice': { readonly parameter: string };

  /** `other`: key of the entry that has it already. */
  'taken-install-name': { readonly name: string; readonly other?: string };
  'installed-twice': { readonly name: string; readonly other: string };
  'same-parameter': { readonly what: string; readonly other: string };
  'unknown-project': { readonly project: string; readonly projects: readonly string[] };
  'component-as-extension': { readonly name: string };
  'parameter-without-gpu': object;
  'credential-in-values': { readonly name: string; readonly place: string };

  'gpu-settings-unused': object;
  'gpu-replicas-of-server': { readonly replicas: number; readonly primary: string };
  'gpu-replicas-not-nvidia': { readonly replicas: number; readonly resource: string };
  'long-namespace': { readonly namespace: string; readonly limit: number };

  /** `by`: whose it is already, Kubernetes', that of what belongs nowhere, or that of another setting. */
  'taken-namespace': {
    readonly namespace: string;
    readonly by: { readonly reserved: 'system' | 'default' } | { readonly setting: string };
  };
  'server-of-itself': { readonly environment: string };
  'unreadable-server': { readonly environment: string; readonly reason: string };
  'server-of-instance': { readonly environment: string; readonly primary: string };
  'component-of-server': { readonly component: string; readonly primary: string };
  'project-id-twice': { readonly id: string };

  /** `by`: a setting, or a program of the server. */
  'taken-port': { readonly port: number; readonly by: { readonly setting: string } | { readonly program: string } };
  'wrong-network': { readonly cidr: string; readonly reason: 'form' | 'bits' | 'notation' };
  'registry-offline': { readonly registry: string };
  'proxy-unused': object;
  'nested-directories': { readonly outer: string; readonly slow: string; readonly fast: string };
  'storage-contradicted': { readonly storageProvider: string };
  'storage-settings-unused': { readonly storageProvider: string };
  'memory-twice': { readonly value: string };
  'little-memory': { readonly value: string };
  'request-over-limit': { readonly request: string; readonly limit: string };
}
