import type { k8s } from 'cdk8s-plus-27';
import type { Address, FileWait, Wait } from './address';
import { type ContainerProps, renderContainer } from './container';
import type { Identity } from './identity';
import type { Platform } from './platform';
import type { Volume } from './volume';

/** Deviations from the safe defaults, each with the reason that a reviewer reads in the object. */
export interface SecurityExceptions {
  /** Run privileged. */
  readonly privileged?: string;

  /** Run without the runtime's seccomp profile. */
  readonly seccomp?: string;

  /** Mount the token of a service account that has no role. */
  readonly token?: string;

  /** Mount directories of the node; nothing but the reason follows from it. */
  readonly hostPath?: string;
}

/** A class that says which pods are scheduled first, and which are evicted for them. */
export interface PriorityClass {
  readonly name: string;
}

/** Properties of a pod. */
export interface PodProps {
  readonly platform: Platform;

  readonly container: ContainerProps;

  /** Further containers. @default - none */
  readonly sidecars?: readonly ContainerProps[];

  /** Run one after the other before the container, after `waitFor`. @default - none */
  readonly initContainers?: readonly ContainerProps[];

  /** What has to answer before the pod starts. @default - nothing */
  readonly waitFor?: readonly (Address | Wait)[];

  /** Files and directories that have to exist before the pod starts. @default - none */
  readonly waitForFiles?: readonly FileWait[];

  /** Seconds between two looks at what is waited for. @default 3 */
  readonly waitDelay?: number;

  /** Names of Secrets with accounts at further registries; those that are not there do no harm. @default - none */
  readonly pullSecrets?: readonly string[];

  /** Service account. @default - the namespace's, without a token */
  readonly identity?: Identity;

  /** @default - none */
  readonly priorityClass?: PriorityClass;

  /** Runtime of its containers, e.g. one that hands out GPUs. @default - the node's own */
  readonly runtimeClass?: string;

  /** Labels of the nodes it may run on. @default - any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;

  /** Keys of taints of nodes that it may run on all the same. @default - none */
  readonly taints?: readonly string[];

  /** Added to the pod's security context. @default - seccomp RuntimeDefault alone */
  readonly podSecurity?: k8s.PodSecurityContext;

  /** Addresses of hosts that the cluster's DNS need not know. @default - none */
  readonly hosts?: Readonly<Record<string, string>>;

  /** Deviations from the safe defaults. @default - none */
  readonly exceptions?: SecurityExceptions;
}

/** How a pod is rendered. */
export interface PodOptions {
  /** Name of its container, unless that has its own. */
  readonly name: string;

  /** Whether it serves for long, `Always`, or runs to an end. */
  readonly restartPolicy: 'Always' | 'Never' | 'OnFailure';
}

/** The Kubernetes pod of `props`. */
export function renderPod(props: PodProps, options: PodOptions): k8s.PodSpec {
  const { platform, container, sidecars = [], initContainers = [], identity, exceptions } = props;
  const rendering = {
    name: options.name,
    pullPolicy: platform.images.pullPolicy,
    probed: options.restartPolicy === 'Always',
  };
  const before = [...waiting(props), ...initContainers];
  const volumes = podVolumes(props, options.name);
  return {
    automountServiceAccountToken: (identity?.hasRole ?? false) || exceptions?.token !== undefined,
    serviceAccountName: identity?.name,
    imagePullSecrets: [platform.pullSecret, ...(props.pullSecrets ?? [])].map((name) => ({ name })),
    priorityClassName: props.priorityClass?.name,
    runtimeClassName: props.runtimeClass,
    nodeSelector: props.nodeSelector && { ...props.nodeSelector },
    tolerations: props.taints?.map((key) => ({ key, operator: 'Exists' })),
    hostAliases: props.hosts && Object.entries(props.hosts).map(([host, ip]) => ({ ip, hostnames: [host] })),
    restartPolicy: options.restartPolicy,
    securityContext: {
      seccompProfile: { type: exceptions?.seccomp === undefined ? 'RuntimeDefault' : 'Unconfined' },
      ...props.podSecurity,
    },
    initContainers:
      before.length === 0
        ? undefined
        : before.map((init) => renderContainer(init, { ...rendering, name: init.name ?? 'init', probed: false })),
    containers: [
      renderContainer(container, { ...rendering, privileged: exceptions?.privileged !== undefined }),
      ...sidecars.map((each) => renderContainer(each, rendering)),
    ],
    volumes: volumes.length === 0 ? undefined : volumes.map((volume) => volume.toKube()),
  };
}

/**
 * Why a pod deviates from the safe defaults, as annotations: `security-exception/seccomp`,
 * `security-exception/<container>.NET_RAW`.
 */
export function exceptionReasons(
  { container, sidecars = [], initContainers = [], exceptions }: PodProps,
  name: string,
): Record<string, string> | undefined {
  const kept = [container, ...sidecars, ...initContainers].flatMap((each) =>
    Object.entries(each.keeps ?? {}).map(([capability, why]) => [`${each.name ?? name}.${capability}`, why]),
  );
  const reasons = [...Object.entries(exceptions ?? {}), ...kept];
  return reasons.length === 0
    ? undefined
    : Object.fromEntries(reasons.map(([what, why]) => [`security-exception/${what}`, why]));
}

/** The container that waits, if there is something to wait for. */
function waiting(props: PodProps): ContainerProps[] {
  const { platform, waitDelay, waitForFiles: files = [] } = props;
  const waits = podWaits(props);
  if (waits.length === 0 && files.length === 0) return [];
  const waiter = platform.waiter(
    waits,
    waitDelay,
    files.map(({ mount, path }) => `${mount.spec.mountPath}/${path}`),
  );
  return [files.length === 0 ? waiter : { ...waiter, mounts: files.map(({ mount }) => mount) }];
}

/** What a pod waits for. */
export function podWaits({ waitFor = [] }: PodProps): Wait[] {
  return waitFor.map((wait) => ('address' in wait ? wait : { address: wait }));
}

/**
 * The volumes that the containers of a pod mount, each once.
 *
 * @throws when two of them have the same name
 */
export function podVolumes(props: PodProps, name: string): Volume[] {
  const { container, sidecars = [], initContainers = [], waitForFiles = [] } = props;
  const volumes = new Map<string, Volume>();
  const mounts = [container, ...sidecars, ...initContainers].flatMap((each) => each.mounts ?? []);
  for (const { volume } of [...mounts, ...waitForFiles.map(({ mount }) => mount)]) {
    const other = volumes.get(volume.name);
    if (other && other !== volume) throw new Error(`${name} mounts two volumes called "${volume.name}"`);
    volumes.set(volume.name, volume);
  }
  return [...volumes.values()];
}
