import { k8s } from 'cdk8s-plus-27';
import { Construct, type IConstruct } from 'constructs';
import type { Address } from './address';
import { ANYWHERE, type InboundRule, type NetworkPeer, type Peer } from './network';

/** A port of a Service. */
export interface ServicePort {
  /** Port that clients use. */
  readonly port: number;

  /** Name of the container port behind it. @default - the container port with the number `port` */
  readonly target?: string;

  /** Port on every node; it opens the pods to everybody. @default - none */
  readonly nodePort?: number;
}

/** Pods that a Service can stand in front of: a `Workload`. */
export interface ServedPods extends NetworkPeer, IConstruct {
  readonly name: string;

  readonly podLabels: Readonly<Record<string, string>>;

  /** Container ports by name. */
  readonly ports: Readonly<Record<string, number>>;

  /** Number of the container port called `name`; throws when there is none. */
  port(name: string): number;

  /** Protocol of the container port called `name`. */
  protocol(name: string): InboundRule['protocol'];

  /** Lets `from` connect to a container port. */
  allow(from: Peer | typeof ANYWHERE, port: number, protocol?: InboundRule['protocol']): void;
}

/** Properties of `Service`. */
export interface ServiceProps {
  readonly workload: ServedPods;

  /** Name, and the first label of the host. */
  readonly name: string;

  /** Ports by name; a number stands for a port of that number. */
  readonly ports: Readonly<Record<string, number | ServicePort>>;

  /** Resolve to the pods themselves. @default false */
  readonly headless?: boolean;

  /** @default - the labels of the workload */
  readonly labels?: Readonly<Record<string, string>>;

  /** @default - the labels of the workload's pods */
  readonly selector?: Readonly<Record<string, string>>;

  /** A cluster address of its own choice. @default - Kubernetes assigns one */
  readonly clusterIP?: string;

  /** Whether the pods see who connects to a node port; only nodes with a pod answer then. @default false */
  readonly keepClientAddress?: boolean;
}

/** A name and stable ports in front of the pods of a workload. */
export class Service extends Construct {
  public readonly name: string;
  public readonly namespace: string;
  public readonly workload: ServedPods;

  private readonly ports: ReadonlyMap<string, ServicePort & { readonly target: string }>;

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    this.name = props.name;
    this.workload = props.workload;
    this.namespace = props.workload.namespace;
    this.ports = new Map(Object.entries(props.ports).map(([name, port]) => [name, this.withTarget(port)]));

    const ports = [...this.ports].map(([name, { port, target, nodePort }]) => ({
      name,
      port,
      nodePort,
      protocol: this.workload.protocol(target),
      targetPort: k8s.IntOrString.fromString(target),
    }));
    const onNodes = ports.some(({ nodePort }) => nodePort !== undefined);
    new k8s.KubeService(this, 'Resource', {
      metadata: {
        name: this.name,
        namespace: this.namespace,
        labels: { ...(props.labels ?? this.workload.podLabels) },
      },
      spec: {
        type: onNodes ? 'NodePort' : 'ClusterIP',
        externalTrafficPolicy: onNodes && props.keepClientAddress ? 'Local' : undefined,
        clusterIp: props.headless ? 'None' : props.clusterIP,
        ports,
        selector: { ...(props.selector ?? this.workload.podLabels) },
      },
    });
    for (const { target, nodePort } of this.ports.values()) {
      if (nodePort !== undefined)
        this.workload.allow(ANYWHERE, this.workload.port(target), this.workload.protocol(target));
    }
  }

  /**
   * One port of this service, as others refer to it.
   *
   * @throws when the service has no such port
   */
  public endpoint(name: string, options: EndpointOptions = {}): Endpoint {
    const port = this.ports.get(name);
    if (!port)
      throw new Error(`service ${this.name} has no port "${name}"; it has ${[...this.ports.keys()].join(', ')}`);
    const id = `Endpoint ${name} ${options.scheme ?? ''}${options.path ?? ''}${options.clusterDomain ?? ''}`;
    return new Endpoint(this, id, { service: this, name, ...port, ...options });
  }

  private withTarget(given: number | ServicePort): ServicePort & { target: string } {
    const port = typeof given === 'number' ? { port: given } : given;
    const target = port.target ?? Object.entries(this.workload.ports).find(([, number]) => number === port.port)?.[0];
    if (target === undefined) throw new Error(`service ${this.name}: ${this.workload.name} has no port ${port.port}`);
    this.workload.port(target);
    return { ...port, target };
  }
}

/** How the URL of an endpoint is written. */
export interface EndpointOptions {
  /** @default 'http' */
  readonly scheme?: string;

  /** Path that the URL ends with. @default '' */
  readonly path?: string;

  /**
   * Domain of the cluster that the host ends with, e.g. `cluster.local`.
   *
   * @default - none; the search list of the pods completes the name
   */
  readonly clusterDomain?: string;
}

interface EndpointProps extends EndpointOptions {
  readonly service: Service;
  readonly name: string;
  readonly port: number;
  readonly target: string;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** A port of a service of this tree: its address, and the dependency on whoever answers there. */
export class Endpoint extends Construct implements Address {
  public readonly service: Service;
  public readonly host: string;
  public readonly port: number;

  /** Name of the service's port. */
  public readonly portName: string;
  public readonly url: string;

  /** Number of the pods' port behind it, as network policies see it. */
  public readonly targetPort: number;

  private readonly target: string;

  constructor(scope: Construct, id: string, props: EndpointProps) {
    super(scope, id);
    this.service = props.service;
    this.target = props.target;
    this.targetPort = props.service.workload.port(props.target);
    const domain = props.clusterDomain === undefined ? '' : `.${props.clusterDomain}`;
    this.host = `${props.service.name}.${props.service.namespace}.svc${domain}`;
    this.port = props.port;
    this.portName = props.name;
    const scheme = props.scheme ?? 'http';
    const port = DEFAULT_PORTS[scheme] === this.port ? '' : `:${this.port}`;
    this.url = `${scheme}://${this.host}${port}${props.path ?? ''}`;
    this.node.addDependency(props.service, props.service.workload);
  }

  /** The pods behind it. */
  public get pods(): NetworkPeer {
    return this.service.workload;
  }

  /** @internal */
  public openTo(peer: Peer): void {
    const { workload } = this.service;
    workload.allow(peer, workload.port(this.target), workload.protocol(this.target));
  }
}
