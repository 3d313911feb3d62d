import { parse } from 'yaml';
import { externalAddress } from '../../constructs/kube';
import { Loki } from '../../constructs/monitoring/loki';
import { Promtail, type PromtailProps } from '../../constructs/monitoring/promtail';
import { chart, object, platform } from '../support';

function promtail(props: Partial<PromtailProps> = {}) {
  const scope = chart();
  const shared = { platform: platform(), namespace: 'services' };
  const all: Required<PromtailProps> = {
    ...shared,
    loki: new Loki(scope, 'Loki', shared).api,
    namespaces: ['admin', 'services', 'project-.*'],
    instanceUid: 'site2',
  };
  new Promtail(scope, 'Promtail', { ...all, namespaces: undefined, instanceUid: undefined, ...props });
  const config = parse(object(scope, 'ConfigMap', 'promtail-config').data['promtail.yaml']);
  const agent = object(scope, 'DaemonSet', 'promtail');
  return { scope, all, config, agent, pod: agent.spec.template.spec };
}

test('with the required props alone it sends the logs of all pods to Loki, which lets it in', () => {
  const { scope, config } = promtail();
  expect(config.clients).toEqual([{ url: 'http://loki-service.services.svc:3100/loki/api/v1/push' }]);
  expect(config.scrape_configs[0].relabel_configs.some(({ action }: { action?: string }) => action === 'keep')).toBe(
    false,
  );
  expect(JSON.stringify(object(scope, 'NetworkPolicy', 'loki-ingress').spec.ingress)).toContain(
    '"app.kubernetes.io/name":"promtail"',
  );
});

test('with all props it keeps to the namespaces of its instance', () => {
  const { all } = promtail();
  const { config } = promtail({ ...all, namespace: 'site2-services' });
  expect(config.scrape_configs[0].relabel_configs[0]).toEqual({
    source_labels: ['__meta_kubernetes_namespace'],
    action: 'keep',
    regex: 'admin|services|project-.*',
  });
  expect(config.positions.filename).toBe('/run/promtail/positions-site2-services.yaml');
});

test('a Loki that lives elsewhere fits', () => {
  const { config } = promtail({ loki: externalAddress('https://logs.example.org') });
  expect(config.clients[0].url).toBe('https://logs.example.org/loki/api/v1/push');
});

test('its role lists pods; its cluster-wide names differ between instances', () => {
  const { scope, pod } = promtail();
  expect(pod).toMatchObject({ serviceAccountName: 'promtail-serviceaccount', automountServiceAccountToken: true });
  expect(object(scope, 'ClusterRole', 'pod-watcher-promtail').rules).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
  ]);
  expect(object(scope, 'ClusterRoleBinding', 'pod-watcher-promtail-binding').roleRef.name).toBe('pod-watcher-promtail');
  const second = promtail({ instanceUid: 'site2' }).scope;
  expect(object(second, 'ClusterRoleBinding', 'site2-pod-watcher-promtail-binding').roleRef.name).toBe(
    'site2-pod-watcher-promtail',
  );
});

test('it reads files of the node, says why, and writes one of them', () => {
  const { agent, pod } = promtail();
  const mounts = pod.containers[0].volumeMounts as { name: string; mountPath: string; readOnly?: boolean }[];
  expect(agent.metadata['annotations']).toEqual({
    'security-exception/hostPath': expect.stringContaining('files of the node'),
  });
  expect(mounts.filter(({ readOnly }) => readOnly).map(({ mountPath }) => mountPath)).toEqual([
    '/var/lib/docker/containers',
    '/var/log/pods',
  ]);
  expect(pod.containers[0].securityContext).toMatchObject({
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  });
});

test('it reads the pods of its own node', () => {
  const { config, pod } = promtail();
  expect(pod.containers[0].env).toEqual([
    { name: 'HOSTNAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
  ]);
  const rules = config.scrape_configs[0].relabel_configs as { target_label?: string; replacement?: string }[];
  expect(rules.map(({ target_label }) => target_label)).toEqual(
    expect.arrayContaining(['__host__', 'namespace', 'pod', 'container', 'app', 'job']),
  );
  expect(rules.filter(({ target_label }) => target_label === '__path__').map(({ replacement }) => replacement)).toEqual(
    ['/var/log/pods/*$1/*.log', '/var/log/pods/*$1/*.log'],
  );
});
