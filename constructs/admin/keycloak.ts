import * as kplus from 'cdk8s-plus-27';
import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Endpoint, InitialCredential, type RuntimeSecret, Volume, WebRoute, Workload, httpProbe } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import type { Origin } from '../platform/origin';
import { Postgres } from '../platform/postgres';
import { HIGH_PRIORITY } from '../platform/priority';

/** Properties of `Keycloak`. */
export interface KeycloakProps extends ComponentProps {
  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** TLS certificate; keys `tls.crt` and `tls.key`. */
  readonly certificate: RuntimeSecret;

  /** Administrator of the identity provider. */
  readonly admin: { readonly username: string; readonly password: string };

  /** Password of its database. */
  readonly databasePassword: string;
}

const PORTS = { http: 8080, https: 8443, metrics: 9000, admin: 9990 } as const;
const TLS_DIR = '/etc/x509/https';

/** Identity provider with its database (keycloak-chart, Kaapana 0.6.0). */
export class Keycloak extends Construct {
  /** For pods, by TLS. */
  public readonly internal: Endpoint;

  /** For the reverse proxy, plain. */
  public readonly external: Endpoint;

  /** The administrator; keys `username` and `password`. */
  public readonly admin: kplus.ISecret;

  constructor(scope: Construct, id: string, props: KeycloakProps) {
    super(scope, id);
    const { platform, namespace, origin } = props;

    const database = new Postgres(this, 'Database', {
      platform,
      namespace,
      component: 'keycloak',
      database: 'keycloak',
      password: props.databasePassword,
    });
    const admin = new kplus.Secret(this, 'Admin', {
      metadata: { name: 'keycloak-admin', namespace },
      stringData: { ...props.admin },
    });
    // It makes the account with its first realm, which is in the database.
    new InitialCredential(this, 'Initial', {
      secret: admin,
      keys: ['username', 'password'],
      data: database.data,
      changedBy: 'kcadm.sh set-password in the realm master, or its pages',
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'keycloak',
      labels: { 'app.kubernetes.io/name': 'keycloak', 'app.kubernetes.io/component': 'keycloak' },
      priorityClass: HIGH_PRIORITY,
      waitFor: [database.ready],
      waitDelay: 2,
      recreate: true, // Two at once form a cluster, over ports that nobody opens.
      scrape: { port: 'metrics', path: '/metrics', scheme: 'https', insecureSkipVerify: true, job: 'keycloak' },
      container: {
        name: 'keycloak-container',
        image: platform.images.ref('keycloak'),
        command: [
          '/opt/keycloak/bin/kc.sh',
          '--verbose',
          'start',
          '--optimized',
          '--hostname',
          `https://${origin.domain}:${origin.httpsPort}/auth`,
          // Programs that ask in the cluster are told its addresses there: the public one need not resolve in pods.
          '--hostname-backchannel-dynamic',
          'true',
          '--proxy-headers',
          'xforwarded',
          '--http-enabled',
          'true',
        ],
        env: {
          KC_BOOTSTRAP_ADMIN_USERNAME: admin.envValue('username'),
          KC_BOOTSTRAP_ADMIN_PASSWORD: admin.envValue('password'),
          KC_DB: 'postgres',
          KC_DB_URL: database.jdbcUrl,
          KC_DB_USERNAME: database.account.envValue('username'),
          KC_DB_PASSWORD: database.account.envValue('password'),
          KC_HTTPS_CERTIFICATE_FILE: `${TLS_DIR}/tls.crt`,
          KC_HTTPS_CERTIFICATE_KEY_FILE: `${TLS_DIR}/tls.key`,
          KC_HTTP_MAX_QUEUED_REQUESTS: '100',
          KC_HEALTH_ENABLED: 'true',
          KC_METRICS_ENABLED: 'true',
          KC_LOG_LEVEL: 'DEBUG',
          JAVA_OPTS: '-Xmx400m',
        },
        ports: PORTS,
        mounts: [Volume.secret('ssl-config-files', props.certificate).at(TLS_DIR, { readOnly: true })],
        resources: { memoryRequest: '600Mi', memoryLimit: '700Mi' },
        exceptions: { writableRoot: 'its build of itself, at the first start, goes to /opt/keycloak' },
        livenessProbe: { ...health('/health/live'), initialDelaySeconds: 20, periodSeconds: 30 },
        readinessProbe: { ...health('/health/ready'), initialDelaySeconds: 20, periodSeconds: 10 },
      },
    });

    this.admin = admin;
    this.external = server
      .expose('External', {
        name: 'keycloak-external-service',
        ports: { 'kc-http-port': { port: 80, target: 'http' } },
      })
      .endpoint('kc-http-port');
    this.internal = server
      .expose('Internal', {
        name: 'keycloak-internal-service',
        ports: { 'kc-https-port': { port: 443, target: 'https' }, 'kc-admin-port': { port: 9090, target: 'admin' } },
      })
      .endpoint('kc-https-port', { scheme: 'https' });
    new WebRoute(this, 'Route', { platform, name: 'keycloak-ingress-ip', paths: ['/auth'], to: this.external });
  }
}

function health(path: string): k8s.Probe {
  return httpProbe(path, 'metrics', 'HTTPS');
}
