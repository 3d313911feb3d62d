import { isObject, type JsonObject, objectAt, textAt } from '../../objects/manifest';
import { dataKey, dnsSubdomain } from '../forms';
import { all, choice, each, fields, objects, range32, required, type Rule, table, wrong } from '../rule';
import { labelSelector } from './labels';

const GROUP = 'rbac.authorization.k8s.io';

/** A name in a path of the API. */
export const pathSegment: Rule = (value, path) =>
  typeof value === 'string' && (value === '.' || value === '..' || /[/%]/.test(value))
    ? [wrong(path, 'format', 'a name without / and %', value)]
    : [];

function policyRule(isNamespaced: boolean): Rule {
  return all(
    fields({ verbs: required() }),
    objects((value, path) => {
      if (Array.isArray(value.nonResourceURLs) && value.nonResourceURLs.length > 0) {
        const others = ['apiGroups', 'resources', 'resourceNames'].filter(
          (key) => Array.isArray(value[key]) && (value[key] as readonly unknown[]).length > 0,
        );
        if (isNamespaced) return [wrong(`${path}.nonResourceURLs`, 'absent')];
        return others.length > 0 ? [wrong(path, 'at-most-one-field', ['nonResourceURLs', ...others].join(', '))] : [];
      }
      return fields({ apiGroups: required(), resources: required() })(value, path);
    }),
  );
}

/** A Role or ClusterRole as a whole. */
export const role: Rule = fields({ rules: each(policyRule(true)) });
export const clusterRole: Rule = all(
  fields({
    rules: each(policyRule(false)),
    aggregationRule: fields({ clusterRoleSelectors: required(each(labelSelector)) }),
  }),
);

function binding(kinds: readonly string[], isNamespaced: boolean): Rule {
  const subject: Rule = objects((value, path) => {
    const isAccount = value.kind === 'ServiceAccount';
    return [
      ...required(choice('ServiceAccount', 'User', 'Group'))(value.kind, `${path}.kind`),
      ...required(isAccount ? dnsSubdomain : undefined)(value.name, `${path}.name`),
      ...(isAccount
        ? [
            ...(textAt(value.apiGroup) ? [wrong(`${path}.apiGroup`, 'absent')] : []),
            ...(isNamespaced ? [] : required()(value.namespace, `${path}.namespace`)),
          ]
        : choice(GROUP)(value.apiGroup, `${path}.apiGroup`)),
    ];
  });
  return fields({
    roleRef: required(
      fields({ apiGroup: choice(GROUP), kind: required(choice(...kinds)), name: required(pathSegment) }),
    ),
    subjects: each(subject),
  });
}

/** A RoleBinding or ClusterRoleBinding as a whole. */
export const roleBinding: Rule = binding(['Role', 'ClusterRole'], true);
export const clusterRoleBinding: Rule = binding(['ClusterRole'], false);

const LARGEST = 2 ** 20;

function size(...tables: readonly JsonObject[]): number {
  return tables
    .flatMap((each) => Object.values(each))
    .reduce((sum: number, value) => sum + Buffer.byteLength(String(value)), 0);
}

/** A ConfigMap as a whole. */
export const configMap: Rule = all(
  fields({ data: table(dataKey), binaryData: table(dataKey) }),
  objects((value) => {
    const [data, binary] = [objectAt(value.data), objectAt(value.binaryData)];
    return [
      ...Object.keys(data)
        .filter((key) => key in binary)
        .map((key) => wrong(`data.${key}`, 'unique', undefined, key)),
      ...(size(data) + (size(binary) * 3) / 4 > LARGEST ? [wrong('data', 'length', `${LARGEST} bytes in all`)] : []),
    ];
  }),
);

/** Keys that Secrets of these types have. */
const SECRET_KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

/** A Secret as a whole; `stringData` has been encoded. */
export const secret: Rule = all(
  fields({ data: table(dataKey) }),
  objects(({ type, data, metadata }) => {
    const given = objectAt(data);
    const kind = textAt(type) ?? '';
    const has = (key: string): boolean => given[key] !== undefined;
    const { annotations } = objectAt(metadata);
    return [
      ...(SECRET_KEYS[kind] ?? []).filter((key) => !has(key)).map((key) => wrong(`data["${key}"]`, 'present')),
      ...(kind === 'kubernetes.io/basic-auth' && !has('username') && !has('password')
        ? [wrong('data', 'one-field', 'username, password')]
        : []),
      ...(kind === 'kubernetes.io/service-account-token' &&
      !textAt(objectAt(annotations)['kubernetes.io/service-account.name'])
        ? [wrong('metadata.annotations["kubernetes.io/service-account.name"]', 'present')]
        : []),
      ...((size(given) * 3) / 4 > LARGEST ? [wrong('data', 'length', `${LARGEST} bytes in all`)] : []),
    ];
  }),
  objects(({ type, data }) => {
    const key = String(type).startsWith('kubernetes.io/dockerc') ? (SECRET_KEYS[String(type)]?.[0] ?? '') : '';
    const text = textAt(objectAt(data)[key]);
    return text === undefined || isJsonObject(Buffer.from(text, 'base64').toString('utf8'))
      ? []
      : [wrong(`data["${key}"]`, 'json')];
  }),
);

/** What has a secret in it is not known yet. */
function isJsonObject(text: string): boolean {
  try {
    return isObject(JSON.parse(text) as JsonObject);
  } catch {
    return /[^\x20-\x7e\s]/.test(text);
  }
}

/** The largest value of a class of one's own. */
const LARGEST_PRIORITY = 1_000_000_000;

/** A PriorityClass as a whole. */
export const priorityClass: Rule = all(
  fields({ preemptionPolicy: choice('PreemptLowerPriority', 'Never') }),
  objects(({ value, metadata }) => {
    const name = textAt(objectAt(metadata).name) ?? '';
    if (name.startsWith('system-')) return [];
    return range32(-(2 ** 31), LARGEST_PRIORITY)(value, 'value');
  }),
);
