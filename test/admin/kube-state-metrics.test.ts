import { KubeStateMetrics } from '../../constructs/admin/kube-state-metrics';
import { chart, object, platform } from '../support';

function metrics() {
  const scope = chart();
  new KubeStateMetrics(scope, 'KubeStateMetrics', { platform: platform(), namespace: 'admin' });
  return { scope, template: object(scope, 'Deployment', 'kube-state-metrics').spec.template };
}

test('its account lists and watches what it collects, and nothing else', () => {
  const { scope, template } = metrics();
  const rules: { resources: string[]; verbs: string[] }[] = object(
    scope,
    'ClusterRole',
    'admin-kube-state-metrics',
  ).rules;
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['list', 'watch']));
  const [option] = template.spec.containers[0].args;
  expect(option).toBe(
    `--resources=${rules
      .flatMap(({ resources }) => resources)
      .sort()
      .join(',')}`,
  );
  expect(template.spec.serviceAccountName).toBe('kube-state-metrics');
});

test('it does not collect Secrets, as it would get to read them', () => {
  expect(metrics().template.spec.containers[0].args[0]).not.toContain('secrets');
});

test('the metrics store finds it', () => {
  const { scope, template } = metrics();
  expect(template.metadata.annotations).toMatchObject({
    'prometheus.io/port': '8080',
    'prometheus.io/path': '/metrics',
    'prometheus.io/custom_job_name': 'kube-state-metrics',
  });
  const { ingress } = object(scope, 'NetworkPolicy', 'kube-state-metrics-ingress').spec;
  expect(ingress[0].from[0].podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'prometheus' });
  expect(ingress[0].ports).toEqual([{ port: 8080, protocol: 'TCP' }]);
});

test('its name resolves to the pod itself', () => {
  const { spec } = object(metrics().scope, 'Service', 'kube-state-metrics');
  expect(spec.clusterIP).toBe('None');
  expect(spec.ports.map(({ name, port }: { name: string; port: number }) => [name, port])).toEqual([
    ['http-metrics', 8080],
    ['telemetry', 8081],
  ]);
  expect(spec.selector).toEqual({ 'app.kubernetes.io/name': 'kube-state-metrics' });
});

test('it runs as nobody', () => {
  const { template } = metrics();
  expect(template.spec.nodeSelector).toEqual({ 'kubernetes.io/os': 'linux' });
  expect(template.spec.containers[0].securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsUser: 65534,
  });
});
