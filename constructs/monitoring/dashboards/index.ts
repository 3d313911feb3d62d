import { type Dashboard, renderDashboard } from './dashboard';
import { gateway } from './gateway';
import { gpus } from './gpus';
import { interfaces } from './interfaces';
import { logs } from './logs';
import { monitoring } from './monitoring';
import { nodes } from './nodes';
import { platformHealth } from './platform-health';
import { storage } from './storage';
import { workflow, workflows } from './workflows';
import { workloads } from './workloads';

/** A dashboard, and where Grafana finds it. */
export interface DashboardFile {
  /** Directory of its own. */
  readonly directory: string;

  /** Name in that directory. */
  readonly file: string;

  /** Name of what tells Grafana of the directory. */
  readonly provider: string;

  readonly content: string;
}

/** The dashboards of a platform in `namespaces`, the first one the most important. */
export function dashboardFiles(
  namespaces: readonly string[],
  options: { readonly gpus?: boolean } = {},
): DashboardFile[] {
  return [
    file('operator-dashboard', platformHealth(namespaces), { file: 'operator-dashboard.json' }),
    file('storage', storage(namespaces)),
    file('airflow-cluster', workflows()),
    file('airflow-dag', workflow()),
    file('kubernetes', workloads()),
    file('node-exporter-dashboard', nodes(), { file: 'node-exporter-dashboard.json' }),
    ...(options.gpus ? [file('gpu', gpus())] : []),
    file('traefik', gateway()),
    file('api', interfaces()),
    file('loki-logs', logs(), { provider: 'loki' }),
    file('prometheus', monitoring()),
  ];
}

function file(
  directory: string,
  dashboard: Dashboard,
  names: { readonly file?: string; readonly provider?: string } = {},
): DashboardFile {
  // Only Grafana reads it: indented, it would be twice as long, and Pulumi keeps three copies.
  const content = `${JSON.stringify(renderDashboard(dashboard))}\n`;
  return {
    directory,
    file: names.file ?? `${directory}-dashboard.json`,
    provider: names.provider ?? directory,
    content,
  };
}
