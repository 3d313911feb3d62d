/** A rule of statsd-exporter: what becomes of a metric whose name fits. */
export interface MetricMapping {
  readonly match: string;
  readonly match_type?: 'regex';
  readonly match_metric_type: 'counter' | 'gauge' | 'observer';
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

type Labels = readonly string[];

/** First part of all names that Airflow sends. */
const STATSD_PREFIX = 'airflow';

/**
 * What Airflow 2.11 counts, by its own names after the prefix. Each `*` is one part of a name and becomes the label
 * that stands beside it; the other parts make the name.
 */
const COUNTERS: Readonly<Record<string, Labels>> = {
  'dag.callback_exceptions': [],
  'dag_processing.processes': [],
  'scheduler.critical_section_busy': [],
  'scheduler.orphaned_tasks.adopted': [],
  'scheduler.orphaned_tasks.cleared': [],
  'scheduler.tasks.killed_externally': [],
  scheduler_heartbeat: [],
  sla_email_notification_failure: [],
  'ti.finish.*.*.*': ['dag_id', 'task_id', 'state'],
  'ti.start.*.*': ['dag_id', 'task_id'],
  ti_failures: [],
  ti_successes: [],
  zombies_killed: [],
};

/** With two executors, Airflow tells theirs apart by the last part of the name. */
const GAUGES: Readonly<Record<string, Labels>> = {
  'dag_processing.import_errors': [],
  'dag_processing.last_runtime.*': ['dag_file'],
  'dag_processing.processor_timeouts': [],
  'dag_processing.total_parse_time': [],
  dagbag_size: [],
  'executor.open_slots.*': ['executor'],
  'executor.queued_tasks.*': ['executor'],
  'executor.running_tasks.*': ['executor'],
  'pool.open_slots.*': ['pool_name'],
  'pool.queued_slots.*': ['pool_name'],
  'pool.running_slots.*': ['pool_name'],
  'pool.starving_tasks.*': ['pool_name'],
  'scheduler.tasks.running': [],
  'scheduler.tasks.starving': [],
};

const TIMES: Readonly<Record<string, Labels>> = {
  'dagrun.*.first_task_scheduling_delay': ['dag_id'],
  'dagrun.dependency-check.*': ['dag_id'],
  'dagrun.duration.failed.*': ['dag_id'],
  'dagrun.duration.success.*': ['dag_id'],
  'dagrun.schedule_delay.*': ['dag_id'],
  'scheduler.critical_section_duration': [],
};

/** Those whose name is not made by the rule: name and labels by Airflow's name. */
const NAMED: readonly (readonly [string, MetricMapping['match_metric_type'], string, Labels])[] = [
  ['dag.*.*.duration', 'observer', 'dag_task_duration', ['dag_id', 'task_id']],
  ['dag_processing.last_duration.*', 'observer', 'dag_processing_duration', ['dag_file']],
  ['dag_processing.last_run.seconds_ago.*', 'gauge', 'dag_processing_last_run_seconds', ['dag_file']],
];

/** Those that hold a label within a part of their name: name and label by what stands around it. */
const WITHIN: readonly (readonly [before: string, after: string, name: string, label: string])[] = [
  ['operator_failures_', '', 'operator_failures', 'operator_name'],
  ['operator_successes_', '', 'operator_successes', 'operator_name'],
  ['', '_start', 'job_start', 'job_name'],
  ['', '_end', 'job_end', 'job_name'],
];

/** Makes of Airflow's metrics those that dashboards and alerts ask for: `af_agg_<name>`, with labels. */
export function airflowMetrics(): MetricMapping[] {
  const byRule = (type: MetricMapping['match_metric_type'], table: Readonly<Record<string, Labels>>): MetricMapping[] =>
    Object.entries(table).map(([metric, labels]) => mapping(metric, type, nameOf(metric), labels));
  return [
    ...byRule('counter', COUNTERS),
    ...byRule('gauge', GAUGES),
    ...byRule('observer', TIMES),
    ...NAMED.map(([metric, type, name, labels]) => mapping(metric, type, name, labels)),
    ...WITHIN.map(
      ([before, after, name, label]): MetricMapping => ({
        match: `^(${STATSD_PREFIX})\\.${before}([^.]+)${after}$`,
        match_type: 'regex',
        match_metric_type: 'counter',
        name: `af_agg_${name}`,
        labels: { airflow_id: '$1', [label]: '$2' },
      }),
    ),
  ];
}

function mapping(
  metric: string,
  type: MetricMapping['match_metric_type'],
  name: string,
  labels: Labels,
): MetricMapping {
  return {
    match: `*.${metric}`,
    match_metric_type: type,
    name: `af_agg_${name}`,
    labels: Object.fromEntries(['airflow_id', ...labels].map((label, index) => [label, `$${index + 1}`])),
  };
}

function nameOf(metric: string): string {
  return metric
    .split('.')
    .filter((part) => part !== '*')
    .join('_')
    .replace(/-/g, '_');
}
