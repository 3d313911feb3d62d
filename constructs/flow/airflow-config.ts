import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type Mount, Volume } from '../kube';
import type { Origin } from '../platform/origin';
import { AIRFLOW_HOME } from './airflow-environment';
import hook from './airflow-hook.py.txt';
import login from './airflow-login.py.txt';

/** Properties of `AirflowConfig`. */
export interface AirflowConfigProps {
  readonly namespace: string;

  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** Who takes metrics, by UDP. */
  readonly statsd: Address;
}

/** Settings of Airflow by section and name, in its own words. */
export type AirflowSettings = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/** Path that the web server serves below. */
export const AIRFLOW_PATH = '/flow';

/** Where the template of task pods is looked for. */
export const POD_TEMPLATE_FILE = `${AIRFLOW_HOME}/pod_template.yaml`;

const TIME_ZONE = 'Europe/Berlin';

/** Airflow's configuration files; none holds a credential (airflow-chart, Kaapana 0.6.0). */
export class AirflowConfig extends Construct {
  /** What every program of Airflow reads. */
  public readonly program: readonly Mount[];

  /** What the scheduler does to the pods of tasks. */
  public readonly hook: Mount;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AirflowConfigProps,
  ) {
    super(scope, id);
    this.program = [
      this.file('Settings', 'airflow-configmap', 'airflow.cfg', ini(airflowSettings(props))),
      this.file('Login', 'airflow-webserver-config', 'webserver_config.py', login),
    ];
    this.hook = this.file('Hook', 'airflow-local-settings', 'airflow_local_settings.py', hook, 'config/');
  }

  private file(id: string, name: string, file: string, content: string, directory = ''): Mount {
    const map = new kplus.ConfigMap(this, id, {
      metadata: { name, namespace: this.props.namespace },
      data: { [file]: content },
    });
    return Volume.configMap(name, map).at(`${AIRFLOW_HOME}/${directory}${file}`, { subPath: file });
  }
}

/** What differs from Airflow's own defaults (2.11). */
export function airflowSettings({ origin, statsd }: AirflowConfigProps): AirflowSettings {
  return {
    core: {
      executor: 'LocalExecutor,KubernetesExecutor',
      parallelism: 50,
      max_active_tasks_per_dag: 20,
      max_active_runs_per_dag: 20,
      dags_are_paused_at_creation: false,
      load_examples: false,
      default_timezone: TIME_ZONE,
      hostname_callable: 'airflow.utils.net.get_host_ip_address', // Pods find each other by address, not by name.
      execute_tasks_new_python_interpreter: true, // A plugin that is installed later is seen by the next task.
      killed_task_cleanup_time: 30,
    },
    kubernetes_executor: {
      namespace: 'ALL_NAMESPACES',
      pod_template_file: POD_TEMPLATE_FILE,
      delete_worker_pods: false,
      worker_pods_creation_batch_size: 25,
    },
    database: { sql_alchemy_conn: '$SQL_ALCHEMY_CONN', load_default_connections: false },
    metrics: { statsd_on: true, statsd_host: statsd.host, statsd_port: statsd.port },
    api: { auth_backends: API_LOGIN },
    webserver: {
      base_url: `https://${origin.domain}:${origin.httpsPort}${AIRFLOW_PATH}`,
      enable_proxy_fix: true,
      cookie_secure: true,
      cookie_samesite: 'Strict',
      default_ui_timezone: TIME_ZONE,
      dag_default_view: 'graph',
    },
    scheduler: {
      enable_health_check: true,
      scheduler_heartbeat_sec: 2,
      min_file_process_interval: 15,
      dag_dir_list_interval: 60,
      max_tis_per_query: 512,
    },
  };
}

/** By the session of a browser, or by name and password. */
export const API_LOGIN = 'airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth';

function ini(settings: AirflowSettings): string {
  return Object.entries(settings)
    .map(([section, values]) =>
      [`[${section}]`, ...Object.entries(values).map(([name, value]) => `${name} = ${iniValue(value)}`), ''].join('\n'),
    )
    .join('\n');
}

function iniValue(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}
