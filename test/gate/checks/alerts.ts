import { kubectl } from '../../integration/support/kubectl';
import { awaitRollout, edit, restart } from '../mutations/edit';
import { until } from '../support/until';

const PROMETHEUS = 'services/prometheus';

/** What an alert may take: scrapes and rules every 30 s, and 30 s in which Alertmanager gathers its group. */
const ALERT_MS = 180_000;

/**
 * Takes away a watched program, whose alert may fire at once meanwhile; gives what the forwarder said of the alert,
 * or nothing if it never got it.
 *
 * @param service its name in the job that watches services
 */
export async function alertOf(deployment: string, service: string): Promise<string | undefined> {
  const [namespace = '', name = ''] = deployment.split('/');
  const scale = (replicas: number): string =>
    kubectl(['scale', `deployment/${name}`, `--namespace=${namespace}`, `--replicas=${replicas}`]);
  const undo = edit('configmap', 'services/prometheus-alerts-config', ({ data }) => {
    data['alert.rules'] = data['alert.rules'].replace(/(?<=alert: ServiceUnreachable\n[^]*?for: )\S+/, '0s');
  });
  restart(PROMETHEUS);
  scale(0);
  awaitRollout(PROMETHEUS);
  try {
    return await until(
      () => Promise.resolve(linesOfForwarder().find((line) => isAbout(line, service))),
      (line) => line !== undefined,
      ALERT_MS,
    );
  } finally {
    scale(1);
    await undo();
    restart(PROMETHEUS);
    awaitRollout(PROMETHEUS);
  }
}

function linesOfForwarder(): string[] {
  const container = '--container=alertmanager-forwarder';
  return kubectl(['logs', 'deployment/alertmanager', '--namespace=services', container, '--tail=-1']).split('\n');
}

function isAbout(line: string, service: string): boolean {
  return line.includes('"ServiceUnreachable"') && line.includes(JSON.stringify(service)) && line.includes('"firing"');
}
