import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Endpoint, holdsSecret, type Peer, Volume, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { exceptionsOf } from './squid-exceptions';

/** How requests leave the site. */
export interface Upstream {
  /** URL of the site's proxy for HTTP. @default - none */
  readonly httpProxy?: string;

  /** URL of the site's proxy for HTTPS. @default - none */
  readonly httpsProxy?: string;

  /**
   * Domains, addresses and networks that are reached without these proxies; a leading dot takes in all below.
   *
   * @default - none
   */
  readonly noProxy?: readonly string[];
}

/** Properties of `SquidProxy`. */
export interface SquidProxyProps extends ComponentProps {
  /** @default - requests go to the internet directly */
  readonly upstream?: Upstream;

  /** Pods that may use it besides those that declare it. @default - none */
  readonly clients?: readonly Peer[];
}

const PORT = 3128;
const NAME = 'squid-proxy';
const SERVICE = 'squid-proxy-service';
const CLUSTER_DOMAIN = 'cluster.local';
const LABELS = { 'app.kubernetes.io/name': NAME };
const CONFIG_FILE = '/etc/squid/squid.conf';
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** The one way out of the cluster (squid-proxy, Kaapana 0.6.0). */
export class SquidProxy extends Construct {
  /** For the `http_proxy` and `https_proxy` of pods. */
  public readonly endpoint: Endpoint;

  /**
   * Where pods reach the one in `namespace`: the whole name, as the lists of what is reached without a proxy hold it
   * too.
   */
  public static url(namespace: string): string {
    return `http://${SERVICE}.${namespace}.svc.${CLUSTER_DOMAIN}:${PORT}`;
  }

  constructor(scope: Construct, id: string, props: SquidProxyProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const configuration = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'squid-config', namespace, labels: LABELS },
      data: { 'squid.conf': squidConf(props.upstream) },
    });
    const proxy = new Workload(this, 'Proxy', {
      platform,
      namespace,
      name: NAME,
      container: {
        name: 'squid',
        image: platform.images.ref('squid'),
        env: { SQUID_CACHE_LOG: '/dev/stdout', SQUID_ACCESS_LOG: '/dev/stdout', SQUID_HTTP_PORT: String(PORT) },
        ports: { proxy: PORT },
        mounts: [Volume.configMap('squid-config', configuration).at(CONFIG_FILE, { subPath: 'squid.conf' })],
        resources: { memoryRequest: '50Mi', memoryLimit: '512Mi' },
        exceptions: { writableRoot: 'it writes to its directories below /run and /var' },
      },
    });
    new k8s.KubeNetworkPolicy(this, 'Egress', {
      metadata: { name: 'squid-proxy-allow-egress', namespace, labels: LABELS },
      spec: { podSelector: { matchLabels: LABELS }, policyTypes: ['Egress'], egress: [{}] },
    });

    this.endpoint = proxy
      .expose('Service', { name: SERVICE, ports: { 'squid-http-proxy': PORT } })
      .endpoint('squid-http-proxy', { clusterDomain: CLUSTER_DOMAIN });
    for (const client of props.clients ?? []) this.endpoint.openTo(client);
  }
}

/**
 * Squid's configuration: every request is let through, by the site's proxies where there are some. Who may
 * ask is decided by the network policy.
 *
 * @throws when a proxy is no URL, or holds a credential, which would stand in a ConfigMap
 */
export function squidConf({ httpProxy, httpsProxy, noProxy = [] }: Upstream = {}): string {
  const { domains, networks } = exceptionsOf(noProxy);
  const peers = cachePeers([httpProxy, httpsProxy].filter((url) => url !== undefined).map(siteProxy));
  return [
    `http_port ${PORT}`,
    'http_access allow all',
    'pinger_enable off',
    ...direct('no_proxy', 'dstdomain', domains),
    // -n: as everywhere in a no_proxy, a network takes in addresses that stand in a request. Behind a proxy, names may
    // not resolve.
    ...direct('no_proxy_networks', 'dst -n', networks),
    ...peers,
    ...(peers.length === 0 ? [] : ['never_direct allow all']),
    '',
  ].join('\n');
}

function direct(name: string, type: string, destinations: readonly string[]): string[] {
  return destinations.length === 0
    ? []
    : [`acl ${name} ${type} ${destinations.join(' ')}`, `always_direct allow ${name}`];
}

/** A proxy of the site. */
interface SiteProxy {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
}

/**
 * The lines that send requests on: all of them to the first proxy, and to the second one while the first one fails.
 * Where both are one port with either scheme, it speaks one of them, and TLS is tried first: squid goes on when there
 * is no handshake, but hands on whatever comes back for a plain request.
 */
function cachePeers(proxies: readonly SiteProxy[]): string[] {
  const [plain, tls] = ['http:', 'https:'].map((scheme) => proxies.find(({ protocol }) => protocol === scheme));
  if (plain && tls && address(plain) === address(tls)) {
    return [tls, plain].map((proxy) => cachePeer(proxy, `${proxy.protocol}//${address(proxy)}`));
  }
  return [...new Set(proxies.map((proxy) => cachePeer(proxy, address(proxy))))];
}

function cachePeer({ protocol, host, port }: SiteProxy, name: string): string {
  return `cache_peer ${host} parent ${port} 0 no-query default name=${name}${protocol === 'https:' ? ' tls' : ''}`;
}

function address({ host, port }: SiteProxy): string {
  return `${host}:${port}`;
}

function siteProxy(url: string): SiteProxy {
  if (holdsSecret(url)) throw new Error('an upstream proxy must not be a secret: squid.conf stands in a ConfigMap');
  if (!URL.canParse(url) || !(new URL(url).protocol in DEFAULT_PORTS)) {
    throw new Error(`the upstream proxy "${url}" is not an http or https URL`);
  }
  const { protocol, hostname, port, username, password } = new URL(url);
  if (username !== '' || password !== '') {
    throw new Error(
      `the upstream proxy ${protocol}//${hostname} has a user or password: squid.conf stands in a ConfigMap`,
    );
  }
  return { protocol, host: hostname, port: Number(port || DEFAULT_PORTS[protocol]) };
}
