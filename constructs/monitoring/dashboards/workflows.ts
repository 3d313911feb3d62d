import type { Dashboard } from './dashboard';
import type { Panel } from './panel';

const SMALL = { width: 4, height: 4 } as const;

/** Queues and workflows: what waits, what runs, what fails. */
export function workflows(): Dashboard {
  return {
    uid: 'kaapana-workflows',
    title: 'Workflows',
    description: 'What waits, what runs, what fails in Airflow.',
    rows: [
      { title: 'Now', panels: now() },
      { title: 'Queue', panels: queue() },
      { title: 'Results', panels: results() },
      { title: 'Scheduler', panels: scheduler() },
    ],
  };
}

/** One workflow, or some: how often, how long, how well. */
export function workflow(): Dashboard {
  const dag = 'dag_id=~"$dag"';
  const mean = (metric: string): string => `rate(${metric}_sum{${dag}}[1h]) / rate(${metric}_count{${dag}}[1h])`;
  const finished = (state: string): string =>
    `sum by (dag_id) (increase(af_agg_ti_finish{${dag}, state="${state}"}[1h]))`;
  return {
    uid: 'kaapana-workflow',
    title: 'A workflow',
    description: 'How often, how long and how well workflows run.',
    range: '7d',
    variables: [{ name: 'dag', label: 'Workflow', values: 'label_values(af_agg_ti_finish, dag_id)' }],
    rows: [
      {
        title: 'Runs',
        panels: [
          {
            kind: 'course',
            title: 'Duration of runs that succeed',
            unit: 's',
            queries: [{ expr: mean('af_agg_dagrun_duration_success'), legend: '{{dag_id}}' }],
          },
          {
            kind: 'course',
            title: 'Duration of runs that fail',
            unit: 's',
            queries: [{ expr: mean('af_agg_dagrun_duration_failed'), legend: '{{dag_id}}' }],
          },
          {
            kind: 'course',
            title: 'Runs that succeed, per hour',
            unit: 'none',
            queries: [{ expr: `increase(af_agg_dagrun_duration_success_count{${dag}}[1h])`, legend: '{{dag_id}}' }],
          },
          {
            kind: 'course',
            title: 'Runs that fail, per hour',
            unit: 'none',
            queries: [{ expr: `increase(af_agg_dagrun_duration_failed_count{${dag}}[1h])`, legend: '{{dag_id}}' }],
          },
        ],
      },
      {
        title: 'Tasks',
        panels: [
          {
            kind: 'course',
            title: 'Tasks that succeed, per hour',
            unit: 'none',
            queries: [{ expr: finished('success'), legend: '{{dag_id}}' }],
          },
          {
            kind: 'course',
            title: 'Tasks that fail, per hour',
            unit: 'none',
            queries: [{ expr: finished('failed'), legend: '{{dag_id}}' }],
          },
          {
            kind: 'bars',
            title: 'Longest tasks',
            unit: 's',
            queries: [{ expr: `topk(15, ${mean('af_agg_dag_task_duration')})`, legend: '{{dag_id}} {{task_id}}' }],
          },
          {
            kind: 'bars',
            title: 'Tasks that fail most, within a day',
            unit: 'none',
            queries: [
              {
                expr: `topk(15, sum by (dag_id, task_id) (increase(af_agg_ti_finish{${dag}, state="failed"}[1d])) > 0)`,
                legend: '{{dag_id}} {{task_id}}',
              },
            ],
          },
          {
            kind: 'course',
            title: 'Delay before the first task',
            unit: 's',
            queries: [{ expr: mean('af_agg_dagrun_first_task_scheduling_delay'), legend: '{{dag_id}}' }],
          },
        ],
      },
    ],
  };
}

