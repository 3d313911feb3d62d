import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { DataVolume, type Endpoint, Volume, WebRoute, Workload, httpProbe } from '../kube';
import { yaml } from '../kube/yaml';
import type { ComponentProps } from '../platform/component-props';
import { fileOwner } from '../platform/file-owner';

/** Properties of `Loki`. */
export interface LokiProps extends ComponentProps {
  /** Days that logs are kept. @default 7 */
  readonly retentionDays?: number;
}

const NAME = 'loki';
const PORT = 3100;
const USER_ID = 10001;
const DATA_DIR = '/data';
const CONFIG_FILE = 'local-config.yaml';

/** Logs of all pods, for a week (loki-promtail-chart, Kaapana 0.6.0). */
export class Loki extends Construct {
  /** Takes logs and questions about them. */
  public readonly api: Endpoint;

  constructor(scope: Construct, id: string, props: LokiProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const files = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'loki-config', namespace },
      data: { [CONFIG_FILE]: yaml(configuration(props.retentionDays ?? 7)) },
    });
    const data = Volume.claim(
      'data',
      new DataVolume(this, 'Data', {
        platform,
        namespace,
        name: 'loki-pv-claim',
        role: 'fast',
        holds: 'the logs of the last days',
      }),
    );
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      nodeSelector: platform.storageNode,
      scrape: { port: 'http-metrics', path: '/metrics', job: NAME },
      podSecurity: { runAsUser: USER_ID, runAsGroup: USER_ID, fsGroup: USER_ID },
      initContainers: [
        fileOwner(
          platform,
          'volume-permissions',
          ['sh', '-c', `chown -R ${USER_ID}:${USER_ID} ${DATA_DIR} && chmod -R 775 ${DATA_DIR}`],
          [data.at(DATA_DIR)],
        ),
      ],
      container: {
        image: platform.images.ref('loki'),
        ports: { 'http-metrics': PORT },
        mounts: [
          Volume.configMap('configuration', files, { [CONFIG_FILE]: CONFIG_FILE }).at('/etc/loki'),
          data.at(DATA_DIR),
        ],
        resources: { memoryRequest: '256Mi', memoryLimit: '1Gi', cpuRequest: '100m', cpuLimit: '1000m' },
        exceptions: {
          writableRoot: 'nothing proves that its rules and its compactor write to the data directory alone',
        },
        readinessProbe: { ...httpProbe('/ready', PORT), periodSeconds: 10 },
      },
    });

    this.api = server
      .expose('Service', { name: 'loki-service', ports: { 'http-metrics': PORT } })
      .endpoint('http-metrics');
    new WebRoute(this, 'Route', { platform, name: 'loki-ingress', paths: ['/loki'], to: this.api });
  }
}

/** The configuration of Loki, in its own words; logs that are stored are found by the same schema alone. */
function configuration(retentionDays: number): object {
  return {
    auth_enabled: false,
    analytics: { reporting_enabled: false },
    server: { http_listen_port: PORT },
    common: {
      path_prefix: DATA_DIR,
      replication_factor: 1,
      ring: { instance_addr: '127.0.0.1', kvstore: { store: 'inmemory' } },
    },
    schema_config: {
      configs: [
        {
          from: '2020-05-15',
          store: 'tsdb',
          object_store: 'filesystem',
          schema: 'v13',
          index: { prefix: 'index_', period: '24h' },
        },
      ],
    },
    storage_config: { filesystem: { directory: DATA_DIR } },
    compactor: {
      working_directory: `${DATA_DIR}/compactor`,
      retention_enabled: true,
      delete_request_store: 'filesystem',
    },
    limits_config: { retention_period: `${retentionDays}d` },
  };
}
