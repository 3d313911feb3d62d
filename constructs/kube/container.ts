import { type EnvValue, k8s } from 'cdk8s-plus-27';
import type { PullPolicy } from './images';
import type { QuantityText } from './quantity';
import { holdsSecret } from './token';
import type { Mount } from './volume';

/** What of memory a container is promised, and what it may use at most. */
export interface MemoryShare {
  readonly request: QuantityText;
  readonly limit: QuantityText;
}

/** What a container may use; what is left out has the defaults below. */
export interface ResourceProps {
  /**
   * Memory it is promised.
   *
   * @default - `memoryLimit`
   */
  readonly memoryRequest?: QuantityText;

  /** @default '50Mi' - the limit that Kaapana's namespaces set by LimitRange */
  readonly memoryLimit?: QuantityText;

  /** @default '10m' - enough to be scheduled fairly */
  readonly cpuRequest?: QuantityText;

  /**
   * Cores it is throttled at, on an idle node too. It is there for programs that spin: far more than a service takes.
   *
   * @default '4'
   */
  readonly cpuLimit?: QuantityText;

  /** @default '50Mi' */
  readonly storageRequest?: QuantityText;

  /** Size of logs and unmounted files at which the pod is evicted. @default '10Gi' */
  readonly storageLimit?: QuantityText;

  /** Further resources, requested and limited alike, e.g. `nvidia.com/gpu`. @default - none */
  readonly devices?: Readonly<Record<string, number>>;
}

/** Safe defaults that a container is not known to bear, each with the reason. */
export interface ContainerExceptions {
  /** Gain privileges by setuid programs and file capabilities, e.g. sudo, su or ping. */
  readonly escalation?: string;

  /** Write outside of its mounts. */
  readonly writableRoot?: string;
}

/** Properties of a container. */
export interface ContainerProps {
  /** Name in the pod. @default - the name of the workload */
  readonly name?: string;

  /** Full image reference. */
  readonly image: string;

  /** @default - the image's entry point */
  readonly command?: readonly string[];

  /** @default - the image's arguments */
  readonly args?: readonly string[];

  /** Environment; a credential is an `EnvValue` from a Secret. @default - none */
  readonly env?: Readonly<Record<string, string | EnvValue>>;

  /** TCP ports by name. @default - none */
  readonly ports?: Readonly<Record<string, number>>;

  /** UDP ports by name. @default - none */
  readonly udpPorts?: Readonly<Record<string, number>>;

  /** @default - none */
  readonly mounts?: readonly Mount[];

  /** @default - see `ResourceProps` */
  readonly resources?: ResourceProps;

  /**
   * Added to the safe defaults of `securityContext`; what a container has besides them is said by `exceptions`.
   * @default - none
   */
  readonly security?: Omit<k8s.SecurityContext, 'allowPrivilegeEscalation' | 'readOnlyRootFilesystem' | 'privileged'>;

  /** Safe defaults that it goes without. @default - none */
  readonly exceptions?: ContainerExceptions;

  /**
   * Capabilities that it keeps of those that are dropped, each with what its program does by it; a reviewer reads it in
   * the object.
   * @default - none
   */
  readonly keeps?: Readonly<Partial<Record<DroppedCapability, string>>>;

  /** @default - none */
  readonly livenessProbe?: k8s.Probe;

  /** @default - a TCP connection to the first port */
  readonly readinessProbe?: k8s.Probe;

  /** @default - `readinessProbe` for up to ten minutes */
  readonly startupProbe?: k8s.Probe;

  /** @default - none */
  readonly lifecycle?: k8s.Lifecycle;
}

/** Capabilities that nothing in a web platform needs. */
const DROPPED_CAPABILITIES = ['NET_RAW', 'MKNOD', 'AUDIT_WRITE', 'SYS_CHROOT'] as const;

/** A capability that a container has only where it says why. */
export type DroppedCapability = (typeof DROPPED_CAPABILITIES)[number];

const PORT_NAME_LENGTH = 15;
const PROBE = { periodSeconds: 10 } as const;
const STARTUP = { periodSeconds: 5, failureThreshold: 120 } as const;

/** How a container is rendered. */
export interface ContainerOptions {
  readonly name: string;
  readonly pullPolicy: PullPolicy;

  /** Whether it serves for long and is probed. */
  readonly probed: boolean;

  /** Whether it may do all that the node may. @default false */
  readonly privileged?: boolean;
}

/**
 * The Kubernetes container of `props`.
 *
 * @throws when a credential stands in an environment variable or an argument, or a port's name is too long
 */