function now(): Panel[] {
  return [
    {
      kind: 'number',
      title: 'Tasks running',
      ...SMALL,
      unit: 'none',
      queries: [{ expr: 'sum(af_agg_executor_running_tasks)' }],
    },
    {
      kind: 'number',
      title: 'Tasks waiting',
      ...SMALL,
      unit: 'none',
      queries: [{ expr: 'sum(af_agg_executor_queued_tasks)' }],
    },
    {
      kind: 'number',
      title: 'Tasks without a slot',
      ...SMALL,
      unit: 'none',
      thresholds: { warning: 1, critical: 10 },
      queries: [{ expr: 'sum(af_agg_pool_starving_tasks) or vector(0)' }],
    },
    {
      kind: 'number',
      title: 'Failed within an hour',
      ...SMALL,
      unit: 'none',
      thresholds: { warning: 1, critical: 10 },
      queries: [{ expr: 'round(sum(increase(af_agg_ti_failures[1h]))) or vector(0)' }],
    },
    {
      kind: 'number',
      title: 'Files with errors',
      ...SMALL,
      unit: 'none',
      thresholds: { warning: 1, critical: 2 },
      queries: [{ expr: 'max(af_agg_dag_processing_import_errors)' }],
    },
    {
      kind: 'number',
      title: 'Signs of life, per minute',
      ...SMALL,
      unit: 'none',
      thresholds: { warning: 2, critical: 1 },
      queries: [{ expr: 'sum(rate(af_agg_scheduler_heartbeat[5m])) * 60' }],
    },
  ];
}

function queue(): Panel[] {
  return [
    {
      kind: 'course',
      title: 'Tasks',
      unit: 'none',
      stacked: true,
      queries: [
        { expr: 'sum(af_agg_executor_running_tasks)', legend: 'running' },
        { expr: 'sum(af_agg_executor_queued_tasks)', legend: 'waiting' },
      ],
    },
    {
      kind: 'course',
      title: 'Free slots, by pool',
      description: 'Memory, processors and GPUs are pools: at 0, tasks wait for them.',
      unit: 'none',
      queries: [{ expr: 'af_agg_pool_open_slots', legend: '{{pool_name}}' }],
    },
    {
      kind: 'course',
      title: 'Slots in use, by pool',
      unit: 'none',
      queries: [{ expr: 'af_agg_pool_running_slots', legend: '{{pool_name}}' }],
    },
    {
      kind: 'course',
      title: 'Tasks that wait for a slot, by pool',
      unit: 'none',
      queries: [
        {
          expr: 'af_agg_pool_queued_slots + on (airflow_id, pool_name) af_agg_pool_starving_tasks',
          legend: '{{pool_name}}',
        },
      ],
    },
  ];
}

function results(): Panel[] {
  const ended = (metric: string): string => `sum(increase(${metric}[10m]))`;
  return [
    {
      kind: 'course',
      title: 'Tasks ended, per 10 minutes',
      unit: 'none',
      stacked: true,
      queries: [
        { expr: ended('af_agg_ti_successes'), legend: 'succeeded' },
        { expr: ended('af_agg_ti_failures'), legend: 'failed' },
      ],
    },
    {
      kind: 'bars',
      title: 'Most failures within a day',
      unit: 'none',
      queries: [
        {
          expr: 'topk(10, sum by (dag_id) (increase(af_agg_ti_finish{state="failed"}[1d])) > 0)',
          legend: '{{dag_id}}',
        },
      ],
    },
    {
      kind: 'course',
      title: 'Failures, by operator',
      unit: 'none',
      queries: [
        { expr: 'sum by (operator_name) (increase(af_agg_operator_failures[10m])) > 0', legend: '{{operator_name}}' },
      ],
    },
    {
      kind: 'bars',
      title: 'Most runs within a day',
      unit: 'none',
      queries: [
        {
          expr: 'topk(10, sum by (dag_id) (increase(af_agg_dagrun_duration_success_count[1d])) > 0)',
          legend: '{{dag_id}}',
        },
      ],
    },
  ];
}

function scheduler(): Panel[] {
  return [
    {
      kind: 'course',
      title: 'Signs of life, per minute',
      unit: 'none',
      queries: [{ expr: 'rate(af_agg_scheduler_heartbeat[5m]) * 60', legend: 'scheduler' }],
    },
    {
      kind: 'course',
      title: 'Time to read all workflows',
      unit: 's',
      queries: [{ expr: 'af_agg_dag_processing_total_parse_time', legend: 'reading' }],
    },
    {
      kind: 'course',
      title: 'Workflows known',
      unit: 'none',
      queries: [{ expr: 'af_agg_dagbag_size', legend: 'workflows' }],
    },
    {
      kind: 'course',
      title: 'Tasks gone astray, per hour',
      unit: 'none',
      queries: [
        { expr: 'increase(af_agg_zombies_killed[1h])', legend: 'without a process' },
        { expr: 'increase(af_agg_scheduler_tasks_killed_externally[1h])', legend: 'ended from outside' },
        { expr: 'increase(af_agg_scheduler_orphaned_tasks_cleared[1h])', legend: 'without a scheduler' },
      ],
    },
  ];
}
