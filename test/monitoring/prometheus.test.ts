import { parse } from 'yaml';
import { externalAddress, Service, Workload } from '../../constructs/kube';
import { Prometheus, type PrometheusProps } from '../../constructs/monitoring/prometheus';
import type { ScrapeJob } from '../../constructs/monitoring/scraping/scrape-jobs';
import { chart, object, objects, platform } from '../support';

function prometheus(props: Partial<PrometheusProps> = {}) {
  const scope = chart();
  const all: Required<PrometheusProps> = {
    platform: platform(),
    namespace: 'services',
    namespaces: ['admin', 'services'],
    alertmanager: externalAddress('http://alertmanager-service.services.svc:9093'),
    gpuExporter: { service: 'nvidia-dcgm-exporter', namespace: 'gpu-operator', port: 9400 },
  };
  const component = new Prometheus(scope, 'Prometheus', { ...all, gpuExporter: undefined, ...props });
  const file = (map: string, key: string): string => object(scope, 'ConfigMap', map).data[key];
  const config = () =>
    parse(file('prometheus-config', 'prometheus.yaml')) as {
      scrape_configs: ScrapeJob[];
      alerting: unknown;
      rule_files: string[];
    };
  const job = (name: string): ScrapeJob => {
    const found = config().scrape_configs.find(({ job_name }) => job_name === name);
    if (!found) throw new Error(`no job ${name}`);
    return found;
  };
  const pod = object(scope, 'Deployment', 'prometheus').spec.template.spec;
  return { scope, all, component, config, job, pod, rules: () => file('prometheus-alerts-config', 'alert.rules') };
}

test('its interface is below its path, and the reverse proxy reaches it', () => {
  const { scope, component } = prometheus();
  expect(component.api.url).toBe('http://prometheus-service.services.svc:9090/prometheus');
  expect(object(scope, 'Ingress', 'prometheus-ingress').spec.rules[0].http.paths[0]).toMatchObject({
    path: '/prometheus',
    backend: { service: { name: 'prometheus-service' } },
  });
  const peers = JSON.stringify(object(scope, 'NetworkPolicy', 'prometheus-ingress').spec.ingress);
  expect(peers).toContain('"app.kubernetes.io/name":"traefik"');
});

