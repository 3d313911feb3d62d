import { Construct } from 'constructs';
import { AdmissionPolicy, everyContainer, type NetworkPeer, UNPRIVILEGED } from '../kube';
import { IN_PLATFORM } from '../platform/namespace-kinds';

/** Pods that may run privileged. */
export interface PrivilegedPods {
  /** The pods, by namespace and labels; a workload fits. */
  readonly pods: NetworkPeer;

  /** Why they have to; a reviewer reads it in the policy. */
  readonly reason: string;
}

/** Properties of `ForbidPrivileged`. */
export interface ForbidPrivilegedProps {
  /** @default - no pod of the platform may */
  readonly exempt?: readonly PrivilegedPods[];
}

const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;
const PODS = { apiGroups: [''], apiVersions: ['v1'] } as const;

/**
 * The API server refuses privileged pods in the platform's own namespaces, whoever asks for them (kaapana-admin-chart,
 * Kaapana 0.6.0). What a storage provider, the GPUs or anybody else runs beside the platform is not ours to judge.
 */
export class ForbidPrivileged extends Construct {
  constructor(scope: Construct, id: string, props: ForbidPrivilegedProps = {}) {
    super(scope, id);
    const exempt = (props.exempt ?? []).map(({ pods, reason }) => ({ name: exemptionName(pods), pods, reason }));

    new AdmissionPolicy(this, 'Policy', {
      name: 'forbid-privileged-pods',
      annotations: Object.fromEntries(exempt.map(({ name, reason }) => [`security-exception/${name}`, reason])),
      where: IN_PLATFORM,
      requests: [
        { ...PODS, operations: ['CREATE', 'UPDATE'], resources: ['pods'] },
        { ...PODS, operations: ['UPDATE'], resources: ['pods/ephemeralcontainers'] },
      ],
      conditions: Object.fromEntries(exempt.map(({ name, pods }) => [name, `!(${selects(pods)})`])),
      validations: CONTAINER_LISTS.map((list) => ({
        expression: everyContainer(list, UNPRIVILEGED),
        message: `${list} must not be privileged`,
      })),
    });
  }
}

/** Name of an exemption, e.g. `admin.nfs-server`. */
function exemptionName({ namespace, podLabels = {} }: NetworkPeer): string {
  return [namespace, ...Object.values(podLabels)].join('.');
}

/** CEL that holds for the pods of `peer`. */
function selects({ namespace, podLabels = {} }: NetworkPeer): string {
  const labels = Object.entries(podLabels).map(
    ([key, value]) => `object.metadata.?labels[?${literal(key)}].orValue("") == ${literal(value)}`,
  );
  return [`request.namespace == ${literal(namespace)}`, ...labels].join(' && ');
}

function literal(text: string): string {
  return JSON.stringify(text);
}
