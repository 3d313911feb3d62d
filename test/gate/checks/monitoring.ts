import { dashboardFiles } from '../../../constructs/monitoring/dashboards';
import { podTemplate } from '../../../src/objects/manifest';
import { kubectl } from '../../integration/support/kubectl';
import type { World } from '../../network/world';
import { BUSYBOX } from '../support/environments';
import type { Gate } from '../support/gate';
import { askAllInside, jsonInside } from '../support/inside';
import { livePods } from '../support/pods';
import { until } from '../support/until';

const PROMETHEUS = 'services/prometheus';
const PROMETHEUS_URL = 'http://localhost:9090/prometheus/api/v1';
const LOKI = 'services/loki';
const LOKI_URL = 'http://localhost:3100/loki/api/v1';

interface Target {
  readonly scrapeUrl: string;
  readonly health: string;
  readonly lastError: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What is wrong with the targets of Prometheus against those that the objects declare, a sentence each. */
export async function targetFindings(gate: Gate, world: World): Promise<string[]> {
  const { data } = await jsonInside<{ data: { activeTargets: Target[] } }>(gate.enter, PROMETHEUS, {
    url: `${PROMETHEUS_URL}/targets?state=active`,
  });
  const workloads = new Map(livePods().map(({ namespace, name, workload }) => [`${namespace}/${name}`, workload]));
  const watched = new Set(
    data.activeTargets.flatMap(({ labels: { kubernetes_namespace: namespace, kubernetes_pod_name: pod } }) =>
      pod === undefined ? [] : (workloads.get(`${namespace}/${pod}`) ?? []),
    ),
  );
  return [
    ...data.activeTargets
      .filter(({ health }) => health !== 'up')
      .map(({ scrapeUrl, health, lastError }) => `Prometheus finds ${scrapeUrl} ${health}: ${lastError}`),
    ...declared(world)
      .filter((workload) => !watched.has(workload))
      .map((workload) => `${workload} says that it has metrics, and Prometheus does not look for them`),
  ];
}

/** Workloads of the first instance whose pods say that they have metrics; a further one has a Prometheus of its own. */
function declared({ settings, objects }: World): string[] {
  const { adminNamespace, servicesNamespace, extensionsNamespace } = settings;
  return objects.flatMap((object) => {
    const { metadata } = (podTemplate(object) ?? {}) as { metadata?: { annotations?: Record<string, string> } };
    const { namespace = '', name } = object.metadata;
    return metadata?.annotations?.['prometheus.io/scrape'] === 'true' &&
      [adminNamespace, servicesNamespace, extensionsNamespace].includes(namespace)
      ? [`${namespace}/${name}`]
      : [];
  });
}

/** Queries of the dashboards that Prometheus or Loki do not accept, a sentence each. */
export async function queryFindings(gate: Gate, namespaces: readonly string[]): Promise<string[]> {
  const queries = dashboardFiles(namespaces, { gpus: true }).flatMap(({ file, content }) => queriesOf(file, content));
  const answers = await Promise.all(
    [false, true].map(async (logs) => {
      const asked = queries.filter((query) => query.logs === logs);
      const base = logs ? `${LOKI_URL}/query_range` : `${PROMETHEUS_URL}/query`;
      const requests = asked.map(({ expr }) => ({ url: `${base}?query=${encodeURIComponent(expr)}` }));
      const said = await askAllInside(gate.enter, logs ? LOKI : PROMETHEUS, requests);
      return asked.map((query, index) => ({ ...query, answer: said[index] }));
    }),
  );
  return answers
    .flat()
    .filter(({ answer }) => answer?.status !== 200)
    .map(({ dashboard, expr, answer }) => `the dashboard ${dashboard} asks ${expr}: ${answer?.body.trim()}`);
}

interface Panel {
  readonly targets?: readonly { readonly expr: string; readonly datasource?: { readonly uid: string } }[];
  readonly datasource?: { readonly uid: string };
}

function queriesOf(dashboard: string, content: string): { dashboard: string; expr: string; logs: boolean }[] {
  const { panels, templating } = JSON.parse(content) as { panels: Panel[]; templating: { list: { name: string }[] } };
  const variables = templating.list.map(({ name }) => name);
  return panels.flatMap(({ targets = [], datasource }) =>
    targets.map(({ expr, datasource: own }) => ({
      dashboard,
      expr: filledIn(expr, variables),
      logs: (own ?? datasource)?.uid === 'loki',
    })),
  );
}

/** A query as Grafana sends it when everything is chosen. */
function filledIn(expr: string, variables: readonly string[]): string {
  const grafana: Readonly<Record<string, string>> = { __rate_interval: '2m', __interval: '1m', __range: '6h' };
  return [...Object.entries(grafana), ...variables.map((name): [string, string] => [name, '.+'])].reduce(
    (text, [name, value]) => text.replaceAll(`\${${name}}`, value).replaceAll(new RegExp(`\\$${name}\\b`, 'g'), value),
    expr,
  );
}

/** What a line may take from a pod to Loki. */
const LINE_MS = 60_000;

/** Whether Loki gets a line that a pod writes now. */
export async function lineArrives(gate: Gate, line: string): Promise<boolean> {
  const writer = { kind: 'pod', name: `writer-${Date.now()}`, namespace: 'services' };
  const command = ['sh', '-c', `echo '${line}'; sleep 60`];
  kubectl([
    ...['run', writer.name, `--namespace=${writer.namespace}`, `--image=${BUSYBOX}`, '--restart=Never'],
    ...['--labels=app=writer', '--command', '--', ...command],
  ]);
  try {
    const query = encodeURIComponent(`{namespace="${writer.namespace}"} |= "${line}"`);
    const look = async (): Promise<boolean> => {
      const { data } = await jsonInside<{ data: { result: unknown[] } }>(gate.enter, LOKI, {
        url: `${LOKI_URL}/query_range?query=${query}`,
      });
      return data.result.length > 0;
    };
    return await until(look, (arrived) => arrived, LINE_MS);
  } finally {
    kubectl(['delete', 'pod', writer.name, `--namespace=${writer.namespace}`, '--now', '--wait=false']);
  }
}
