import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { externalAddress, secretToken } from '../../constructs/kube';
import { Alertmanager, type AlertmanagerProps } from '../../constructs/monitoring/alertmanager';
import { dashboardFiles } from '../../constructs/monitoring/dashboards';
import { Prometheus } from '../../constructs/monitoring/prometheus';
import { chart, object, platform } from '../support';

/** What Prometheus' and Alertmanager's own programs say about the configuration that is rendered. */

const NAMESPACES = ['admin', 'services'];
const MINUTE = '1m';

let dir: string;

beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'monitoring-'));
  const scope = chart();
  const prometheus = new Prometheus(scope, 'Prometheus', {
    platform: platform(),
    namespace: 'services',
    namespaces: NAMESPACES,
    alertmanager: externalAddress('http://alertmanager-service.services.svc:9093'),
    gpuExporter: { service: 'nvidia-dcgm-exporter', namespace: 'gpu-operator-resources', port: 9400 },
  });
  prometheus.addScrapeTarget({ name: 'switch', address: externalAddress('https://switch.example.org') });
  write('prometheus.yaml', object(scope, 'ConfigMap', 'prometheus-config').data['prometheus.yaml']);
  write('alert.rules', object(scope, 'ConfigMap', 'prometheus-alerts-config').data['alert.rules']);
});

afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

function write(name: string, text: string): string {
  fs.writeFileSync(path.join(dir, name), text);
  return path.join(dir, name);
}

function run(program: 'promtool' | 'amtool', ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: dir, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/** Fails unless exactly the `alerts` fire `at` that time. */
function firing(
  at: string,
  series: Readonly<Record<string, string>>,
  alertname: string,
  alerts: readonly object[],
): void {
  const input_series = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const test = { interval: MINUTE, input_series, alert_rule_test: [{ eval_time: at, alertname, exp_alerts: alerts }] };
  write('test.yaml', stringify({ rule_files: ['alert.rules'], evaluation_interval: MINUTE, tests: [test] }));
  expect(run('promtool', 'test', 'rules', 'test.yaml')).toContain('SUCCESS');
}

function alertmanager(mail?: AlertmanagerProps['mail']): string {
  const scope = chart();
  new Alertmanager(scope, 'Alertmanager', {
    platform: platform(),
    namespace: 'services',
    projects: externalAddress('http://aii-service.services.svc:8080'),
    notifications: externalAddress('http://notification-service.services.svc'),
    mail,
  });
  return write('alertmanager.yml', object(scope, 'ConfigMap', 'alertmanager-config').data['alertmanager.yml']);
}

test('Prometheus understands its configuration', () => {
  // The files of the service account are in the pod alone.
  expect(run('promtool', 'check', 'config', '--syntax-only', 'prometheus.yaml')).toContain(
    'is valid prometheus config file syntax',
  );
});

test('Prometheus understands the alerts, and none stands there twice', () => {
  expect(run('promtool', 'check', 'rules', '--lint=all', '--lint-fatal', 'alert.rules')).toMatch(
    /SUCCESS: \d+ rules found/,
  );
});

test('Prometheus understands every query of every dashboard', () => {
  const targets = dashboardFiles(NAMESPACES, { gpus: true }).flatMap(({ content }) => {
    const { panels } = JSON.parse(content) as {
      panels: { targets?: { expr: string; datasource: { uid: string } }[] }[];
    };
    return panels.flatMap((panel) => panel.targets ?? []).filter(({ datasource }) => datasource.uid === 'prometheus');
  });
  const queries = new Set(
    targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '5m').replace(/\$[a-z]+/g, '.+')),
  );
  const rules = [...queries].map((expr, index) => ({ record: `dashboard:query_${index}:value`, expr }));
  expect(rules.length).toBeGreaterThan(100);
  write('queries.rules', stringify({ groups: [{ name: 'dashboards', rules }] }));
  expect(run('promtool', 'check', 'rules', 'queries.rules')).toContain(`SUCCESS: ${rules.length} rules found`);
});

