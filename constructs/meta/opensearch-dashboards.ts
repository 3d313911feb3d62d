import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type Address,
  type ContainerProps,
  type Endpoint,
  origin,
  type RuntimeSecret,
  Volume,
  WebRoute,
  Workload,
} from '../kube';
import { yaml } from '../kube/yaml';
import type { ComponentProps } from '../platform/component-props';
import { type Egress, egressAddresses, egressEnv } from '../platform/egress';
import type { Origin } from '../platform/origin';
import { CLIENT_ID, realmDescription, realmWait } from '../platform/realm';

/** Properties of `OpenSearchDashboards`. */
export interface OpenSearchDashboardsProps extends ComponentProps {
  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** The index, by TLS. */
  readonly opensearch: Address;

  /** The user of the index that the dashboards act as; key `opensearch-dashboard-user-password`. */
  readonly dashboardsUser: kplus.ISecret;

  /** Identity provider, plain. */
  readonly keycloak: Address;

  /** The job that makes the platform's realm. @default - another environment has made it */
  readonly realm?: Construct;

  /** Client `kaapana` at the identity provider; key `oidc-client-secret`. */
  readonly oidcClient: kplus.ISecret;

  /** Client of the identity provider that users log in by. @default 'kaapana' */
  readonly clientId?: string;

  /** The user `system`; key `system-user-password`. */
  readonly systemUser: kplus.ISecret;

  /** TLS certificate that the index and the identity provider are known by; key `tls.crt`. */
  readonly certificate: RuntimeSecret;

  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;
}

const NAME = 'os-dashboards';
const PORT = 5601;
const PATH = '/meta';
const HOME = '/usr/share/opensearch-dashboards';
const CONFIG_FILE = 'opensearch_dashboards.yml';
const CA_FILE = '/etc/certs/kaapana.pem';
/** The image of the init container makes a user of this name. */
const USERNAME = 'kaapanaopensearch';

/** Pages to search the metadata and to draw it (os-dashboards-chart, Kaapana 0.6.0). */
export class OpenSearchDashboards extends Construct {
  /** Its pages, the path among the URL. */
  public readonly web: Endpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: OpenSearchDashboardsProps,
  ) {
    super(scope, id);
    const { platform, namespace, opensearch, keycloak, egress } = props;

    const files = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'os-dash-config', namespace },
      data: { [CONFIG_FILE]: yaml(configuration(props)) },
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'os-dashboards-de',
      labels: { 'app.kubernetes.io/name': NAME },
      waitFor: [{ address: opensearch, label: 'opensearch' }, realmWait(keycloak, props.realm)],
      uses: egressAddresses(egress),
      initContainers: [this.userMaker()],
      container: {
        name: 'os-dashboards-container',
        image: platform.images.ref('os-dashboards'),
        env: {
          KAAPANA_KIBANASERVER_PASSWORD: this.password(),
          KAAPANA_CLIENT_SECRET: props.oidcClient.envValue('oidc-client-secret'),
          ...egressEnv(egress),
        },
        ports: { http: PORT },
        mounts: [
          Volume.configMap('config', files, { [CONFIG_FILE]: CONFIG_FILE }).at(`${HOME}/config/${CONFIG_FILE}`, {
            subPath: CONFIG_FILE,
          }),
          Volume.emptyDir('uuid-file').at(`${HOME}/data`, { subPath: 'uuid' }),
          Volume.secret('kaapana-cert', props.certificate).at(CA_FILE, { subPath: 'tls.crt' }),
        ],
        resources: { memoryRequest: '150Mi', memoryLimit: '300Mi' },
      },
    });

    const service = server.expose('Service', { name: `${NAME}-service`, ports: { 'osd-port': PORT } });
    this.web = service.endpoint('osd-port', { path: PATH });
    new WebRoute(this, 'Route', { platform, name: 'osd-ingress-ip', paths: [PATH], to: this.web });
  }

  /** Makes the user that the dashboards act as. */
  private userMaker(): ContainerProps {
    const { platform, opensearch, keycloak, oidcClient, systemUser, egress } = this.props;
    return {
      name: 'create-opensearch-system-user',
      image: platform.images.ref('create-dashboard-user'),
      env: {
        KAAPANA_KIBANASERVER_PASSWORD: this.password(),
        OPENSEARCH_HOST: opensearch.host,
        OPENSEARCH_PORT: String(opensearch.port),
        KAAPANA_PROJECT_USER_NAME: 'system',
        KAAPANA_PROJECT_USER_PASSWORD: systemUser.envValue('system-user-password'),
        KAAPANA_CLIENT_SECRET: oidcClient.envValue('oidc-client-secret'),
        KEYCLOAK_URL: origin(keycloak),
        ...egressEnv(egress),
      },
    };
  }

  private password(): kplus.EnvValue {
    return this.props.dashboardsUser.envValue('opensearch-dashboard-user-password');
  }
}

/** Configuration of OpenSearch Dashboards; it puts the environment in for `${...}`. */
function configuration(props: OpenSearchDashboardsProps): object {
  const { domain, httpsPort } = props.origin;
  return {
    server: { name: 'Meta', host: '0.0.0.0', basePath: PATH, rewriteBasePath: true },
    opensearchDashboards: { index: '.opensearch_dashboards', branding: { applicationTitle: 'META' } },
    opensearch: {
      hosts: [props.opensearch.url],
      username: USERNAME,
      password: '${KAAPANA_KIBANASERVER_PASSWORD}',
      requestHeadersWhitelist: ['Authorization', 'securitytenant', 'x-forwarded-access-token'],
      ssl: { verificationMode: 'certificate', certificateAuthorities: [CA_FILE] },
    },
    opensearch_security: {
      auth: { type: 'openid' },
      openid: {
        connect_url: realmDescription(props.keycloak),
        base_redirect_url: `https://${domain}:${httpsPort}${PATH}`,
        client_id: props.clientId ?? CLIENT_ID,
        client_secret: '${KAAPANA_CLIENT_SECRET}',
        root_ca: CA_FILE,
        verify_hostnames: false,
      },
    },
  };
}
