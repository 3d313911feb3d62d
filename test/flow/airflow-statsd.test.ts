import { parse } from 'yaml';
import { airflowMetrics } from '../../constructs/flow/airflow-metrics';
import { AirflowStatsd } from '../../constructs/flow/airflow-statsd';
import { chart, object } from '../support';
import { NAMESPACE, platform } from './support';

function statsd() {
  const scope = chart();
  return { scope, component: new AirflowStatsd(scope, 'Statsd', { platform: platform(), namespace: NAMESPACE }) };
}

test('it takes metrics by UDP and offers them for scraping', () => {
  const { scope, component } = statsd();
  expect(component.statsd.url).toBe('udp://airflow-statsd-service.services.svc:8125');
  expect(component.metrics.url).toBe('http://airflow-statsd-service.services.svc:9102');
  expect(object(scope, 'Service', 'airflow-statsd-service').spec.ports).toEqual([
    { name: 'web-listen', port: 9102, protocol: 'TCP', targetPort: 'metrics' },
    { name: 'statsd-udp-listen', port: 8125, protocol: 'UDP', targetPort: 'statsd' },
  ]);
  expect(object(scope, 'Deployment', 'airflow-statsd').spec.template.metadata.annotations).toMatchObject({
    'prometheus.io/port': '9102',
    'prometheus.io/custom_job_name': 'Airflow',
  });
});

test('its rules stand in the file that it is told to read', () => {
  const { scope } = statsd();
  const [{ args, volumeMounts }] = object(scope, 'Deployment', 'airflow-statsd').spec.template.spec.containers;
  expect(args[0]).toBe(`--statsd.mapping-config=${volumeMounts[0].mountPath}`);
  expect(parse(object(scope, 'ConfigMap', 'airflow-statsd-config').data['statsd_mapping.yaml'])).toEqual({
    mappings: airflowMetrics(),
  });
});

test.each([
  ['*.ti.finish.*.*.*', 'counter', 'af_agg_ti_finish', { airflow_id: '$1', dag_id: '$2', task_id: '$3', state: '$4' }],
  ['*.scheduler_heartbeat', 'counter', 'af_agg_scheduler_heartbeat', { airflow_id: '$1' }],
  ['*.executor.running_tasks.*', 'gauge', 'af_agg_executor_running_tasks', { airflow_id: '$1', executor: '$2' }],
  [
    '*.dagrun.*.first_task_scheduling_delay',
    'observer',
    'af_agg_dagrun_first_task_scheduling_delay',
    { airflow_id: '$1', dag_id: '$2' },
  ],
  ['*.dagrun.dependency-check.*', 'observer', 'af_agg_dagrun_dependency_check', { airflow_id: '$1', dag_id: '$2' }],
  ['*.dag.*.*.duration', 'observer', 'af_agg_dag_task_duration', { airflow_id: '$1', dag_id: '$2', task_id: '$3' }],
])('%s is a %s called %s', (match, type, name, labels) => {
  expect(airflowMetrics()).toContainEqual({ match, match_metric_type: type, name, labels });
});

test('each rule has as many labels as it has wildcards, and all patterns differ', () => {
  const rules = airflowMetrics();
  for (const { match, match_type: kind, labels } of rules) {
    const wildcards = kind === 'regex' ? match.split('(').length - 1 : match.split('*').length - 1;
    expect(Object.values(labels)).toEqual(Array.from({ length: wildcards }, (_, index) => `$${index + 1}`));
  }
  expect(new Set(rules.map(({ match }) => match)).size).toBe(rules.length);
});

test('names with a label within a part are taken apart', () => {
  const rule = airflowMetrics().find(({ name }) => name === 'af_agg_operator_failures');
  const pattern = new RegExp(rule?.match ?? '');
  expect('airflow.operator_failures_PythonOperator'.match(pattern)?.slice(1)).toEqual(['airflow', 'PythonOperator']);
  expect(pattern.test('airflow.operator_failures')).toBe(false);
  expect(rule?.labels).toEqual({ airflow_id: '$1', operator_name: '$2' });
});
