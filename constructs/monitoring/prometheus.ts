import { Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type Address,
  DataVolume,
  type Endpoint,
  externalAddress,
  Identity,
  type NetworkPeer,
  policyRules,
  Volume,
  WebRoute,
  Workload,
  httpProbe,
} from '../kube';
import { yaml } from '../kube/yaml';
import type { ComponentProps } from '../platform/component-props';
import { fileOwner } from '../platform/file-owner';
import { platformAlerts } from './alerts';
import { ruleFile } from './alerts/alert-rule';
import { annotatedJobs } from './scraping/annotated-jobs';
import {
  type MetricsService,
  type MetricsTarget,
  nodeJobs,
  probeJob,
  serviceJob,
  targetJob,
} from './scraping/scrape-jobs';

/** Properties of `Prometheus`. */
export interface PrometheusProps extends ComponentProps {
  /** Namespaces of the platform: their pods are found by annotations, and watched. */
  readonly namespaces: readonly string[];

  /** Who passes alerts on. */
  readonly alertmanager: Address;

  /** Exporter of the GPUs' metrics. @default - there are no GPUs */
  readonly gpuExporter?: MetricsService;
}

const PORT = 9090;
const PATH = '/prometheus';
const USER_ID = 1000;
const DATA_DIR = '/prometheus';
const CONFIG_FILE = '/etc/prometheus.yaml';
const RULES_DIR = '/etc/prometheus';
const LABELS = { 'app.kubernetes.io/name': 'prometheus-server' } as const;

/** It finds its targets in the API, and reads the metrics of the kubelets. */
const RULES = [
  ...policyRules(['get', 'list', 'watch'], { '': ['endpoints', 'nodes', 'pods', 'services'] }),
  ...policyRules(['get'], { '': ['nodes/metrics'] }),
];

/**
 * Metrics and alerts of an instance: where the metrics are, how long they stay, what is alarming (prometheus-chart,
 * Kaapana 0.6.0).
 */
export class Prometheus extends Construct {
  /** Its pods in `namespace`. */
  public static peer(namespace: string): NetworkPeer {
    return { namespace, podLabels: LABELS };
  }

  /** Its interface; the URL ends with its path. */
  public readonly api: Endpoint;

  private readonly server: Workload;
  private readonly targets: MetricsTarget[] = [];
  private readonly probes: MetricsTarget[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrometheusProps,
  ) {
    super(scope, id);
    const { platform, namespace } = props;
    const alerts = platformAlerts(props.namespaces, { gpus: props.gpuExporter !== undefined });

    const data = Volume.claim(
      'data',
      new DataVolume(this, 'Data', {
        platform,
        namespace,
        name: 'prometheus-pv-claim',
        role: 'fast',
        holds: 'the metrics of the last weeks',
      }),
    );
    const configuration = this.configMap('prometheus-config', 'prometheus.yaml', () => this.configuration());
    const rules = this.configMap('prometheus-alerts-config', 'alert.rules', () => ruleFile(alerts));
    this.server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'prometheus',
      labels: LABELS,
      nodeSelector: platform.storageNode,
      identity: new Identity(this, 'Identity', {
        name: 'prometheus',
        namespace,
        clusterRules: RULES,
        clusterReason: 'what it asks for numbers is in all namespaces, and the nodes themselves',
      }),
      uses: [props.alertmanager],
      scrape: { port: 'http', path: `${PATH}/metrics`, job: 'prometheus' },
      podSecurity: { runAsUser: USER_ID },
      initContainers: [
        fileOwner(
          platform,
          'volume-permissions',
          ['sh', '-c', `chown -R ${USER_ID}:${USER_ID} ${DATA_DIR}`],
          [data.at(DATA_DIR)],
        ),
      ],
      container: {
        image: platform.images.ref('prometheus'),
        command: ['/bin/prometheus'],
        args: [
          `--config.file=${CONFIG_FILE}`,
          '--log.level=warn',
          `--storage.tsdb.path=${DATA_DIR}/`,
          `--web.external-url=${PATH}`,
          `--web.route-prefix=${PATH}`,
        ],
        ports: { http: PORT },
        mounts: [
          Volume.configMap('rules', rules).at(RULES_DIR),
          Volume.configMap('configuration', configuration, { 'prometheus.yaml': 'prometheus.yaml' }).at(CONFIG_FILE, {
            subPath: 'prometheus.yaml',
          }),
          data.at(DATA_DIR),
        ],
        resources: { memoryRequest: '400Mi', memoryLimit: '7000Mi', cpuLimit: '8' },
        livenessProbe: { ...answers('/'), initialDelaySeconds: 20, periodSeconds: 120 },
        readinessProbe: { ...answers(`${PATH}/-/ready`), periodSeconds: 10 },
      },
    });

    this.api = this.server
      .expose('Service', { name: 'prometheus-service', ports: { http: PORT } })
      .endpoint('http', { path: PATH });
    new WebRoute(this, 'Route', { platform, name: 'prometheus-ingress', paths: [PATH], to: this.api });
    this.addProbe({ name: 'prometheus', address: this.api, path: `${PATH}/metrics` });
    if (props.gpuExporter) this.addProbe({ name: 'gpus', address: addressOf(props.gpuExporter) });
  }

  /** Collects the metrics at an address whose pods have no annotations. */
  public addScrapeTarget(target: MetricsTarget): void {
    target.address.openTo(this.server);
    this.targets.push(target);
  }

  /** Watches whether a service answers; the metrics at its address are not kept, its pods offer them. */
  public addProbe(target: MetricsTarget): void {
    target.address.openTo(this.server);
    this.probes.push(target);
  }

  private configuration(): object {
    const {
      namespaces,
      alertmanager: { host, port },
      gpuExporter: gpus,
    } = this.props;
    return {
      global: { scrape_interval: '30s', evaluation_interval: '30s' },
      rule_files: [`${RULES_DIR}/alert.rules`],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [`${host}:${port}`] }] }] },
      scrape_configs: [
        ...nodeJobs(),
        ...annotatedJobs(namespaces),
        probeJob(this.probes),
        ...(gpus ? [serviceJob('GPUs', gpus)] : []),
        ...this.targets.map(targetJob),
      ],
    };
  }

  private configMap(name: string, file: string, content: () => object): kplus.ConfigMap {
    const text = Lazy.any({ produce: () => yaml(content()) }) as unknown as string;
    const metadata = { name, namespace: this.props.namespace, labels: { name } };
    return new kplus.ConfigMap(this, name, { metadata, data: { [file]: text } });
  }
}

function addressOf({ service, namespace, port }: MetricsService): Address {
  return externalAddress(`http://${service}.${namespace}.svc:${port}`);
}

function answers(path: string): k8s.Probe {
  return httpProbe(path, PORT, 'HTTP');
}