test('one writer at a time, on data that it owns', () => {
  const { scope, pod } = prometheus();
  expect(object(scope, 'Deployment', 'prometheus').spec.strategy).toEqual({ type: 'Recreate' });
  expect(pod.securityContext.runAsUser).toBe(1000);
  expect(pod.initContainers[0].command).toEqual(['sh', '-c', 'chown -R 1000:1000 /prometheus']);
  expect(pod.containers[0].volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual([
    '/etc/prometheus',
    '/etc/prometheus.yaml',
    '/prometheus',
  ]);
});

test('it is alive at its path', () => {
  const [{ livenessProbe, readinessProbe }] = prometheus().pod.containers;
  expect(livenessProbe).toMatchObject({ httpGet: { path: '/' }, initialDelaySeconds: 20, periodSeconds: 120 });
  expect(readinessProbe.httpGet.path).toBe('/prometheus/-/ready');
});

test('its role finds targets and reads kubelets, no more', () => {
  const { scope, pod } = prometheus({ namespace: 'site2-services' });
  const { rules } = object(scope, 'ClusterRole', 'site2-services-prometheus');
  expect(pod).toMatchObject({ serviceAccountName: 'prometheus', automountServiceAccountToken: true });
  expect(rules).toEqual([
    { apiGroups: [''], resources: ['endpoints', 'nodes', 'pods', 'services'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
  ]);
});

test('pods are found by annotations in the namespaces of the platform alone', () => {
  const { job } = prometheus({ namespaces: ['admin', 'site2-services'] });
  for (const name of [
    'kubernetes-pods',
    'kubernetes-pods-extra',
    'kubernetes-pods-insecure',
    'kubernetes-service-endpoints',
  ]) {
    expect(job(name).kubernetes_sd_configs?.[0]?.namespaces).toEqual({ names: ['admin', 'site2-services'] });
  }
  expect(job('kubernetes-pods').tls_config).toBeUndefined();
  expect(job('kubernetes-pods-insecure').tls_config).toEqual({ insecure_skip_verify: true });
});

test('each pod with annotations has one job: with or without a certificate, and one for its second metrics', () => {
  const { job } = prometheus();
  const annotation = (name: string) => `__meta_kubernetes_pod_annotation_prometheus_io_${name}`;
  const insecure = (name: string) =>
    job(name).relabel_configs?.find(({ source_labels }) => source_labels?.[0]?.includes('insecure'));
  expect(insecure('kubernetes-pods')).toMatchObject({
    action: 'drop',
    source_labels: [annotation('insecure_skip_verify')],
  });
  expect(insecure('kubernetes-pods-insecure')).toMatchObject({ action: 'keep' });
  expect(job('kubernetes-pods-extra').relabel_configs?.[0]).toEqual({
    source_labels: [annotation('scrape_2')],
    action: 'keep',
    regex: 'true',
  });
});

test('series have the job names that images of Kaapana ask for', () => {
  const rules = prometheus()
    .job('kubernetes-pods')
    .relabel_configs?.filter(({ target_label }) => target_label === 'job');
  expect(rules?.map(({ regex, replacement }) => [regex, replacement])).toEqual([
    ['(.+)', undefined],
    ['node-exporter', 'Node-Exporter'],
    ['oauth2-proxy', 'oAuth2-proxy'],
  ]);
});

test('alerts go to Alertmanager, by rules about the namespaces', () => {
  const { config, rules } = prometheus({ namespaces: ['admin', 'site2-services'] });
  expect(config().alerting).toEqual({
    alertmanagers: [{ static_configs: [{ targets: ['alertmanager-service.services.svc:9093'] }] }],
  });
  expect(config().rule_files).toEqual(['/etc/prometheus/alert.rules']);
  expect(rules()).toContain('namespace=~"admin|site2-services"');
  expect(rules()).not.toContain('DCGM');
});

test('services are probed under the names that others use; their metrics are not kept', () => {
  const { scope, component, job } = prometheus();
  const minio = new Workload(scope, 'Minio', {
    platform: platform(),
    name: 'minio',
    namespace: 'services',
    container: { image: 'minio', ports: { api: 9000 } },
  });
  const service = new Service(minio, 'Service', { workload: minio, name: 'minio-service', ports: { api: 9000 } });
  component.addProbe({ name: 'minio', address: service.endpoint('api'), path: '/minio/metrics/v3' });
  component.addProbe({ name: 'front door', address: externalAddress('https://oauth2-proxy.admin.svc') });
  expect(job('services').static_configs).toEqual([
    {
      targets: ['prometheus-service.services.svc:9090'],
      labels: { service: 'prometheus', __scheme__: 'http', __metrics_path__: '/prometheus/metrics' },
    },
    {
      targets: ['minio-service.services.svc:9000'],
      labels: { service: 'minio', __scheme__: 'http', __metrics_path__: '/minio/metrics/v3' },
    },
    {
      targets: ['oauth2-proxy.admin.svc:443'],
      labels: { service: 'front door', __scheme__: 'https', __metrics_path__: '/metrics' },
    },
  ]);
  expect(job('services').metric_relabel_configs).toEqual([
    { source_labels: ['__name__'], action: 'drop', regex: '.+' },
  ]);
  const [{ from, ports }] = object(scope, 'NetworkPolicy', 'minio-ingress').spec.ingress;
  expect(from[0].podSelector.matchLabels).toEqual(Prometheus.peer('services').podLabels);
  expect(ports).toEqual([{ port: 9000, protocol: 'TCP' }]);
});

test('metrics elsewhere are kept', () => {
  const { component, job } = prometheus();
  component.addScrapeTarget({
    name: 'switch',
    address: externalAddress('http://switch.example.org:9116'),
    path: '/snmp',
  });
  expect(job('switch')).toEqual({
    job_name: 'switch',
    scheme: 'http',
    metrics_path: '/snmp',
    static_configs: [{ targets: ['switch.example.org:9116'] }],
  });
  expect(job('switch').metric_relabel_configs).toBeUndefined();
});

test('with GPUs it finds their exporter on every node, under the names that the scheduler asks for', () => {
  const { all, job, rules } = prometheus({
    gpuExporter: { service: 'nvidia-dcgm-exporter', namespace: 'gpu-operator', port: 9400 },
  });
  expect(job('GPUs').kubernetes_sd_configs).toEqual([
    { role: 'endpoints', namespaces: { names: [all.gpuExporter.namespace] } },
  ]);
  expect(job('GPUs').relabel_configs?.map(({ target_label }) => target_label)).toEqual([
    undefined,
    'kubernetes_namespace',
    'kubernetes_name',
    'app',
  ]);
  expect(job('services').static_configs?.[1]?.targets).toEqual(['nvidia-dcgm-exporter.gpu-operator.svc:9400']);
  expect(rules()).toContain('DCGM_FI_DEV_GPU_TEMP > 90');
  expect(() => prometheus().job('GPUs')).toThrow('no job GPUs');
});

test('no configuration shares parts by reference, which other readers of YAML refuse', () => {
  const { scope, component } = prometheus();
  expect(Prometheus.peer('site2')).toEqual({
    namespace: 'site2',
    podLabels: { 'app.kubernetes.io/name': 'prometheus-server' },
  });
  expect(component.api.portName).toBe('http');
  const texts = objects(scope)
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ data }) => Object.values(data as Record<string, string>));
  expect(texts).toHaveLength(2);
  for (const text of texts) expect(text).not.toMatch(/[:-] [&*]a\d/);
});
