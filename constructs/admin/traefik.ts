import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type Address,
  type Endpoint,
  firstFree,
  Identity,
  Middleware,
  type NetworkPeer,
  policyRules,
  type RuntimeSecret,
  Volume,
  WebRoute,
  Workload,
} from '../kube';
import type { ComponentProps } from '../platform/component-props';
import type { KaapanaPlatform } from '../platform/kaapana-platform';
import { HIGH_PRIORITY } from '../platform/priority';
import { TRAEFIK_RESOURCES } from './traefik-crds';
import configuration from './traefik.toml';

/** Properties of `Traefik`. */
export interface TraefikProps extends ComponentProps {
  /** HTTPS port. */
  readonly httpsPort: number;

  /**
   * Port of the node whose requests are sent on to HTTPS; 0 for none.
   *
   * @default 0
   */
  readonly httpPort?: number;

  /** @default - the first instance of the server, which has none */
  readonly instanceUid?: string;

  /** Class of the routes that it serves. @default - all routes without a class */
  readonly ingressClass?: string;

  /** TLS certificate; keys `tls.crt` and `tls.key`. */
  readonly certificate: RuntimeSecret;

  /** Who decides about each request. */
  readonly authCheck: Address;

  /** Response headers of every request. */
  readonly cors: Middleware;
}

const NAME = 'traefik';
const LABELS = { 'app.kubernetes.io/name': NAME } as const;
/** Where it listens besides, unless the platform's own ports are these. */
const ADMIN_PORT = 8080;
const DICOM_PORT = 11112;
const CONFIG_FILE = '/config/conf.toml';
/** Headers that tell a service who is logged in; an empty value removes them. */
const AUTH_HEADERS = [
  'Authorization',
  'X-Auth-Email',
  'X-Auth-Subject',
  'X-Auth-Token',
  'X-Auth-Userid',
  'X-Auth-Username',
  'cookie',
  'kc-state',
] as const;

/** What its two Kubernetes providers watch, in all namespaces (Traefik 3.5). */
const RULES = policyRules(['list', 'watch'], {
  '': ['configmaps', 'nodes', 'secrets', 'services'],
  'discovery.k8s.io': ['endpointslices'],
  'networking.k8s.io': ['ingressclasses', 'ingresses'],
  'traefik.io': TRAEFIK_RESOURCES,
});

/** Reverse proxy: every route of the platform, each request checked first (traefik-chart, Kaapana 0.6.0). */
export class Traefik extends Construct {
  /** Its pods in `namespace`. */
  public static peer(namespace: string): NetworkPeer {
    return { namespace, podLabels: LABELS };
  }

  /** Where requests go in, by TLS. */
  public readonly https: Endpoint;

  /** Its API, plain; components read the routes there. */
  public readonly api: Endpoint;

  /** Takes away what tells a service who is logged in. */
  public readonly removeAuthHeaders: Middleware;

