import type { InvalidPlace } from '../../findings/facts/validation';
import type { Manifest } from '../../objects/manifest';
import { dnsLabel, dnsSubdomain, serviceName } from '../forms';
import { all, fields, required, type Rule, text } from '../rule';
import { admissionBinding, admissionPolicy, namespace } from './admission';
import { metadata } from './labels';
import { autoscaler, disruptionBudget, limitRange, resourceQuota } from './limits';
import { ingress, networkPolicy, service } from './network';
import {
  clusterRole,
  clusterRoleBinding,
  configMap,
  pathSegment,
  priorityClass,
  role,
  roleBinding,
  secret,
} from './others';
import { podSpec } from './pods';
import { claim, storageClass, volume } from './storage';
import { cronJob, daemonSet, deployment, ownJob, replicaSet, statefulPods, statefulSet } from './workloads';

/** The name of a kind of objects, and the rules of the rest. */
interface KindRules {
  /** @default - dnsSubdomain */
  readonly name?: Rule;
  readonly rules?: Rule;
}

const spec = (rule: Rule): Rule => fields({ spec: required(rule) });

/** The name of a CronJob goes into those of its jobs. */
const cronJobName = all(
  dnsSubdomain,
  text('length', (value) => value.length <= 52, '52 characters'),
);

const KINDS: Readonly<Record<string, KindRules>> = {
  ClusterRole: { name: pathSegment, rules: clusterRole },
  ClusterRoleBinding: { name: pathSegment, rules: clusterRoleBinding },
  ConfigMap: { rules: configMap },
  CronJob: { name: cronJobName, rules: spec(cronJob) },
  DaemonSet: { rules: spec(daemonSet) },
  Deployment: { rules: spec(deployment) },
  HorizontalPodAutoscaler: { rules: spec(autoscaler) },
  Ingress: { rules: spec(ingress) },
  Job: { rules: spec(ownJob) },
  LimitRange: { rules: fields({ spec: limitRange }) },
  Namespace: { name: dnsLabel, rules: namespace },
  NetworkPolicy: { rules: fields({ spec: networkPolicy }) },
  PersistentVolume: { rules: spec(volume) },
  PersistentVolumeClaim: { rules: spec(claim) },
  Pod: { rules: spec(podSpec) },
  PodDisruptionBudget: { rules: fields({ spec: disruptionBudget }) },
  PriorityClass: { rules: priorityClass },
  ReplicaSet: { rules: spec(replicaSet) },
  ResourceQuota: { rules: fields({ spec: resourceQuota }) },
  Role: { name: pathSegment, rules: role },
  RoleBinding: { name: pathSegment, rules: roleBinding },
  Secret: { rules: secret },
  Service: { name: serviceName, rules: spec(service) },
  StatefulSet: { name: dnsLabel, rules: spec(statefulSet) },
  StorageClass: { rules: storageClass },
  ValidatingAdmissionPolicy: { rules: spec(admissionPolicy) },
  ValidatingAdmissionPolicyBinding: { rules: spec(admissionBinding) },
};

/** What the rules of Kubernetes that no schema has find in an object. */
export function ruleProblems(manifest: Manifest): readonly InvalidPlace[] {
  const { name = dnsSubdomain, rules } = KINDS[manifest.kind] ?? {};
  return [
    ...fields({ metadata: all(metadata, fields({ name: required(name) })) })(manifest, ''),
    ...(rules?.(manifest, '') ?? []),
  ];
}

/** What the API server finds only when it makes the pods of an object. */
export function podProblems(manifest: Manifest): readonly InvalidPlace[] {
  return manifest.kind === 'StatefulSet' ? fields({ spec: statefulPods })(manifest, '') : [];
}