export function renderContainer(props: ContainerProps, options: ContainerOptions): k8s.Container {
  const name = props.name ?? options.name;
  refuseLiteralSecrets(name, props);
  refuseLongPortNames(name, props);
  return {
    name,
    image: props.image,
    imagePullPolicy: options.pullPolicy,
    command: props.command && [...props.command],
    args: props.args && [...props.args],
    env: props.env && Object.entries(props.env).map(([key, value]) => envVar(key, value)),
    ports: containerPorts(props),
    volumeMounts: props.mounts?.map(({ volume, spec }) => ({ name: volume.name, ...spec })),
    resources: resources(props.resources ?? {}),
    securityContext: securityContext(props, options),
    lifecycle: props.lifecycle,
    livenessProbe: props.livenessProbe,
    ...(options.probed ? probes(props) : {}),
  };
}

function securityContext(
  { security, exceptions, keeps }: ContainerProps,
  { privileged }: ContainerOptions,
): k8s.SecurityContext {
  return {
    ...security,
    privileged: privileged ? true : undefined,
    // The API server refuses a privileged container that must not gain privileges.
    allowPrivilegeEscalation: privileged || exceptions?.escalation !== undefined ? undefined : false,
    readOnlyRootFilesystem: exceptions?.writableRoot === undefined ? true : undefined,
    capabilities: {
      drop: DROPPED_CAPABILITIES.filter((each) => keeps?.[each] === undefined),
      ...security?.capabilities,
    },
  };
}

function containerPorts({ ports, udpPorts }: ContainerProps): k8s.ContainerPort[] | undefined {
  if (!ports && !udpPorts) return undefined;
  return [
    ...Object.entries(ports ?? {}).map(([name, containerPort]) => ({ name, containerPort })),
    ...Object.entries(udpPorts ?? {}).map(([name, containerPort]) => ({ name, containerPort, protocol: 'UDP' })),
  ];
}

function probes(props: ContainerProps): Pick<k8s.Container, 'readinessProbe' | 'startupProbe'> {
  const [port] = Object.keys(props.ports ?? {});
  const check = port === undefined ? undefined : { tcpSocket: { port: k8s.IntOrString.fromString(port) } };
  const readinessProbe = props.readinessProbe ?? (check && { ...check, ...PROBE });
  const startup = readinessProbe && { ...readinessProbe, initialDelaySeconds: undefined, ...STARTUP };
  return { readinessProbe, startupProbe: props.startupProbe ?? startup };
}

function envVar(name: string, value: string | EnvValue): k8s.EnvVar {
  return typeof value === 'string' ? { name, value } : { name, value: value.value, valueFrom: value.valueFrom };
}

function resources(props: ResourceProps): k8s.ResourceRequirements {
  const memoryLimit = props.memoryLimit ?? '50Mi';
  const devices = Object.fromEntries(
    Object.entries(props.devices ?? {}).map(([name, count]) => [name, k8s.Quantity.fromNumber(count)]),
  );
  return {
    requests: {
      cpu: k8s.Quantity.fromString(props.cpuRequest ?? '10m'),
      memory: k8s.Quantity.fromString(props.memoryRequest ?? memoryLimit),
      'ephemeral-storage': k8s.Quantity.fromString(props.storageRequest ?? '50Mi'),
      ...devices,
    },
    limits: {
      cpu: k8s.Quantity.fromString(props.cpuLimit ?? '4'),
      memory: k8s.Quantity.fromString(memoryLimit),
      'ephemeral-storage': k8s.Quantity.fromString(props.storageLimit ?? '10Gi'),
      ...devices,
    },
  };
}

function refuseLiteralSecrets(name: string, props: ContainerProps): void {
  for (const [key, value] of Object.entries(props.env ?? {})) {
    if (typeof value === 'string' && holdsSecret(value)) {
      throw new Error(`container ${name}: ${key} holds a credential; refer to the key of a Secret instead`);
    }
  }
  for (const text of [...(props.command ?? []), ...(props.args ?? [])]) {
    if (holdsSecret(text)) throw new Error(`container ${name}: a credential stands in its command line`);
  }
}

function refuseLongPortNames(name: string, props: ContainerProps): void {
  for (const port of Object.keys({ ...props.ports, ...props.udpPorts })) {
    if (port.length > PORT_NAME_LENGTH) {
      throw new Error(`container ${name}: the port name "${port}" is longer than ${PORT_NAME_LENGTH} characters`);
    }
  }
}
