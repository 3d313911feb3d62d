import { NodeExporter, type NodeExporterProps } from '../../constructs/monitoring/node-exporter';
import { chart, object, platform } from '../support';

function nodeExporter(props: Partial<NodeExporterProps> = {}) {
  const scope = chart();
  const component = new NodeExporter(scope, 'NodeExporter', {
    platform: platform(),
    namespace: 'services',
    directories: { fast: '/home/kaapana', slow: '/mnt/slow' },
    ...props,
  });
  const exporter = object(scope, 'DaemonSet', 'node-exporter');
  return { scope, component, exporter, pod: exporter.spec.template.spec };
}

test('it runs on every node and is looked at often', () => {
  const { component, exporter } = nodeExporter();
  expect(component.metrics.url).toBe('http://node-exporter.services.svc:9100');
  expect(exporter.spec.template.metadata.annotations).toMatchObject({
    'prometheus.io/scrape_interval': '15s',
    'prometheus.io/custom_job_name': 'node-exporter',
    'prometheus.io/port': '9100',
  });
  expect(exporter.spec.selector.matchLabels).toEqual({
    'app.kubernetes.io/component': 'exporter',
    'app.kubernetes.io/name': 'node-exporter',
  });
});

test('it measures the data directories of the instance', () => {
  const { pod } = nodeExporter({ directories: { fast: '/home/kaapana-site2', slow: '/mnt/slow-site2' } });
  const [, measure] = pod.containers;
  expect(measure.env).toEqual(
    expect.arrayContaining([
      { name: 'FAST_PATH', value: '/home/kaapana-site2' },
      { name: 'SLOW_PATH', value: '/mnt/slow-site2' },
    ]),
  );
  expect(pod.volumes).toEqual(
    expect.arrayContaining([
      { name: 'kaapana-fast', hostPath: { path: '/home/kaapana-site2', type: 'DirectoryOrCreate' } },
      { name: 'kaapana-slow', hostPath: { path: '/mnt/slow-site2', type: 'DirectoryOrCreate' } },
    ]),
  );
});

test('fast and slow data may share a directory', () => {
  const { pod } = nodeExporter({ directories: { fast: '/data', slow: '/data' } });
  expect(
    pod.volumes.filter(({ hostPath }: { hostPath?: { path: string } }) => hostPath?.path === '/data'),
  ).toHaveLength(2);
});

test('the exporter reads what is measured', () => {
  const [exporter, measure] = nodeExporter().pod.containers;
  expect(exporter.args).toContain('--collector.textfile.directory=/var/lib/node_exporter/textfile_collector');
  expect(exporter.volumeMounts).toContainEqual({
    name: 'textfile-collector',
    mountPath: '/var/lib/node_exporter/textfile_collector',
  });
  expect(measure.volumeMounts).toContainEqual({ name: 'textfile-collector', mountPath: '/textfile' });
});

test('it changes nothing on the node, and says why it looks at it', () => {
  const { exporter, pod } = nodeExporter();
  const mounts = pod.containers.flatMap(
    ({ volumeMounts }: { volumeMounts: { name: string; readOnly?: boolean }[] }) => volumeMounts,
  );
  expect(exporter.metadata['annotations']).toEqual({
    'security-exception/hostPath': expect.stringContaining('measures'),
  });
  for (const { name, readOnly } of mounts)
    expect([name, readOnly ?? false]).toEqual([name, name !== 'textfile-collector']);
  expect(pod.automountServiceAccountToken).toBe(false);
});
