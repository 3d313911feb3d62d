import { parse } from 'yaml';
import { Loki, type LokiProps } from '../../constructs/monitoring/loki';
import { chart, object, platform } from '../support';

function loki(props: Partial<LokiProps> = {}) {
  const scope = chart();
  const component = new Loki(scope, 'Loki', { platform: platform(), namespace: 'services', ...props });
  const config = parse(object(scope, 'ConfigMap', 'loki-config').data['local-config.yaml']);
  return { scope, component, config, pod: object(scope, 'Deployment', 'loki').spec.template.spec };
}

test('with the required props alone it keeps logs for a week', () => {
  const { component, config } = loki();
  expect(component.api.url).toBe('http://loki-service.services.svc:3100');
  expect(config.limits_config.retention_period).toBe('7d');
  expect(config.compactor).toMatchObject({ retention_enabled: true, delete_request_store: 'filesystem' });
});

test('logs may stay longer', () => {
  expect(loki({ retentionDays: 30 }).config.limits_config).toEqual({ retention_period: '30d' });
});

test('it finds the logs that earlier releases stored', () => {
  const { config } = loki();
  expect(config.schema_config.configs).toEqual([
    {
      from: '2020-05-15',
      store: 'tsdb',
      object_store: 'filesystem',
      schema: 'v13',
      index: { prefix: 'index_', period: '24h' },
    },
  ]);
  expect(config.common.path_prefix).toBe('/data');
  expect(config.storage_config.filesystem.directory).toBe('/data');
});

test('it tells its maker nothing', () => {
  expect(loki().config.analytics).toEqual({ reporting_enabled: false });
});

test('its data belongs to its user, and to one pod at a time', () => {
  const { scope, pod } = loki();
  expect(pod.securityContext).toMatchObject({ runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001 });
  expect(pod.initContainers[0].command).toEqual(['sh', '-c', 'chown -R 10001:10001 /data && chmod -R 775 /data']);
  expect(object(scope, 'Deployment', 'loki').spec.strategy.type).toBe('Recreate');
  expect(object(scope, 'PersistentVolume', 'services-loki').spec.persistentVolumeReclaimPolicy).toBe('Retain');
});

test('it has a route, metrics and a limit', () => {
  const { scope, pod } = loki({ namespace: 'site2-services' });
  const [{ resources, readinessProbe }] = pod.containers;
  expect(object(scope, 'Ingress', 'loki-ingress').spec.rules[0].http.paths[0].path).toBe('/loki');
  expect(resources).toMatchObject({ requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } });
  expect(readinessProbe.httpGet.path).toBe('/ready');
  const { annotations } = object(scope, 'Deployment', 'loki').spec.template.metadata;
  expect(annotations).toMatchObject({ 'prometheus.io/port': '3100', 'prometheus.io/custom_job_name': 'loki' });
});