  constructor(scope: Construct, id: string, props: TraefikProps) {
    super(scope, id);
    const { platform, namespace, httpsPort, httpPort = 0 } = props;
    const adminPort = firstFree(ADMIN_PORT, [httpPort, httpsPort]);

    const forwardAuth = { address: props.authCheck.url, authResponseHeaders: ['Project'] };
    const authCheck = new Middleware(this, 'AuthCheck', { namespace, name: 'auth-check', spec: { forwardAuth } });
    this.removeAuthHeaders = new Middleware(this, 'RemoveAuthHeaders', {
      namespace,
      name: 'remove-auth-headers',
      spec: { headers: { customRequestHeaders: Object.fromEntries(AUTH_HEADERS.map((header) => [header, ''])) } },
    });

    const files = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'traefik-config', namespace },
      data: { 'conf.toml': configuration },
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: LABELS,
      priorityClass: HIGH_PRIORITY,
      nodeSelector: platform.storageNode,
      identity: new Identity(this, 'Identity', {
        name: NAME,
        namespace,
        clusterRules: RULES,
        clusterReason: 'routes, their services and certificates are in all namespaces, those of projects to come too',
      }),
      uses: [props.authCheck],
      scrape: { port: 'admin', path: '/metrics', job: 'Traefik' },
      container: {
        image: platform.images.ref('traefik'),
        args: commandLine({
          httpPort,
          httpsPort,
          adminPort,
          ingressClass: props.ingressClass,
          middlewares: [authCheck, props.cors],
        }),
        ports: { websecure: httpsPort, ...(httpPort === 0 ? {} : { web: httpPort }), admin: adminPort },
        mounts: [
          Volume.configMap('traefik-config-file', files, { 'conf.toml': 'conf.toml' }).at(CONFIG_FILE, {
            subPath: 'conf.toml',
          }),
          Volume.secret('ssl', props.certificate).at('/ssl'),
        ],
        resources: { memoryRequest: '100Mi', memoryLimit: '500Mi' },
      },
    });

    const name = `${NAME}-${props.instanceUid || 0}`;
    const service = server.expose('Service', {
      name,
      ports: { websecure: httpsPort, admin: { port: firstFree(ADMIN_PORT, [httpsPort]), target: 'admin' } },
    });
    this.https = service.endpoint('websecure', { scheme: 'https' });
    this.api = service.endpoint('admin');
    if (httpPort !== 0)
      server.expose('Http', { name: 'traefik-http', ports: { web: { port: httpPort, nodePort: httpPort } } });
    this.createRoutes(platform, this.api);
  }

  private createRoutes(platform: KaapanaPlatform, admin: Endpoint): void {
    const { namespace } = admin.service;
    const redirect = new Middleware(this, 'Redirect', {
      namespace,
      name: 'traefik-redirect',
      spec: { redirectRegex: { regex: '^.*/traefik$', replacement: '/traefik/dashboard/#/' } },
    });
    const strip = Middleware.stripPrefix(this, 'StripPrefix', {
      namespace,
      name: 'traefik-strip-prefix',
      prefix: '/traefik',
    });
    const middlewares = [redirect, strip];
    new WebRoute(this, 'Dashboard', { platform, name: 'traefik-ingress', paths: ['/traefik'], to: admin, middlewares });
    new WebRoute(this, 'Api', { platform, name: 'traefik-web-api-ip', paths: ['/api', '/health'], to: admin });
  }
}

interface CommandLineProps {
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly adminPort: number;
  readonly ingressClass?: string;
  readonly middlewares: readonly Middleware[];
}

function commandLine(props: CommandLineProps): string[] {
  return [
    '--api.insecure',
    '--accesslog',
    '--providers.kubernetesingress',
    '--providers.kubernetescrd',
    ...(props.ingressClass === undefined
      ? []
      : [
          `--providers.kubernetesingress.ingressclass=${props.ingressClass}`,
          `--providers.kubernetescrd.ingressclass=${props.ingressClass}`,
          '--providers.kubernetesingress.allowexternalnameservices=true',
        ]),
    `--providers.file.filename=${CONFIG_FILE}`,
    '--providers.file.watch=true',
    ...(props.httpPort === 0
      ? []
      : [
          `--entrypoints.web.address=:${props.httpPort}`,
          '--entrypoints.web.http.redirections.entryPoint.to=websecure',
          '--entrypoints.web.http.redirections.entryPoint.scheme=https',
        ]),
    `--entrypoints.websecure.http.middlewares=${props.middlewares.map(({ reference }) => reference).join(',')}`,
    `--entrypoints.websecure.address=:${props.httpsPort}`,
    '--entryPoints.websecure.http.tls=true',
    `--entrypoints.dicom.Address=:${firstFree(DICOM_PORT, [props.httpPort, props.httpsPort, props.adminPort])}`,
    ...(props.adminPort === ADMIN_PORT ? [] : [`--entrypoints.traefik.address=:${props.adminPort}`]),
    ...['readTimeout', 'writeTimeout', 'idleTimeout'].map(
      (timeout) => `--entryPoints.websecure.transport.respondingTimeouts.${timeout}=0`,
    ),
    '--api=true',
    '--api.dashboard=true',
    '--api.insecure=true',
    '--api.debug=false',
    '--log.level=WARN',
    '--accesslog=true',
    '--log.format=json',
    '--metrics=true',
    '--metrics.prometheus=true',
  ];
}
