import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from './platform';
import type { Endpoint } from './service';
import { Middleware } from './traefik';

/** A Service takes longer names of ports than an Ingress does (IANA service names). */
const LONGEST_PORT_NAME = 15;

const ANNOTATION = 'traefik.ingress.kubernetes.io';

/** Traefik takes no class of `spec` for its own where it serves routes without a class. */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** Properties of `WebRoute`. */
export interface WebRouteProps {
  readonly platform: Platform;

  /** Name of the Ingress. */
  readonly name: string;

  /** Path prefixes that lead to `to`. */
  readonly paths: readonly string[];

  readonly to: Endpoint;

  /** Further path prefixes, and where they lead. @default - none */
  readonly further?: Readonly<Record<string, Endpoint>>;

  /** How Kubernetes takes the paths. @default 'ImplementationSpecific' - the reverse proxy takes them as prefixes */
  readonly pathType?: 'ImplementationSpecific' | 'Prefix';

  /** What happens to a request on its way, in this order. @default - nothing */
  readonly middlewares?: readonly Middleware[];

  /** Name of a middleware that takes the first of `paths` off, after the others. @default - requests keep their path */
  readonly strip?: string;

  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Further annotations. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Web requests for some paths, from the reverse proxy's HTTPS entry point to a service. */
export class WebRoute extends Construct {
  constructor(scope: Construct, id: string, props: WebRouteProps) {
    super(scope, id);
    const { to, further = {}, pathType = 'ImplementationSpecific', strip: name } = props;
    const [prefix = ''] = props.paths;
    const { namespace } = to.service;
    const strip =
      name === undefined ? [] : [Middleware.stripPrefix(scope, `${id}StripPrefix`, { name, namespace, prefix })];
    const middlewares = [...(props.middlewares ?? []), ...strip];
    const targets: [path: string, to: Endpoint][] = [
      ...props.paths.map((path): [string, Endpoint] => [path, to]),
      ...Object.entries(further),
    ];
    new k8s.KubeIngress(this, 'Resource', {
      metadata: {
        name: props.name,
        namespace,
        labels: props.labels && { ...props.labels },
        annotations: {
          [`${ANNOTATION}/router.entrypoints`]: 'websecure',
          ...(middlewares.length === 0
            ? {}
            : { [`${ANNOTATION}/router.middlewares`]: middlewares.map(({ reference }) => reference).join(',') }),
          ...(props.platform.ingressClass === undefined ? {} : { [CLASS_ANNOTATION]: props.platform.ingressClass }),
          ...props.annotations,
        },
      },
      spec: {
        rules: [{ http: { paths: targets.map(([path, target]) => ({ path, pathType, backend: backend(target) })) } }],
      },
    });
    for (const target of new Set(targets.map(([, endpoint]) => endpoint))) target.openTo(props.platform.proxy);
    this.node.addDependency(...middlewares);
  }
}

function backend({ service, portName, port }: Endpoint): k8s.IngressBackend {
  return {
    service: { name: service.name, port: portName.length > LONGEST_PORT_NAME ? { number: port } : { name: portName } },
  };
}
