import { Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Address } from './address';
import { type ANYWHERE, type InboundRule, ingressRules, type NetworkPeer } from './network';
import { type PodProps, podVolumes, podWaits, renderPod } from './pod';
import { Service, type ServiceProps } from './service';

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
}

/** Properties of `Workload`. */
export interface WorkloadProps extends PodProps {
  /** Name of the object, and of its container unless that has its own. */
  readonly name: string;

  readonly namespace: string;

  /** @default 'Deployment' */
  readonly kind?: 'Deployment' | 'DaemonSet' | 'Job';

  /** Labels of the object and its pods. @default - app.kubernetes.io/name: name */
  readonly labels?: Readonly<Record<string, string>>;

  /** Labels that select the pods. @default - `labels` */
  readonly selector?: Readonly<Record<string, string>>;

  /** What the pod talks to besides `waitFor`; network policies let it. @default - nothing */
  readonly uses?: readonly Address[];

  /** Metrics. @default - none */
  readonly scrape?: ScrapeTarget;

  /** Old replica sets to keep. @default - Kubernetes': 10 */
  readonly revisionHistoryLimit?: number;

  /** Times that a Job is tried again. @default - Kubernetes': 6 */
  readonly backoffLimit?: number;
}

/**
 * Pods that run one program: a Deployment, a DaemonSet or a Job.
 *
 * Safe by default. Pods: seccomp RuntimeDefault; no token without a role. Containers: NET_RAW, MKNOD,
 * AUDIT_WRITE and SYS_CHROOT dropped; memory, CPU and storage requested; readiness and start-up probed at
 * the first port. Deployments that mount a claim are recreated, never doubled: one writer. Only what is
 * opened by a typed reference (`waitFor`, `uses`, a route, a scrape target) may connect.
 */
export class Workload extends Construct {
  public readonly name: string;
  public readonly namespace: string;

  /** Labels of the pods. */
  public readonly podLabels: Readonly<Record<string, string>>;

  /** Container ports by name. */
  public readonly ports: Readonly<Record<string, number>>;

  private readonly inbound: InboundRule[] = [];

  constructor(scope: Construct, id: string, private readonly props: WorkloadProps) {
    super(scope, id);
    this.name = props.name;
    this.namespace = props.namespace;
    this.podLabels = props.labels ?? { 'app.kubernetes.io/name': props.name };
    this.ports = Object.assign({}, ...[props.container, ...(props.sidecars ?? [])].map(({ ports }) => ports ?? {}));

    const controller = this.createController();
    if (Object.keys(this.ports).length > 0) this.createPolicy();
    const awaited = podWaits(props).map(({ address }) => address);
    for (const address of [...awaited, ...(props.uses ?? [])]) address.openTo(this);
    // Only the pods wait; the service and the policy in front of them need not.
    const before = [...awaited, ...podVolumes(props, this.name).map(({ owner }) => owner)];
    controller.node.addDependency(...before.filter((other) => other instanceof Construct));
    if (props.scrape) this.allow(props.platform.scraper, this.port(props.scrape.port));
  }

  /** A Service in front of the pods. */
  public expose(id: string, props: Omit<ServiceProps, 'workload'>): Service {
    return new Service(this, id, { ...props, workload: this });
  }

  /** Lets `from` connect to a container port. */
  public allow(from: NetworkPeer | typeof ANYWHERE, port: number): void {
    this.inbound.push({ from, port, protocol: 'TCP' });
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

  private createController(): Construct {
    const { name, namespace, props } = this;
    const metadata: k8s.ObjectMeta = { name, namespace, labels: { ...this.podLabels }, annotations: this.reasons() };
    const template = {
      metadata: { labels: { ...this.podLabels }, annotations: this.scrapeAnnotations() },
      spec: renderPod(props, { name, job: props.kind === 'Job' }),
    };
    const selector = { matchLabels: { ...(props.selector ?? this.podLabels) } };
    switch (props.kind ?? 'Deployment') {
      case 'Job':
        return new k8s.KubeJob(this, 'Resource', { metadata, spec: { backoffLimit: props.backoffLimit, template } });
      case 'DaemonSet':
        return new k8s.KubeDaemonSet(this, 'Resource', { metadata, spec: { selector, template } });
      case 'Deployment':
        return new k8s.KubeDeployment(this, 'Resource', {
          metadata,
          spec: {
            replicas: 1,
            revisionHistoryLimit: props.revisionHistoryLimit,
            strategy: { type: this.hasClaim() ? 'Recreate' : 'RollingUpdate' },
            selector,
            template,
          },
        });
    }
  }

  private hasClaim(): boolean {
    return podVolumes(this.props, this.name).some((volume) => volume.toKube().persistentVolumeClaim !== undefined);
  }

  private createPolicy(): void {
    new k8s.KubeNetworkPolicy(this, 'Ingress', {
      metadata: { name: `${this.name}-ingress`, namespace: this.namespace },
      spec: {
        podSelector: { matchLabels: { ...(this.props.selector ?? this.podLabels) } },
        policyTypes: ['Ingress'],
        ingress: Lazy.any({ produce: () => ingressRules(this.namespace, this.inbound) }),
      },
    });
  }

  private scrapeAnnotations(): Record<string, string> | undefined {
    const { scrape } = this.props;
    return scrape && {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(this.port(scrape.port)),
      ...(scrape.path === undefined ? {} : { 'prometheus.io/path': scrape.path }),
      'prometheus.io/scheme': scrape.scheme ?? 'http',
      'prometheus.io/custom_job_name': scrape.job,
      'prometheus.io/scrape_interval': '30s',
      'prometheus.io/scrape_timeout': '10s',
      ...(scrape.insecureSkipVerify ? { 'prometheus.io/insecure_skip_verify': 'true' } : {}),
    };
  }

  private reasons(): Record<string, string> | undefined {
    const reasons = Object.entries(this.props.exceptions ?? {});
    return reasons.length === 0 ? undefined
      : Object.fromEntries(reasons.map(([what, why]) => [`security-exception/${what}`, why]));
  }
}