test('a service that does not answer is reported after five minutes', () => {
  const series = { 'up{job="services", service="minio", instance="minio-service.services.svc:9000"}': '1x2 0x20' };
  firing('7m', series, 'ServiceUnreachable', []);
  firing('9m', series, 'ServiceUnreachable', [
    {
      exp_labels: {
        severity: 'critical',
        job: 'services',
        service: 'minio',
        instance: 'minio-service.services.svc:9000',
      },
      exp_annotations: {
        summary: 'minio does not answer at minio-service.services.svc:9000',
        description: 'Look at its pods; if they are ready, at its Service and NetworkPolicy.',
      },
    },
  ]);
});

test('a disk that holds both data directories is reported once for each severity', () => {
  const disk = { path: '/home/kaapana', kubernetes_node: 'node' };
  const labels = '{path="/home/kaapana", kubernetes_node="node"}';
  const series = Object.fromEntries(
    ['fast', 'slow'].flatMap((role) => [
      [`kaapana_${role}_fs_available_bytes${labels}`, '5x20'],
      [`kaapana_${role}_fs_size_bytes${labels}`, '100x20'],
    ]),
  );
  const annotations = {
    summary: 'the data directory /home/kaapana has 5% left',
    description: 'Extend the disk, or delete data that nobody needs; databases stop when it is full.',
  };
  firing(
    '10m',
    series,
    'DataDirectoryFilling',
    ['warning', 'critical'].map((severity) => ({ exp_labels: { ...disk, severity }, exp_annotations: annotations })),
  );
});

test('pods that ended well, and pods of others, are not reported', () => {
  const pod = (namespace: string, name: string): Record<string, string> => ({
    [`kube_pod_status_ready{namespace="${namespace}", pod="${name}", condition="false"}`]: '1x30',
    [`kube_pod_status_phase{namespace="${namespace}", pod="${name}", phase="Succeeded"}`]: '1x30',
  });
  firing('20m', pod('services', 'init'), 'PodNotReady', []);
  firing(
    '20m',
    { 'kube_pod_status_ready{namespace="site2-services", pod="minio", condition="false"}': '1x30' },
    'PodNotReady',
    [],
  );
});

test('more failures than successes are reported', () => {
  const series = {
    'af_agg_ti_failures{airflow_id="airflow"}': '0+1x90',
    'af_agg_ti_successes{airflow_id="airflow"}': '0+0x90',
  };
  firing('80m', series, 'TasksFailing', [
    {
      exp_labels: { airflow_id: 'airflow', severity: 'warning' },
      exp_annotations: {
        summary: 'more tasks fail than succeed: 60 within an hour',
        description: 'The dashboard Workflows shows which.',
      },
    },
  ]);
  firing('80m', { ...series, 'af_agg_ti_successes{airflow_id="airflow"}': '0+2x90' }, 'TasksFailing', []);
});

test('Alertmanager understands its configuration, with mail and without', () => {
  const account = { username: 'kaapana', password: secretToken('smtp.password') };
  const mail = {
    host: 'mail.example.org',
    port: 587,
    sender: 'kaapana@example.org',
    recipients: ['ops@example.org'],
    account,
  };
  for (const given of [undefined, mail, { ...mail, account: undefined }, { ...mail, recipients: undefined }]) {
    expect(run('amtool', 'check-config', alertmanager(given))).toContain('SUCCESS');
  }
});

test('every alert reaches the platform', () => {
  const file = alertmanager();
  const route = (...labels: string[]): string =>
    run('amtool', 'config', 'routes', 'test', `--config.file=${file}`, ...labels).trim();
  expect(route('alertname=NodeNotReady', 'severity=critical')).toBe('platform');
  expect(route('alertname=ContainerRestarts', 'severity=warning')).toBe('platform');
  expect(route('alertname=Unheard')).toBe('platform');
});
