import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

const API_VERSION = 'traefik.io/v1alpha1';

/** What a middleware does; exactly one of Traefik's kinds, in Traefik's own words. */
export type MiddlewareSpec =
  | { readonly stripPrefix: { readonly prefixes: readonly string[] } }
  | { readonly redirectRegex: { readonly regex: string; readonly replacement: string } }
  | { readonly replacePath: { readonly path: string } }
  | { readonly replacePathRegex: { readonly regex: string; readonly replacement: string } }
  | { readonly forwardAuth: ForwardAuth }
  | { readonly headers: HeaderRules };

/** Asks another service about each request. */
export interface ForwardAuth {
  readonly address: string;
  readonly authResponseHeaders?: readonly string[];
}

/** Headers to set; an empty value removes the header. */
export interface HeaderRules {
  readonly customRequestHeaders?: Readonly<Record<string, string>>;
  readonly customResponseHeaders?: Readonly<Record<string, string>>;

  /** Value of the response's header of that name. */
  readonly contentSecurityPolicy?: string;
}

/** Properties of `Middleware`. */
export interface MiddlewareProps {
  readonly name: string;
  readonly namespace: string;
  readonly spec: MiddlewareSpec;
}

/** A Traefik middleware. */
export class Middleware extends Construct {
  /** Takes `prefix` off the paths of requests. */
  public static stripPrefix(
    scope: Construct,
    id: string,
    props: Omit<MiddlewareProps, 'spec'> & { readonly prefix: string },
  ): Middleware {
    const { name, namespace, prefix } = props;
    return new Middleware(scope, id, { name, namespace, spec: { stripPrefix: { prefixes: [prefix] } } });
  }

  /** How a router's annotation or an entry point names it. */
  public readonly reference: string;

  /** How an `IngressRoute` names it. */
  public readonly target: { readonly name: string; readonly namespace: string };

  constructor(scope: Construct, id: string, props: MiddlewareProps) {
    super(scope, id);
    this.target = { name: props.name, namespace: props.namespace };
    this.reference = `${props.namespace}-${props.name}@kubernetescrd`;
    new ApiObject(this, 'Resource', {
      apiVersion: API_VERSION,
      kind: 'Middleware',
      metadata: this.target,
      spec: props.spec,
    });
  }
}

/** One rule of an `IngressRoute`. */
export interface RouteRule {
  /** Traefik's matcher, e.g. `PathPrefix('/x')`. */
  readonly match: string;
  readonly service: { readonly name: string; readonly port: number | string };

  /** @default - the length of the rule decides */
  readonly priority?: number;

  /** @default - none */
  readonly middlewares?: readonly Middleware[];
}

/** Properties of `IngressRoute`. */
export interface IngressRouteProps {
  readonly name: string;
  readonly namespace: string;
  readonly entryPoints: readonly string[];
  readonly routes: readonly RouteRule[];
}

/** A Traefik route, for what an Ingress cannot say. */
export class IngressRoute extends Construct {
  constructor(scope: Construct, id: string, props: IngressRouteProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: API_VERSION,
      kind: 'IngressRoute',
      metadata: { name: props.name, namespace: props.namespace },
      spec: {
        entryPoints: props.entryPoints,
        routes: props.routes.map(({ match, service, priority, middlewares }) => ({
          kind: 'Rule',
          match,
          priority,
          services: [{ name: service.name, port: service.port }],
          middlewares: middlewares?.map(({ target }) => target),
        })),
      },
    });
  }
}
