import type { ThirdPartyObject } from '../../../constructs/extensions/third-party/third-party-object';
import { thirdPartySecretsIn, withinBase64 } from '../../../constructs/extensions/third-party/third-party-secret';
import { holdsSecret } from '../../../constructs/kube';
import { type Manifest, objectAt, textsIn } from '../../objects/manifest';
import { accessProblems } from './access';
import { type Bounds, type Check, type Inspection, manifestsOf } from './bounds';
import { podProblems } from './pods';

export type { Bounds } from './bounds';

/** What the bridge deploys of charts that others made; everything else is the platform's, or the cluster's. */
const KINDS: Readonly<Record<string, string>> = {
  ConfigMap: 'v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  Ingress: 'networking.k8s.io/v1',
  Job: 'batch/v1',
  Middleware: 'traefik.io/v1alpha1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PersistentVolumeClaim: 'v1',
  PodDisruptionBudget: 'policy/v1',
  Role: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  Secret: 'v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  StatefulSet: 'apps/v1',
};

const CLUSTER_WIDE: ReadonlySet<string> = new Set([
  'APIService',
  'CSIDriver',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeSnapshotClass',
]);

const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const LARGEST = 2 ** 20;
const LARGEST_CHART = 100;

/** The hooks of an install become part of the order in which objects are deployed. */
const INSTALL_HOOKS: ReadonlySet<string> = new Set(['pre-install', 'post-install']);
const UPGRADE_HOOKS: ReadonlySet<string> = new Set(['pre-upgrade', 'post-upgrade']);
const HOOK = 'helm.sh/hook';

/** Why the objects of a chart are not deployed: all reasons, each with its object. */
export function safetyProblems(objects: readonly ThirdPartyObject[], bounds: Bounds): string[] {
  const manifests = manifestsOf(objects);
  const inspection: Inspection = { objects: manifests, bounds };
  const checks: readonly Check[] = [
    placeProblems,
    metadataProblems,
    dataProblems,
    hookProblems,
    podProblems,
    accessProblems,
    credentialProblems,
    doubleProblems,
  ];
  const found = manifests.flatMap((object) => {
    const unknown = kindProblem(object);
    const reasons = unknown === undefined ? checks.flatMap((check) => check(object, inspection)) : [unknown];
    return reasons.map(
      (reason) => `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}: ${reason}`,
    );
  });
  return [
    ...(objects.length > LARGEST_CHART ? [`it has ${objects.length} objects, ${LARGEST_CHART} are allowed`] : []),
    ...new Set(found),
  ];
}

function kindProblem({ kind, apiVersion }: Manifest): string | undefined {
  const wanted = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (wanted === apiVersion) return undefined;
  if (wanted !== undefined) return `its apiVersion ${apiVersion} is not ${wanted}`;
  return CLUSTER_WIDE.has(kind) || kind.startsWith('Cluster')
    ? `it is a cluster-wide object, which extensions do not get; to do without it, add the chart with --without ${kind}`
    : `objects of this kind are not deployed; to do without it, add the chart with --without ${kind}. Allowed are ${Object.keys(KINDS).join(', ')}`;
}

const placeProblems: Check = ({ metadata }, { bounds }) =>
  bounds.namespaces.includes(metadata.namespace ?? '')
    ? []
    : [`its namespace is none of those that it may use: ${bounds.namespaces.join(', ')}`];

const metadataProblems: Check = (object) => {
  const { name, labels, annotations, ownerReferences, finalizers, generateName } = object.metadata;
  const tables = Object.entries({ ...labels, ...annotations });
  return [
    ...(NAME.test(name) ? [] : [`${JSON.stringify(name)} is not a name of an object`]),
    ...(ownerReferences === undefined && finalizers === undefined && generateName === undefined
      ? []
      : ['it has ownerReferences, finalizers or a generateName']),
    ...tables
      .filter(([, value]) => typeof value !== 'string')
      .map(([key]) => `its label or annotation ${key} must be a string; put it in quotes`),
    ...tables
      .filter(([key]) => /^(pulumi\.com|deploy\.kaapana\.ai)\//.test(key))
      .map(([key]) => `its label or annotation ${key} is for this program alone`),
    ...(JSON.stringify(object).length > LARGEST ? [`it has more than ${LARGEST} bytes`] : []),
  ];
};

const dataProblems: Check = ({ kind, data, stringData }) =>
  kind !== 'ConfigMap' && kind !== 'Secret'
    ? []
    : [data, stringData]
        .flatMap((table) => Object.entries(objectAt(table)))
        .filter(([, value]) => typeof value !== 'string')
        .map(([key]) => `its data ${key} must be a string; put it in quotes`);

const hookProblems: Check = ({ metadata }) => {
  const hooks = hooksOf(metadata.annotations?.[HOOK]);
  if (hooks.length === 0 || hooks.every((hook) => INSTALL_HOOKS.has(hook) || UPGRADE_HOOKS.has(hook))) {
    return hooks.length > 0 && !hooks.some((hook) => INSTALL_HOOKS.has(hook))
      ? [
          `it is a hook for ${hooks.join(', ')} alone: an object that is deployed is there from the start, and is made anew when it changes. To do without it, add the chart with --without`,
        ]
      : [];
  }
  return [
    `it is a hook for ${hooks.join(', ')}: nothing is run when objects are removed or rolled back. To do without such hooks, add the chart with --without-removal-hooks`,
  ];
};

function hooksOf(annotation: string | undefined): string[] {
  return (annotation ?? '')
    .split(',')
    .map((hook) => hook.trim())
    .filter((hook) => hook !== '');
}

/**
 * Credentials end in Secrets: they may stand in one, or in an environment variable, which then comes from one; nothing
 * replaces `$(OTHER)` in that.
 */
const credentialProblems: Check = (object, { bounds }) =>
  [...textsIn(object)].flatMap(({ path, text }) => {
    if (holdsSecret(text)) return [`${path} holds signs that stand for secrets of this program`];
    const decoded =
      object.kind === 'Secret' && path.startsWith('data.') ? Buffer.from(text, 'base64').toString('utf8') : text;
    const isPlace =
      (object.kind === 'Secret' && /^(data|stringData)\./.test(path)) ||
      (/[cC]ontainers\[\d+\]\.env\[\d+\]\.value$/.test(path) && !text.includes('$('));
    const isSecret = object.kind === 'Secret';
    return (isSecret ? withEncoded(decoded) : thirdPartySecretsIn(decoded)).flatMap((name) => {
      if (!bounds.credentials.has(name))
        return [
          `${path} holds the credential ${name}, which extensions do not get; for a value of the chart's own, add it with --secret ${name}`,
        ];
      return isPlace
        ? []
        : [`${path} holds the credential ${name} in plain text; put it in a Secret or an environment variable`];
    });
  });

/** The credentials in the data of a Secret, also where they are encoded once more. */
function withEncoded(text: string): string[] {
  const names = thirdPartySecretsIn(text);
  withinBase64(text, (inner) => {
    names.push(...thirdPartySecretsIn(inner));
    return '';
  });
  return [...new Set(names)];
}

const doubleProblems: Check = (object, { objects }) => {
  const twins = objects.filter(
    ({ kind, metadata }) =>
      kind === object.kind &&
      metadata.name === object.metadata.name &&
      metadata.namespace === object.metadata.namespace,
  );
  return twins.length === 1 ? [] : [`it is there ${twins.length} times`];
};
