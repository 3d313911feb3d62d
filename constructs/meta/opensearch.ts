import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type Address,
  DataVolume,
  type Endpoint,
  type Mount,
  type NetworkPeer,
  type RuntimeSecret,
  Volume,
  WebRoute,
  Workload,
  type MemoryShare,
} from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { type Egress, egressAddresses, egressEnv } from '../platform/egress';
import { realmDescription } from '../platform/realm';
import { CERTIFICATES, certificateMaker } from './opensearch-certificates';
import { CONFIG_DIR, configurationFiles, SNAPSHOT_DIR } from './opensearch-config';
import { javaOptions } from './opensearch-java';

/** Properties of `OpenSearch`. */
export interface OpenSearchProps extends ComponentProps {
  /** Host name of the platform, which the node is called. */
  readonly domain: string;

  /** Memory that it is promised, half of it for Java's heap, and what it may use; quantities. */
  readonly memory: MemoryShare;

  /** Identity provider, plain. */
  readonly keycloak: Address;

  /** TLS certificate and key that its own certificates are signed with; keys `tls.crt` and `tls.key`. */
  readonly certificate: RuntimeSecret;

  /** Password of the user that its dashboards act as. */
  readonly dashboardsPassword: string;

  /** Pods that are started at run time and may connect. @default - none */
  readonly clients?: readonly NetworkPeer[];

  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;
}

const NAME = 'opensearch';
const PORTS = { api: 9200, analyzer: 9600 } as const;
const USER_ID = 1000;
const PASSWORD = 'opensearch-dashboard-user-password';
const HOME = '/usr/share/opensearch';

/** Index of the metadata of all images, with certificates of its own (opensearch-chart, Kaapana 0.6.0). */
export class OpenSearch extends Construct {
  /** Its API, by TLS. */
  public readonly api: Endpoint;

  /** The user that its dashboards act as; key `opensearch-dashboard-user-password`. */
  public readonly dashboardsUser: kplus.ISecret;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: OpenSearchProps,
  ) {
    super(scope, id);
    const { platform, namespace } = props;

    this.dashboardsUser = new kplus.Secret(this, 'DashboardsUser', {
      metadata: { name: PASSWORD, namespace },
      type: 'Opaque',
      stringData: { [PASSWORD]: props.dashboardsPassword },
    });
    const data = this.volume('Data', 'opensearch', 'the metadata of all images, and their search index');
    const certificates = this.volume(
      'Certificates',
      'os-certs',
      'the certificates of the search index; made again at each start',
    );
    const server = this.createServer(Volume.claim('opensearch-data', data), Volume.claim('oscerts', certificates));
    // Its start script asks whether it is up by the name of the service.
    for (const client of [server, ...(props.clients ?? [])]) server.allow(client, PORTS.api);

    this.api = server
      .expose('Service', { name: `${NAME}-service`, ports: { 'os-api': PORTS.api, 'os-pa': PORTS.analyzer } })
      .endpoint('os-api', { scheme: 'https' });
    new WebRoute(this, 'Route', { platform, name: 'os-ip', paths: ['/os'], to: this.api, strip: 'os-strip-prefix' });
  }

  private volume(id: string, name: string, holds: string): DataVolume {
    const { platform, namespace } = this.props;
    return new DataVolume(this, id, { platform, namespace, name: `${name}-pv-claim`, role: 'fast', holds });
  }

  private createServer(data: Volume, certificates: Volume): Workload {
    const { platform, namespace, domain, memory, egress } = this.props;
    return new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'opensearch-de',
      labels: { 'app.kubernetes.io/name': NAME },
      nodeSelector: platform.storageNode,
      podSecurity: { runAsUser: USER_ID },
      uses: [this.props.keycloak, ...egressAddresses(egress)], // It looks up the keys that tokens are signed with.
      initContainers: [
        certificateMaker({ platform, data, certificates, authority: this.props.certificate, userId: USER_ID }),
      ],
      container: {
        name: 'opensearch-container',
        image: platform.images.ref('opensearch'),
        env: {
          'cluster.name': 'opensearch-cluster',
          'cluster.initial_cluster_manager_nodes': domain,
          'discovery.seed_hosts': domain,
          'node.name': domain,
          'network.host': '0.0.0.0',
          'http.host': '0.0.0.0',
          DISABLE_INSTALL_DEMO_CONFIG: 'true',
          OPENSEARCH_JAVA_OPTS: javaOptions(memory.request, egress),
          SERVICES_NAMESPACE: namespace,
          ...egressEnv(egress),
        },
        ports: PORTS,
        mounts: [
          ...CERTIFICATES.map((file) => certificates.at(`${CONFIG_DIR}/${file}`, { subPath: file })),
          ...this.configuration(),
          data.at(`${HOME}/data`, { subPath: 'data' }),
          data.at(`${HOME}/logs`, { subPath: 'logs' }),
          data.at(SNAPSHOT_DIR, { subPath: 'snapshots' }),
        ],
        resources: { memoryRequest: memory.request, memoryLimit: memory.limit, cpuLimit: '8' },
        exceptions: { writableRoot: 'its entrypoint makes a key store beside its configuration' },
      },
    });
  }

  private configuration(): Mount[] {
    const files = Object.entries(configurationFiles(realmDescription(this.props.keycloak))).map(([path, text]) => ({
      path,
      text,
      key: path.replace(/^.*\//, ''),
    }));
    const map = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'os-config', namespace: this.props.namespace },
      data: Object.fromEntries(files.map(({ key, text }) => [key, text])),
    });
    const volume = Volume.configMap('sec-config', map, Object.fromEntries(files.map(({ key }) => [key, key])));
    return files.map(({ path, key }) => volume.at(`${CONFIG_DIR}/${path}`, { subPath: key }));
  }
}
