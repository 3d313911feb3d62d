import { writeFileSync } from 'node:fs';
import { devControlPlane, devEnv } from './dev';
import { Problem } from './problem';
import { run } from './run';
import { ensureToolchain } from './toolchain';
import { VERSIONS } from './versions';

/** JSON, as far as schemas have it. */
export type Schema = { readonly [key: string]: unknown };

/** What is kept of an API server's description of itself (`/openapi/v2`). */
export interface PinnedSchemas {
  /** Name of the definition of each kind, by `apiVersion/kind`. */
  readonly kinds: Readonly<Record<string, string>>;

  readonly definitions: Readonly<Record<string, Schema>>;
}

/** The file that they are pinned in. */
export const SCHEMAS = 'src/validation/schemas/kubernetes.json';

/** Kinds that this program deploys, and those that charts bring; of the stable versions of the API alone. */
const KINDS: ReadonlySet<string> = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
  'CronJob',
  'CustomResourceDefinition',
  'DaemonSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Ingress',
  'IngressClass',
  'Job',
  'LimitRange',
  'Namespace',
  'NetworkPolicy',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'PriorityClass',
  'ReplicaSet',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
]);

const INT32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
const BASE64 = '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$';
const QUANTITY = '^\\s*[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+|[KMGTPE]i|[numkMGTPE])?\\s*$';

/** What an API server decodes by code of its own, and its description leaves open. */
const OWN_FORMS: Readonly<Record<string, Schema>> = {
  'resource.Quantity': { type: ['string', 'number'], $comment: 'quantity', pattern: QUANTITY },
  'intstr.IntOrString': { type: ['string', 'integer'], ...INT32 },
  'runtime.RawExtension': {},
};

/** Fields that are required by the description, and not by the server: it fills them in, or does without. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  'core.v1.LimitRangeSpec': ['limits'],
  'networking.v1.NetworkPolicySpec': ['podSelector'],
  'rbac.v1.RoleRef': ['apiGroup'],
  'scheduling.v1.PriorityClass': ['value'],
};

/**
 * The part of an OpenAPI document that objects are validated by, as plain JSON schema: without descriptions, what only
 * the server writes, and kinds that nobody brings. Fields that no definition names are excluded, as by the server's
 * strict field validation.
 */
export function pinned(document: { readonly definitions: Readonly<Record<string, Schema>> }): PinnedSchemas {
  const all = new Map(Object.entries(document.definitions).map(([name, schema]) => [shortName(name), schema]));
  const kinds: Record<string, string> = {};
  const definitions: Record<string, Schema> = {};
  const take = (name: string): void => {
    if (Object.hasOwn(definitions, name)) return;
    definitions[name] = OWN_FORMS[name] ?? relaxed(name, compact(all.get(name) ?? {}));
    for (const { 1: next = '' } of JSON.stringify(definitions[name]).matchAll(/"#\/definitions\/([^"]+)"/g)) take(next);
  };
  for (const [name, schema] of all) {
    for (const { group, version, kind } of (schema['x-kubernetes-group-version-kind'] ?? []) as Gvk[]) {
      if (!KINDS.has(kind) || !/^v\d+$/.test(version)) continue;
      kinds[`${group === '' ? '' : `${group}/`}${version}/${kind}`] = name;
      take(name);
    }
  }
  return { kinds: sorted(kinds), definitions: sorted(definitions) };
}

interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

function shortName(name: string): string {
  return name.replace(/^io\.k8s\..*?([^.]+\.(v\w+\.)?[^.]+)$/, '$1');
}

function relaxed(name: string, schema: Schema): Schema {
  const { required, ...rest } = schema as { readonly required?: readonly string[] };
  const left = (required ?? []).filter((field) => !OPTIONAL[name]?.includes(field));
  return left.length === 0 ? rest : { ...rest, required: left };
}

function compact(schema: Schema): Schema {
  const {
    $ref,
    type,
    format,
    enum: values,
    required,
    properties,
    items,
    additionalProperties,
    'x-kubernetes-list-map-keys': keys,
    'x-kubernetes-list-type': list,
  } = schema as Record<string, Schema> & { readonly [key: string]: unknown };
  if ($ref !== undefined) return { $ref: `#/definitions/${shortName(String($ref).replace('#/definitions/', ''))}` };
  const fields = Object.entries((properties ?? {}) as Record<string, Schema>).map(([key, field]) => [
    key,
    key === 'status' && 'spec' in (properties ?? {}) ? {} : compact(field),
  ]);
  return {
    ...(type && { type }),
    // An empty text is a field that is not set.
    ...(values && { enum: [...new Set(['', ...(values as unknown as string[])])] }),
    ...(String(format) === 'byte' && { $comment: 'base64', pattern: BASE64 }),
    ...(String(format) === 'date-time' && { format }),
    ...(required && { required }),
    ...(fields.length > 0 && { properties: Object.fromEntries(fields) as Schema, additionalProperties: false }),
    ...(additionalProperties && { additionalProperties: compact(additionalProperties) }),
    ...(items && { items: orNull(compact(items)) }),
    ...(String(list) === 'set' && { uniqueItems: true }),
    ...(keys && { 'x-kubernetes-list-map-keys': keys }),
  };
}

/** In a list of texts, the server reads null as an empty one. */
function orNull(item: Schema): Schema {
  return item.type === 'string' && item.enum === undefined ? { ...item, type: ['string', 'null'] } : item;
}

function sorted<Value>(table: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(table).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The content of the file: one line for each definition, so that a change of version is seen line by line. */
export function schemasFile({ kinds, definitions }: PinnedSchemas): string {
  const lines = (table: Readonly<Record<string, unknown>>): string =>
    Object.entries(table)
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join(',\n');
  return `{"version":"${VERSIONS.kubernetes}",\n"kinds":{\n${lines(kinds)}},\n"definitions":{\n${lines(definitions)}}}\n`;
}

/** `npm run schemas`: pins what the API server of the embedded control plane says of its kinds. */
export async function main(): Promise<number> {
  if ((await devControlPlane().status()) !== 'running')
    throw new Problem('The embedded control plane does not run: start it with "npm start".');
  const toolchain = await ensureToolchain(['kubectl']);
  const { code, output } = await run(toolchain.path('kubectl'), ['get', '--raw', '/openapi/v2'], {
    env: devEnv(toolchain),
  });
  if (code !== 0) throw new Problem(`The API server does not describe itself: ${output}`);
  writeFileSync(SCHEMAS, schemasFile(pinned(JSON.parse(output) as { definitions: Record<string, Schema> })));
  return 0;
}
