import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Endpoint, Identity, policyRules, Workload, httpProbe } from '../kube';
import type { ComponentProps } from '../platform/component-props';

/** Properties of `KubeStateMetrics`. */
export type KubeStateMetricsProps = ComponentProps;

const NAME = 'kube-state-metrics';
const PORTS = { 'http-metrics': 8080, telemetry: 8081 } as const;
const SELECTOR = { 'app.kubernetes.io/name': NAME };
const LABELS = {
  ...SELECTOR,
  'app.kubernetes.io/component': 'exporter',
  'app.kubernetes.io/version': '2.10.0',
};

/** What is collected, by API group: the program's own choice without Secrets, whose content it would get to read. */
const COLLECTED: Readonly<Record<string, readonly string[]>> = {
  '': [
    'configmaps',
    'endpoints',
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'replicationcontrollers',
    'resourcequotas',
    'services',
  ],
  'admissionregistration.k8s.io': ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
  apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  'certificates.k8s.io': ['certificatesigningrequests'],
  'coordination.k8s.io': ['leases'],
  'networking.k8s.io': ['ingresses', 'networkpolicies'],
  policy: ['poddisruptionbudgets'],
  'storage.k8s.io': ['storageclasses', 'volumeattachments'],
};

/** Metrics about the objects of the cluster (kube-state-metrics-chart, Kaapana 0.6.0). */
export class KubeStateMetrics extends Construct {
  public readonly metrics: Endpoint;

  constructor(scope: Construct, id: string, props: KubeStateMetricsProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const identity = new Identity(this, 'Identity', {
      name: NAME,
      namespace,
      clusterRules: policyRules(['list', 'watch'], COLLECTED),
      clusterReason: 'it counts the objects of the cluster; it reads no Secret',
    });
    const exporter = new Workload(this, 'Exporter', {
      platform,
      namespace,
      name: NAME,
      labels: LABELS,
      selector: SELECTOR,
      identity,
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      scrape: { port: 'http-metrics', path: '/metrics', scheme: 'http', job: NAME },
      container: {
        image: platform.images.ref('kube-state-metrics'),
        args: [`--resources=${Object.values(COLLECTED).flat().sort().join(',')}`],
        ports: PORTS,
        security: {
          capabilities: { drop: ['ALL'] },
          runAsUser: 65534,
        },
        livenessProbe: probe('/healthz', 'http-metrics'),
        readinessProbe: probe('/', 'telemetry'),
      },
    });

    this.metrics = exporter
      .expose('Service', { name: NAME, ports: PORTS, headless: true, selector: SELECTOR })
      .endpoint('http-metrics');
  }
}

function probe(path: string, port: keyof typeof PORTS): k8s.Probe {
  return {
    ...httpProbe(path, port, 'HTTP'),
    initialDelaySeconds: 5,
    timeoutSeconds: 5,
  };
}
