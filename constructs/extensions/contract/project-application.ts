import { Construct } from 'constructs';
import {
  type ContainerProps,
  DataVolume,
  type DataVolumeProps,
  Middleware,
  type MiddlewareSpec,
  type Mount,
  type Platform,
  type Service,
  Volume,
  WebRoute,
  Workload,
  type DeploymentProps,
} from '../../kube';
import { fileOwner } from '../../platform/file-owner';
import type { ImageName } from '../../platform/images';
import type { Project } from '../../platform/project';
import type { ExtensionServices } from './extension';

/** A directory of an application that outlives its pods. */
export interface ApplicationVolume extends Pick<DataVolumeProps, 'size' | 'holds' | 'role' | 'directory'> {
  /** Name of the pod's volume; its claim is called so too, with the name of the install after it. */
  readonly name: string;

  readonly mountPath: string;
}

/** Properties of `ProjectApplication`. */
export interface ProjectApplicationProps
  extends Pick<
    DeploymentProps,
    'uses' | 'podSecurity' | 'exceptions' | 'nodeSelector' | 'runtimeClass' | 'taints' | 'recreate'
  > {
  readonly platform: Platform<ImageName>;

  readonly services: ExtensionServices;

  /** Name of the install. */
  readonly name: string;

  readonly project: Project;

  /** @default - that of the services */
  readonly namespace?: string;

  /** Whether users install it, or workflows start it. @default 'application' */
  readonly type?: 'application' | 'triggered';

  /** Further labels of its pods. @default - none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Name that users see; `-` stands for `name`. */
  readonly displayName: string;

  /** The program, which serves at its only port; the volumes are mounted for it. */
  readonly container: ContainerProps & { readonly name: string; readonly ports: Readonly<Record<string, number>> };

  /** Containers beside it; the volumes are mounted for them too. @default - none */
  readonly sidecars?: readonly ContainerProps[];

  readonly volumes: readonly ApplicationVolume[];

  /** Name of the service's port. */
  readonly portName: string;

  /** Path that leads to it. @default - `applicationPath` */
  readonly path?: string;

  /** What happens to a request on its way. @default - nothing */
  readonly middleware?: { readonly name: string; readonly spec: MiddlewareSpec };

  /** Port on every node that leads to it without a login, in place of the route. @default - it has a route */
  readonly nodePort?: number;
}

/** User and group that the files belong to, in all images. */
const USER = 1000;

/** Path that leads to an application of a project. */
export function applicationPath({ id }: Project, name: string): string {
  return `/applications/project/${id}/release/${name}`;
}

/** What happens to requests for the directory of `path` and what is beside it: they are led to `path`. */
export function redirectTo(path: string): MiddlewareSpec {
  return { redirectRegex: { regex: `^.*${path.replace(/^\/applications/, '')}([^\\/]*)$`, replacement: `${path}/` } };
}

/**
 * A program that users of a project open in the browser, with directories of its own
 * (mitk-workbench-chart, jupyterlab-chart and others, Kaapana 0.6.0).
 */
export class ProjectApplication extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ProjectApplicationProps,
  ) {
    super(scope, id);
    const { name, portName, nodePort, services, namespace = services.namespaces.services } = props;
    const [[target, port] = ['', 0]] = Object.entries(props.container.ports);
    const service = this.createServer(namespace).expose('Service', {
      name,
      labels: this.selector,
      selector: this.selector,
      ports: { [portName]: { port, target, nodePort } },
    });
    if (nodePort === undefined) this.createRoute(service);
  }

  private get selector(): Readonly<Record<string, string>> {
    return { 'app.kubernetes.io/name': this.props.name };
  }

  private createRoute(service: Service): void {
    const {
      platform,
      name,
      project,
      displayName,
      middleware,
      portName,
      type = 'application',
      path = applicationPath(project, name),
    } = this.props;
    new WebRoute(this, 'Route', {
      platform,
      name,
      paths: [path],
      to: service.endpoint(portName),
      middlewares: middleware
        ? [new Middleware(this, 'Middleware', { ...middleware, namespace: service.namespace })]
        : [],
      annotations: {
        'kaapana.ai/display-name': displayName === '-' ? name : displayName,
        'kaapana.ai/type': type,
      },
    });
  }

  private createServer(namespace: string): Workload {
    const {
      platform,
      name,
      container,
      sidecars = [],
      services: { minio },
    } = this.props;
    const mounts = this.props.volumes.map((volume) => this.createVolume(namespace, volume));
    const mounted = (each: ContainerProps): ContainerProps => ({
      ...each,
      mounts: [...mounts, ...(each.mounts ?? [])],
    });
    return new Workload(this, 'Server', {
      platform,
      namespace,
      name,
      labels: { ...this.props.labels, ...this.selector },
      selector: this.selector,
      recreate: this.props.recreate,
      nodeSelector: this.props.nodeSelector ?? (mounts.length === 0 ? undefined : platform.storageNode),
      runtimeClass: this.props.runtimeClass,
      taints: this.props.taints,
      podSecurity: this.props.podSecurity ?? { runAsUser: USER, runAsGroup: USER, fsGroup: USER },
      exceptions: this.props.exceptions,
      uses: [...(sidecars.length === 0 ? [] : [minio.api]), ...(this.props.uses ?? [])],
      initContainers:
        mounts.length === 0
          ? []
          : [
              fileOwner(
                platform,
                `${container.name}-init`,
                ['chown', '-R', `${USER}:${USER}`, ...mounts.map(({ spec }) => spec.mountPath)],
                mounts,
              ),
            ],
      container: mounted(container),
      sidecars: sidecars.map(mounted),
    });
  }

  private createVolume(namespace: string, { name, mountPath, ...volume }: ApplicationVolume): Mount {
    const { platform, name: install } = this.props;
    const claim = new DataVolume(this, `Volume ${name}`, {
      ...volume,
      platform,
      namespace,
      name: `${name}-${install}-pv-claim`,
    });
    return Volume.claim(name, claim).at(mountPath);
  }
}
