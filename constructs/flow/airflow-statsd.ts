import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Endpoint, Volume, Workload } from '../kube';
import { yaml } from '../kube/yaml';
import type { ComponentProps } from '../platform/component-props';
import { airflowMetrics } from './airflow-metrics';

/** Properties of `AirflowStatsd`. */
export type AirflowStatsdProps = ComponentProps;

const PORTS = { metrics: 9102, statsd: 8125 } as const;
const FILE = 'statsd_mapping.yaml';
const PATH = `/tmp/${FILE}`;

/** Takes Airflow's metrics and keeps them for Prometheus (airflow-chart, Kaapana 0.6.0). */
export class AirflowStatsd extends Construct {
  /** For the scraper, and for who waits. */
  public readonly metrics: Endpoint;

  /** For Airflow, by UDP. */
  public readonly statsd: Endpoint;

  constructor(scope: Construct, id: string, props: AirflowStatsdProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const mapping = new kplus.ConfigMap(this, 'Mapping', {
      metadata: { name: 'airflow-statsd-config', namespace },
      data: { [FILE]: yaml({ mappings: airflowMetrics() }) },
    });
    const exporter = new Workload(this, 'Exporter', {
      platform,
      namespace,
      name: 'airflow-statsd',
      labels: { 'app.kubernetes.io/name': 'airflow', 'app.kubernetes.io/component': 'statsd' },
      nodeSelector: platform.storageNode,
      scrape: { port: 'metrics', path: '/metrics', scheme: 'http', job: 'Airflow' },
      container: {
        name: 'statsd-metrics-exporter',
        image: platform.images.ref('statsd-exporter'),
        args: [
          `--statsd.mapping-config=${PATH}`,
          `--web.listen-address=:${PORTS.metrics}`,
          `--statsd.listen-udp=:${PORTS.statsd}`,
        ],
        ports: { metrics: PORTS.metrics },
        udpPorts: { statsd: PORTS.statsd },
        mounts: [Volume.configMap('airflow-statsd-config', mapping).at(PATH, { subPath: FILE })],
      },
    });

    const service = exporter.expose('Service', {
      name: 'airflow-statsd-service',
      ports: {
        'web-listen': { port: PORTS.metrics, target: 'metrics' },
        'statsd-udp-listen': { port: PORTS.statsd, target: 'statsd' },
      },
    });
    this.metrics = service.endpoint('web-listen');
    this.statsd = service.endpoint('statsd-udp-listen', { scheme: 'udp' });
  }
}
