import { list } from '../../integration/support/kubectl';

/** A pod of the node, as far as the gate looks into it. */
export interface LivePod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;

  /** What made it: `namespace/workload`, or `namespace/pod` where nothing did. */
  readonly workload: string;

  readonly labels: Readonly<Record<string, string>>;
  readonly phase: string;
  readonly ready: boolean;

  /** @default - it has none yet, or has ended */
  readonly address?: string;

  /** Whether it runs in the network of its node, where no policy holds. */
  readonly onNode: boolean;

  readonly fromJob: boolean;

  /** Why it is not ready, in words of the kubelet. */
  readonly reason: string;
}

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: Readonly<
    Record<string, { readonly reason?: string; readonly message?: string; readonly exitCode?: number }>
  >;
}

/** All pods of the node. */
export function livePods(...flags: readonly string[]): LivePod[] {
  return list('pods', ...flags).map(({ metadata, spec, status }) => {
    const namespace = metadata.namespace ?? '';
    const statuses = [
      ...(status.initContainerStatuses ?? []),
      ...(status.containerStatuses ?? []),
    ] as ContainerStatus[];
    const conditions = (status.conditions ?? []) as { type: string; status: string; message?: string }[];
    return {
      namespace,
      name: metadata.name,
      uid: metadata.uid,
      workload: `${namespace}/${workloadOf(metadata as unknown as PodMetadata)}`,
      labels: metadata.labels ?? {},
      phase: status.phase,
      ready: conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
      address: status.phase === 'Running' ? status.podIP : undefined,
      onNode: spec.hostNetwork === true,
      fromJob: (metadata as unknown as PodMetadata).ownerReferences?.[0]?.kind === 'Job',
      reason: [
        ...statuses.flatMap(({ name, state }) =>
          Object.entries(state).flatMap(([kind, { reason, message, exitCode }]) =>
            kind === 'running' || exitCode === 0
              ? []
              : `${name} ${kind}: ${[reason, exitCode !== undefined && `exit code ${exitCode}`, message].filter(Boolean).join(', ')}`,
          ),
        ),
        ...conditions
          .filter(({ type, status: is }) => type === 'PodScheduled' && is === 'False')
          .map(({ message }) => message),
      ].join('; '),
    };
  });
}

interface PodMetadata {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
}

/** The name of the Deployment, DaemonSet or Job that made a pod; without the hash that changed Jobs differ by. */
function workloadOf({ name, labels = {}, ownerReferences: [owner] = [] }: PodMetadata): string {
  if (owner === undefined) return name;
  if (owner.kind === 'Job') return owner.name.replace(/-[0-9a-f]{8}$/, '');
  const hash = labels['pod-template-hash'];
  return owner.kind === 'ReplicaSet' && hash !== undefined ? owner.name.slice(0, -hash.length - 1) : owner.name;
}
