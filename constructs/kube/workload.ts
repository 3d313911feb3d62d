import { Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Address } from './address';
import { type ANYWHERE, type InboundRule, ingressRules, type Peer } from './network';
import { exceptionReasons, type PodProps, podVolumes, podWaits, renderPod } from './pod';
import { type ServedPods, Service, type ServiceProps } from './service';

/** Label that tells this program's pods from those that charts and workflows start at run time. */
export const OWN_POD = { key: 'app.kubernetes.io/managed-by', value: 'pulumi' } as const;

/** What a scraper reads at a pod. */
export interface ScrapeTarget {
  /** Name of the container port. */
  readonly port: string;

  /** Name of the job in the metrics store. */
  readonly job: string;

  /** @default - the scraper's own, `/metrics` */
  readonly path?: string;

  /** @default 'http' */
  readonly scheme?: 'http' | 'https';

  /** Accept a self-signed certificate. @default false */
  readonly insecureSkipVerify?: boolean;

  /** Time between two looks. @default '30s' */
  readonly interval?: string;
}

/** What workloads of all kinds are given. */
interface AnyWorkloadProps extends PodProps {
  /** Name of the object, and of its container unless that has its own. */
  readonly name: string;

  readonly namespace: string;

  /** Labels of the object and its pods. @default - app.kubernetes.io/name: name */
  readonly labels?: Readonly<Record<string, string>>;

  /** What the pod talks to besides `waitFor`; network policies let it. @default - nothing */
  readonly uses?: readonly Address[];
}

/** What those are given that serve for long. */
interface ServingProps extends AnyWorkloadProps {
  /** Labels that select the pods. @default - `labels` */
  readonly selector?: Readonly<Record<string, string>>;

  /** Metrics; the annotations of a second target end with `_2`. @default - none */
  readonly scrape?: ScrapeTarget | readonly ScrapeTarget[];
}

/** Properties of a `Workload` with one pod, on any node. */
export interface DeploymentProps extends ServingProps {
  /** @default 'Deployment' */
  readonly kind?: 'Deployment';

  /**
   * Stop the old pod before a new one starts, e.g. because a program changes its database when it starts.
   *
   * @default - only with a claim
   */
  readonly recreate?: boolean;

  /** Old replica sets to keep. @default - Kubernetes': 10 */
  readonly revisionHistoryLimit?: number;

  /** Of a Job alone; said here too, as a Deployment need not say what it is. */
  readonly backoffLimit?: undefined;

  /** Of a Job alone. */
  readonly restartPolicy?: undefined;
}

/** Properties of a `Workload` with a pod on each node. */
export interface DaemonSetProps extends ServingProps {
  readonly kind: 'DaemonSet';
}

/** Properties of a `Workload` that runs to an end, once. */
export interface JobProps extends AnyWorkloadProps {
  readonly kind: 'Job';

  /** Times that it is tried again. @default - Kubernetes': 6 */
  readonly backoffLimit?: number;

  /** Whether the pod starts its container again, or the job another pod. @default 'Never' */
  readonly restartPolicy?: 'Never' | 'OnFailure';
}

/** Properties of `Workload`, by its kind. */
export type WorkloadProps = DeploymentProps | DaemonSetProps | JobProps;

/**
 * Pods that run one program: a Deployment, a DaemonSet or a Job.
 *
 * Safe by default. Pods: seccomp RuntimeDefault; no token without a role. Containers: no gain of privileges, a
 * read-only root, NET_RAW, MKNOD, AUDIT_WRITE and SYS_CHROOT dropped; memory, CPU and storage requested and limited;
 * readiness and start-up probed at the first port. Deployments that mount a claim are recreated, never doubled: one
 * writer. Only what is opened by a typed reference (`waitFor`, `uses`, a route, a scrape target) may connect.
 */
export class Workload extends Construct implements ServedPods {
  public readonly name: string;
  public readonly namespace: string;

  /** Labels of the pods. */
  public readonly podLabels: Readonly<Record<string, string>>;

  /** Container ports by name. */
  public readonly ports: Readonly<Record<string, number>>;

  /** Names of those that are UDP. */
  private readonly udpPorts: ReadonlySet<string>;

