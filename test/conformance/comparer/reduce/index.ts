import { compact, firstGiven, given, isObject, type Json, type JsonObject, object, objects, scalar } from '../json';
import { type FactObject, WORKLOADS } from '../model';
import { configMap, secret } from './data';
import { metadata } from './metadata';
import { ingress, ingressRoute, service } from './network';
import { claim, persistentVolume } from './storage';
import { Texts } from './texts';
import { workload } from './workload';

const CLUSTER_KINDS: ReadonlySet<string> = new Set([
  'Namespace',
  'PersistentVolume',
  'StorageClass',
  'PriorityClass',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'IngressClass',
  'APIService',
  'Node',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
  'RuntimeClass',
]);

const GENERAL = ['apiVersion', 'kind', 'metadata', 'status', 'spec'];

/** Facts of an object that depend on its kind. */
type Reduction = (spec: JsonObject, texts: Texts, manifest: JsonObject) => JsonObject;

const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  Service: service,
  Ingress: ingress,
  IngressRoute: ingressRoute,
  IngressRouteTCP: ingressRoute,
  PersistentVolumeClaim: claim,
  PersistentVolume: persistentVolume,
  ConfigMap: (_spec, texts, manifest) => configMap(manifest, texts),
  Secret: (_spec, texts, manifest) => secret(manifest, texts),
  CustomResourceDefinition: definition,
};

/** Facts of every Kubernetes object among parsed documents; `registry` is written as a placeholder. */
export function reduceAll(documents: readonly unknown[], registry: string, namespace: string): readonly FactObject[] {
  const texts = new Texts(registry);
  // The round trip leaves plain JSON, whatever built the objects.
  const parsed = JSON.parse(JSON.stringify(documents)) as readonly Json[];
  return parsed
    .flatMap((document) => (isObject(document) && document.kind === 'List' ? objects(document.items) : [object(document)]))
    .filter((manifest) => given(manifest.kind) && 'metadata' in manifest)
    .map((manifest) => reduce(manifest, texts, namespace));
}

function reduce(manifest: JsonObject, texts: Texts, namespace: string): FactObject {
  const kind = scalar(manifest.kind);
  const meta = object(manifest.metadata);
  return {
    kind,
    namespace: CLUSTER_KINDS.has(kind) ? '' : scalar(firstGiven(meta.namespace) ?? namespace),
    name: scalar(meta.name),
    facts: object(compact({ ...metadata(manifest, texts), ...byKind(kind, manifest, texts) })),
  };
}

function byKind(kind: string, manifest: JsonObject, texts: Texts): JsonObject {
  if (WORKLOADS.has(kind)) return workload(manifest, texts);
  return (REDUCTIONS[kind] ?? anything)(object(manifest.spec), texts, manifest);
}

function definition(spec: JsonObject, texts: Texts): JsonObject {
  return {
    group: spec.group,
    scope: spec.scope,
    names: texts.plain(spec.names),
    versions: objects(spec.versions).map((version) => version.name ?? null),
  };
}

function anything(_spec: JsonObject, texts: Texts, manifest: JsonObject): JsonObject {
  const rest = Object.entries(manifest).filter(([key]) => !GENERAL.includes(key));
  const spec = given(manifest.spec) ? texts.plain(manifest.spec) : undefined;
  return { ...object(texts.plain(Object.fromEntries(rest))), spec };
}
