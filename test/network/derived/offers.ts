import { parse } from 'yaml';
import { type Cluster, type Pods, templateOf } from '../../../src/checks/network/cluster';
import { labelsAt } from '../../../src/checks/network/selector';
import { containersOf, type JsonObject, type Manifest, objectAt, objectsAt } from '../../../src/objects/manifest';
import type { Reference } from './reference';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/**
 * What workloads ask others to connect to: Prometheus by annotations, the kubelet by probes, the world by node ports;
 * and who asks the API server.
 */
export function offerReferences(cluster: Cluster, objects: readonly Manifest[]): Reference[] {
  const workloads = [...cluster.workloads.values()];
  const scrapers = workloads
    .filter(({ labels }) => labels['app.kubernetes.io/name'] === 'prometheus-server')
    .map(({ name, namespace }) => ({ name, watches: watchedBy(namespace, objects) }));
  return [
    ...workloads.flatMap((pods) => [...scrapes(pods, scrapers), ...probes(pods)]),
    ...[...cluster.services.entries()].flatMap(([name, { ports }]) =>
      ports
        .filter(({ nodePort }) => nodePort !== undefined)
        .map(
          ({ port, protocol, nodePort }): Reference => ({
            from: 'internet',
            to: `svc:${name}`,
            port: protocol === 'UDP' ? `${String(port)}/udp` : String(port),
            evidence: `node port ${String(nodePort)}`,
          }),
        ),
    ),
    ...workloads
      .filter((pods) => specOf(pods).automountServiceAccountToken === true)
      .map(
        ({ name }): Reference => ({
          from: name,
          to: 'api-server',
          port: '16443',
          evidence: 'has the token of an account',
        }),
      ),
  ];
}

/** Namespaces whose pods the Prometheus of `namespace` finds. */
function watchedBy(namespace: string, objects: readonly Manifest[]): ReadonlySet<unknown> {
  const config = objects.find(
    ({ kind, metadata }) =>
      kind === 'ConfigMap' && metadata.name === 'prometheus-config' && metadata.namespace === namespace,
  );
  const { scrape_configs: jobs } = parse(String(objectAt(config?.data)['prometheus.yaml'])) as {
    scrape_configs: readonly JsonObject[];
  };
  const finders = jobs.flatMap((job) => objectsAt(job.kubernetes_sd_configs)).filter(({ role }) => role === 'pod');
  return new Set(finders.flatMap(({ namespaces }) => objectAt(namespaces).names as readonly string[]));
}

function scrapes(
  pods: Pods,
  scrapers: readonly { readonly name: string; readonly watches: ReadonlySet<unknown> }[],
): Reference[] {
  const annotations = labelsAt(
    objectAt(objectAt((pods.workload && templateOf(pods.workload)) ?? {}).metadata).annotations,
  );
  const ours = scrapers.filter(({ watches }) => watches.has(pods.namespace));
  return ['', '_2', '_3']
    .filter((suffix) => annotations[`prometheus.io/scrape${suffix}`] === 'true')
    .flatMap((suffix) =>
      ours.map(({ name }) => ({
        from: name,
        to: pods.name,
        port: annotations[`prometheus.io/port${suffix}`] ?? '',
        evidence: `prometheus.io/scrape${suffix}`,
      })),
    );
}

function probes(pods: Pods): Reference[] {
  return containersOf((pods.workload && templateOf(pods.workload)) ?? {}).flatMap((container) =>
    PROBES.flatMap((probe) => {
      const { httpGet, tcpSocket, grpc } = objectAt(container[probe]);
      const { port } = objectAt(httpGet ?? tcpSocket ?? grpc);
      const number = typeof port === 'string' ? pods.ports.find(({ name }) => name === port)?.number : port;
      return port === undefined ? [] : [{ from: 'kubelet', to: pods.name, port: String(number), evidence: probe }];
    }),
  );
}

function specOf({ workload }: Pods): JsonObject {
  return objectAt(((workload && templateOf(workload)) ?? {}).spec);
}
