import { type Cluster, type Pods, templateOf } from '../../../src/checks/network/cluster';
import { containersOf, type Manifest, objectAt, objectsAt, textAt } from '../../../src/objects/manifest';
import type { Reference } from './reference';

/** What the reverse proxies connect to: backends of routes, and whom they ask before each request. */
export function routeReferences(cluster: Cluster, objects: readonly Manifest[]): Reference[] {
  const proxies = [...cluster.workloads.values()].filter(
    ({ labels }) => labels['app.kubernetes.io/name'] === 'traefik',
  );
  const from = (found: readonly Pods[], to: string, port: unknown, evidence: string): Reference[] =>
    found.map(({ name }) => ({ from: name, to, port: String(port), evidence }));
  return objects.flatMap(({ kind, metadata: { name, namespace = '', annotations }, spec }) => {
    if (kind === 'Ingress') {
      const ours = proxies.filter((proxy) => ingressClass(proxy) === annotations?.['kubernetes.io/ingress.class']);
      const paths = objectsAt(objectAt(spec).rules).flatMap(({ http }) => objectsAt(objectAt(http).paths));
      return paths.flatMap(({ path, backend }) => {
        const service = objectAt(objectAt(backend).service);
        const { number, name: portName } = objectAt(service.port);
        return from(
          ours,
          `svc:${namespace}/${textAt(service.name) ?? ''}`,
          number ?? portName,
          `Ingress ${name} ${textAt(path) ?? ''}`,
        );
      });
    }
    const address = textAt(objectAt(objectAt(kind === 'Middleware' ? spec : undefined).forwardAuth).address);
    if (address === undefined) return [];
    const { hostname, port } = new URL(address);
    const [service = '', home = ''] = hostname.split('.');
    return from(
      proxies.filter((proxy) => proxy.namespace === namespace),
      `svc:${home}/${service}`,
      port || '80',
      `Middleware ${name}`,
    );
  });
}

/** The class whose routes a proxy serves. @default - those that have none */
function ingressClass({ workload }: Pods): string | undefined {
  const words = JSON.stringify(
    containersOf((workload && templateOf(workload)) ?? {}).map(({ args, command }) => [args, command]),
  );
  return /ingressclass=([\w-]+)/i.exec(words)?.[1];
}