  private readonly inbound: InboundRule[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadProps,
  ) {
    super(scope, id);
    this.name = props.name;
    this.namespace = props.namespace;
    this.podLabels = props.labels ?? { 'app.kubernetes.io/name': props.name };
    const containers = [props.container, ...(props.sidecars ?? [])];
    this.ports = Object.assign({}, ...containers.map(({ ports, udpPorts }) => ({ ...ports, ...udpPorts })));
    this.udpPorts = new Set(containers.flatMap(({ udpPorts }) => Object.keys(udpPorts ?? {})));

    const controller = this.createController();
    if (Object.keys(this.ports).length > 0) this.createPolicy();
    const waits = podWaits(props);
    const awaited = waits.map(({ address }) => address);
    for (const address of [...awaited, ...(props.uses ?? [])]) address.openTo(this);
    // Only the pods wait; the service and the policy in front of them need not.
    const makers = [...waits, ...(props.waitForFiles ?? [])].map(({ madeBy }) => madeBy);
    const before = [...awaited, ...makers, ...podVolumes(props, this.name).map(({ owner }) => owner)];
    controller.node.addDependency(...before.filter((other) => other instanceof Construct));
    for (const { port } of this.scrapeTargets()) this.allow(props.platform.scraper, this.port(port));
  }

  /** A Service in front of the pods. */
  public expose(id: string, props: Omit<ServiceProps, 'workload'>): Service {
    return new Service(this, id, { ...props, workload: this });
  }

  /** Lets `from` connect to a container port. */
  public allow(from: Peer | typeof ANYWHERE, port: number, protocol: InboundRule['protocol'] = 'TCP'): void {
    this.inbound.push({ from, port, protocol });
  }

  /**
   * Number of the container port called `name`.
   *
   * @throws when no container has such a port
   */
  public port(name: string): number {
    const port = this.ports[name];
    if (port === undefined) {
      throw new Error(`${this.name} has no port "${name}"; it has ${Object.keys(this.ports).join(', ') || 'none'}`);
    }
    return port;
  }

  /** Protocol of the container port called `name`. */
  public protocol(name: string): InboundRule['protocol'] {
    return this.udpPorts.has(name) ? 'UDP' : 'TCP';
  }

  private createController(): Construct {
    const { name, namespace, props } = this;
    const metadata: k8s.ObjectMeta = {
      name,
      namespace,
      labels: { ...this.podLabels },
      annotations: exceptionReasons(props, name),
    };
    const template = {
      metadata: { labels: { ...this.podLabels, [OWN_POD.key]: OWN_POD.value }, annotations: this.scrapeAnnotations() },
      spec: renderPod(props, {
        name,
        restartPolicy: props.kind === 'Job' ? (props.restartPolicy ?? 'Never') : 'Always',
      }),
    };
    const selector = { matchLabels: this.selector() };
    switch (props.kind) {
      case 'Job':
        return new k8s.KubeJob(this, 'Resource', { metadata, spec: { backoffLimit: props.backoffLimit, template } });
      case 'DaemonSet':
        return new k8s.KubeDaemonSet(this, 'Resource', { metadata, spec: { selector, template } });
      default:
        return new k8s.KubeDeployment(this, 'Resource', {
          metadata,
          spec: {
            replicas: 1,
            revisionHistoryLimit: props.revisionHistoryLimit,
            strategy: { type: (props.recreate ?? this.hasClaim()) ? 'Recreate' : 'RollingUpdate' },
            selector,
            template,
          },
        });
    }
  }

  private selector(): Record<string, string> {
    const { props } = this;
    return { ...((props.kind === 'Job' ? undefined : props.selector) ?? this.podLabels) };
  }

  private hasClaim(): boolean {
    return podVolumes(this.props, this.name).some((volume) => volume.toKube().persistentVolumeClaim !== undefined);
  }

  private createPolicy(): void {
    new k8s.KubeNetworkPolicy(this, 'Ingress', {
      metadata: { name: `${this.name}-ingress`, namespace: this.namespace },
      spec: {
        podSelector: { matchLabels: this.selector() },
        policyTypes: ['Ingress'],
        ingress: Lazy.any({ produce: () => ingressRules(this.namespace, this.inbound) }),
      },
    });
  }

  private scrapeTargets(): readonly ScrapeTarget[] {
    const { props } = this;
    return props.kind === 'Job' ? [] : [props.scrape ?? []].flat();
  }

  private scrapeAnnotations(): Record<string, string> | undefined {
    const targets = this.scrapeTargets().map((target, index) => {
      const suffix = index === 0 ? '' : `_${index + 1}`;
      return Object.entries(this.scrapeSettings(target)).map(([key, value]) => [
        `prometheus.io/${key}${suffix}`,
        value,
      ]);
    });
    return targets.length === 0 ? undefined : Object.fromEntries(targets.flat());
  }

  private scrapeSettings(target: ScrapeTarget): Record<string, string> {
    return {
      scrape: 'true',
      port: String(this.port(target.port)),
      ...(target.path === undefined ? {} : { path: target.path }),
      scheme: target.scheme ?? 'http',
      custom_job_name: target.job,
      scrape_interval: target.interval ?? '30s',
      scrape_timeout: '10s',
      ...(target.insecureSkipVerify ? { insecure_skip_verify: 'true' } : {}),
    };
  }
}
