import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from './platform';
import type { Endpoint } from './service';
import type { Middleware } from './traefik';

const ANNOTATION = 'traefik.ingress.kubernetes.io';

/** Properties of `WebRoute`. */
export interface WebRouteProps {
  readonly platform: Platform;

  /** Name of the Ingress. */
  readonly name: string;

  /** Path prefixes that lead to `to`. */
  readonly paths: readonly string[];

  readonly to: Endpoint;

  /** What happens to a request on its way, in this order. @default - nothing */
  readonly middlewares?: readonly Middleware[];

  /** Further annotations. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Web requests for some paths, from the reverse proxy's HTTPS entry point to a service. */
export class WebRoute extends Construct {
  constructor(scope: Construct, id: string, props: WebRouteProps) {
    super(scope, id);
    const { to, middlewares = [] } = props;
    const backend = { service: { name: to.service.name, port: { name: to.portName } } };
    new k8s.KubeIngress(this, 'Resource', {
      metadata: {
        name: props.name,
        namespace: to.service.namespace,
        annotations: {
          [`${ANNOTATION}/router.entrypoints`]: 'websecure',
          ...(middlewares.length === 0 ? {}
            : { [`${ANNOTATION}/router.middlewares`]: middlewares.map(({ reference }) => reference).join(',') }),
          ...props.annotations,
        },
      },
      spec: {
        rules: [{ http: { paths: props.paths.map((path) => ({ path, pathType: 'ImplementationSpecific', backend })) } }],
      },
    });
    to.openTo(props.platform.proxy);
    this.node.addDependency(...middlewares);
  }
}
