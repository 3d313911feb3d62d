import type { Construct } from 'constructs';
import type { Endpoint } from '../../constructs/kube';
import { Alertmanager } from '../../constructs/monitoring/alertmanager';
import { Grafana } from '../../constructs/monitoring/grafana';
import { Loki } from '../../constructs/monitoring/loki';
import { NodeExporter } from '../../constructs/monitoring/node-exporter';
import { Prometheus } from '../../constructs/monitoring/prometheus';
import { Promtail } from '../../constructs/monitoring/promtail';
import { credential } from '../../src/settings/credentials';
import { DISTRIBUTIONS } from '../../src/settings/distributions';
import type { Settings } from '../../src/settings/parse';
import { proxyNamespace } from '../platform';
import type { InstanceSite, InstanceStackProps } from './site';

/** Service of NVIDIA's GPU operator with the metrics of the GPUs. */
const GPU_EXPORTER = { service: 'nvidia-dcgm-exporter', port: 9400 } as const;

/** What watches over an instance, and who is told. */
export function createMonitoring(
  scope: Construct,
  { props, shared, origin, directories }: InstanceSite,
  told: { readonly projects: Endpoint; readonly notifications: Endpoint },
): Prometheus {
  const { server, settings } = props;
  const { gpu, instanceUid, credentials } = settings;
  const namespaces = platformNamespaces(props);

  const alertmanager = new Alertmanager(scope, 'Alertmanager', { ...shared, ...told, mail: alertMail(settings) });
  const prometheus = new Prometheus(scope, 'Prometheus', {
    ...shared,
    namespaces,
    alertmanager: alertmanager.api,
    gpuExporter: gpu && { ...GPU_EXPORTER, namespace: gpu.operatorNamespace },
  });
  const loki = new Loki(scope, 'Loki', shared);
  new Promtail(scope, 'Promtail', {
    ...shared,
    loki: loki.api,
    instanceUid,
    namespaces: instanceUid === '' ? undefined : namespaces,
  });
  const nodes = new NodeExporter(scope, 'NodeExporter', {
    ...shared,
    directories,
    kubeletDirectory: DISTRIBUTIONS[settings.distribution].kubeletDirectory,
  });
  const grafana = new Grafana(scope, 'Grafana', {
    ...shared,
    origin,
    namespaces,
    gpus: gpu !== undefined,
    admin: { username: credentials.grafanaUsername, password: credential('grafanaPassword') },
    secretKey: credential('grafanaSecretKey'),
    prometheus: prometheus.api,
    loki: loki.api,
  });

  prometheus.addProbe({ name: 'alertmanager', address: alertmanager.api });
  prometheus.addProbe({ name: 'grafana', address: grafana.web });
  prometheus.addProbe({ name: 'kube-helm', address: server.kubeHelm.api });
  prometheus.addProbe({ name: 'kube-state-metrics', address: server.kubeStateMetrics.metrics });
  prometheus.addProbe({ name: 'loki', address: loki.api });
  prometheus.addProbe({ name: 'node-exporter', address: nodes.metrics });
  prometheus.addProbe({ name: 'traefik', address: server.traefik.api });
  return prometheus;
}

/** Where the pods of an instance are. */
function platformNamespaces({ settings, projects }: InstanceStackProps): string[] {
  const { servicesNamespace, extensionsNamespace } = settings;
  return [
    proxyNamespace(settings),
    servicesNamespace,
    extensionsNamespace,
    ...projects.map(({ namespace }) => namespace),
  ];
}

/** Alerts go by mail when there is a mail server, a sender and somebody to read them. */
function alertMail({ smtp: mail }: Settings): ConstructorParameters<typeof Alertmanager>[2]['mail'] {
  if (mail?.sender === undefined) return undefined;
  const { host, port, sender, recipients, username, password } = mail;
  const account = username === undefined || password === undefined ? undefined : { username, password };
  return { host, port, sender, recipients, account };
}
