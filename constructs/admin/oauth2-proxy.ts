import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type RuntimeSecret, Volume, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { type Origin, originUrl } from '../platform/origin';
import { HIGH_PRIORITY } from '../platform/priority';
import { CLIENT_ID, clientOf } from '../platform/realm';
import { PATHS_WITHOUT_SESSION } from './access-rights';

/** Properties of `OAuth2Proxy`. */
export interface OAuth2ProxyProps extends ComponentProps {
  /** Host and port that users reach the platform at; the port is one of the node's. */
  readonly origin: Origin;

  /** TLS certificate; keys `tls.crt` and `tls.key`. */
  readonly certificate: RuntimeSecret;

  /** Identity provider, inside the cluster. */
  readonly keycloak: Address;

  /** Host and port that browsers reach the identity provider at. @default - `origin` */
  readonly loginOrigin?: Origin;

  /**
   * Name of the platform's instance. Its users log in by a client of its own, and have a session of its own: browsers
   * keep cookies by host, whatever the port.
   *
   * @default - the first instance of the server, which has none
   */
  readonly instanceUid?: string;

  /** Who gets the requests of users that are logged in. */
  readonly upstream: Address;

  /** Secret of the client at the identity provider. */
  readonly clientSecret: string;

  /** Encrypts the session cookies: 16, 24 or 32 bytes, plain or in base64. A new one logs everybody out. */
  readonly cookieSecret: string;
}

const PORTS = { https: 8443, metrics: 8081 } as const;
const CONFIG_DIR = '/etc/oauth2-proxy';
const CONFIG_FILE = 'oauth2-proxy.cfg';
const TLS_DIR = '/ssl';
const REALM = '/auth/realms/kaapana';

/**
 * How long a service may take for its answer, once it has the whole request: the archive stores what was sent to it
 * (STOW-RS), and others put archives together, before they answer. oauth2-proxy's own 30 s would end these.
 */
const UPSTREAM_TIMEOUT = '1h';

/**
 * Segments of a path that every program reads alike, to its end. Others (`..`, `//`, `;`, `\\`, `#`, `%`) may lead
 * elsewhere behind the login, so that these need a session.
 */
const PLAIN_PATH = String.raw`(\.?[^./;\\#?%][^/;\\#?%]*(/|$))*$`;

const CIPHERS = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
] as const;

/** Front door: nobody passes without a session (oAuth2-proxy-chart, Kaapana 0.6.0). */
export class OAuth2Proxy extends Construct {
  constructor(scope: Construct, id: string, props: OAuth2ProxyProps) {
    super(scope, id);
    const { platform, namespace, origin, keycloak, upstream } = props;

    const secrets = new kplus.Secret(this, 'Secrets', {
      metadata: { name: 'oauth2-proxy-secrets', namespace },
      stringData: { 'client-secret': props.clientSecret, 'cookie-secret': props.cookieSecret },
    });
    const files = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'oauth2-proxy-cfg', namespace },
      data: { [CONFIG_FILE]: toml(configuration(props)) },
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'oauth2-proxy',
      priorityClass: HIGH_PRIORITY,
      waitFor: [{ address: keycloak, label: 'keycloak' }],
      uses: [upstream],
      scrape: { port: 'metrics', path: '/oauth2/metrics', job: 'oauth2-proxy', insecureSkipVerify: true },
      container: {
        name: 'oauth2-proxy-container',
        image: platform.images.ref('oauth2-proxy'),
        args: [`--config=${CONFIG_DIR}/${CONFIG_FILE}`],
        env: {
          OAUTH2_PROXY_CLIENT_SECRET: secrets.envValue('client-secret'),
          OAUTH2_PROXY_COOKIE_SECRET: secrets.envValue('cookie-secret'),
        },
        ports: PORTS,
        mounts: [
          Volume.secret('ssl-config', props.certificate).at(TLS_DIR),
          Volume.configMap('config-volume', files).at(CONFIG_DIR, { readOnly: true }),
        ],
        resources: { memoryRequest: '50Mi', memoryLimit: '150Mi' },
      },
    });

    const { httpsPort } = origin;
    server.expose('Service', {
      name: 'oauth2-proxy-service',
      ports: { 'https-port': { port: httpsPort, target: 'https', nodePort: httpsPort } },
    });
  }
}

/**
 * The name of the session's cookie. oauth2-proxy makes others of it: `_0`, `_1`, ... for parts, `_csrf` for
 * logins (7.15): the names of instances have no `_`, so that none of these is another's, also in one browser that
 * knows several instances by one host.
 */
export function sessionCookie(instanceUid: string): string {
  return `_oauth2_proxy-${instanceUid}`;
}

/** Settings of oauth2-proxy by their names in its configuration file; its two secrets are not among them. */
type Configuration = Readonly<Record<string, string | boolean | readonly string[]>>;

function configuration({
  origin,
  loginOrigin = origin,
  instanceUid,
  keycloak,
  upstream,
}: OAuth2ProxyProps): Configuration {
  const outside = `${originUrl(loginOrigin)}${REALM}`;
  const inside = `${keycloak.url}${REALM}/protocol/openid-connect`;
  return {
    provider: 'keycloak-oidc',
    client_id: instanceUid ? clientOf(instanceUid) : CLIENT_ID,
    oidc_issuer_url: outside,
    login_url: `${outside}/protocol/openid-connect/auth`,
    redeem_url: `${inside}/token`,
    oidc_jwks_url: `${inside}/certs`,
    profile_url: `${inside}/userinfo`,
    skip_oidc_discovery: true,
    insecure_oidc_allow_unverified_email: true,
    email_domains: ['*'],

    https_address: `0.0.0.0:${PORTS.https}`,
    metrics_address: `:${PORTS.metrics}`,
    tls_cert_file: `${TLS_DIR}/tls.crt`,
    tls_key_file: `${TLS_DIR}/tls.key`,
    tls_cipher_suites: CIPHERS,
    ssl_insecure_skip_verify: true,

    upstreams: [`https://${upstream.host}:${upstream.port}`],
    ssl_upstream_insecure_skip_verify: true,
    upstream_timeout: UPSTREAM_TIMEOUT,
    // It is the first that browsers reach, so that no header says rightly who asked before, or for what: whoever could
    // send X-Forwarded-Uri would choose which path needs no session. docs/oauth2-proxy.md has the advisories.
    reverse_proxy: false,
    pass_access_token: true,
    skip_jwt_bearer_tokens: true,
    // Kaapana's client puts the first instance's name into the audience of every token (kaapana-client.json, 0.6.0), so
    // that the tokens of one instance would open another. Who asked for a token says which it is for.
    oidc_audience_claims: ['azp'],
    skip_auth_routes: PATHS_WITHOUT_SESSION.map((path) => path.replace(/\.\*$/, PLAIN_PATH)),

    ...(instanceUid ? { cookie_name: sessionCookie(instanceUid) } : {}),
    cookie_expire: '6h',
    cookie_refresh: '5m',
    skip_provider_button: true,
    custom_templates_dir: '/usr/share/oauth2-proxy',
    show_debug_on_error: false,
  };
}

/** TOML: its strings, booleans and lists of strings are written as in JSON. */
function toml(settings: Configuration): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
    .join('');
}
