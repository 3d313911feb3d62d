import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { NetworkPeer } from '../kube';

/** Pods that may run privileged. */
export interface PrivilegedPods {
  /** The pods, by namespace and labels; a workload fits. */
  readonly pods: NetworkPeer;

  /** Why they have to; a reviewer reads it in the policy. */
  readonly reason: string;
}

/** Properties of `ForbidPrivileged`. */
export interface ForbidPrivilegedProps {
  /** @default - no pod may, outside of kube-system */
  readonly exempt?: readonly PrivilegedPods[];
}

/** The part of a ValidatingAdmissionPolicy that is used here; cdk8s-plus-27 has no v1 of it. */
interface PolicySpec {
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly matchConstraints: { readonly resourceRules: readonly ResourceRule[] };
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly { readonly expression: string; readonly message: string }[];
}

interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly ('CREATE' | 'UPDATE')[];
  readonly resources: readonly string[];
}

/** The part of a ValidatingAdmissionPolicyBinding that is used here. */
interface BindingSpec {
  readonly policyName: string;
  readonly validationActions: readonly 'Deny'[];
  readonly matchResources: {
    readonly namespaceSelector: {
      readonly matchExpressions: readonly { readonly key: string; readonly operator: 'NotIn'; readonly values: readonly string[] }[];
    };
  };
}

const API_VERSION = 'admissionregistration.k8s.io/v1';
const NAME = 'forbid-privileged-pods';
const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;
const PODS = { apiGroups: [''], apiVersions: ['v1'] } as const;

/** The API server refuses privileged pods, whoever asks for them (kaapana-admin-chart, Kaapana 0.6.0). */
export class ForbidPrivileged extends Construct {
  constructor(scope: Construct, id: string, props: ForbidPrivilegedProps = {}) {
    super(scope, id);
    const exempt = (props.exempt ?? []).map((pods) => ({ ...pods, name: exemptionName(pods.pods) }));

    const policy: PolicySpec = {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          { ...PODS, operations: ['CREATE', 'UPDATE'], resources: ['pods'] },
          { ...PODS, operations: ['UPDATE'], resources: ['pods/ephemeralcontainers'] },
        ],
      },
      matchConditions: exempt.length === 0 ? undefined
        : exempt.map(({ name, pods }) => ({ name, expression: `!(${selects(pods)})` })),
      validations: CONTAINER_LISTS.map((list) => ({
        expression: `!has(object.spec.${list}) || object.spec.${list}.all(c, !c.?securityContext.?privileged.orValue(false))`,
        message: `${list} must not be privileged`,
      })),
    };
    const binding: BindingSpec = {
      policyName: NAME,
      validationActions: ['Deny'],
      matchResources: {
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
        },
      },
    };
    const reasons = Object.fromEntries(exempt.map(({ name, reason }) => [`security-exception/${name}`, reason]));
    new ApiObject(this, 'Policy', {
      apiVersion: API_VERSION,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: NAME, annotations: exempt.length === 0 ? undefined : reasons },
      spec: policy,
    });
    new ApiObject(this, 'Binding', {
      apiVersion: API_VERSION,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: `${NAME}-binding` },
      spec: binding,
    });
  }
}

/** Name of an exemption, e.g. `admin.nfs-server`. */
function exemptionName({ namespace, podLabels = {} }: NetworkPeer): string {
  return [namespace, ...Object.values(podLabels)].join('.');
}

/** CEL that holds for the pods of `peer`. */
function selects({ namespace, podLabels = {} }: NetworkPeer): string {
  const labels = Object.entries(podLabels).map(([key, value]) =>
    `object.metadata.?labels[?${literal(key)}].orValue("") == ${literal(value)}`);
  return [`request.namespace == ${literal(namespace)}`, ...labels].join(' && ');
}

function literal(text: string): string {
  return JSON.stringify(text);
}
