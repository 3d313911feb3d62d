import { type Cluster, type Pods, type ServiceModel, templateOf } from '../../../src/checks/network/cluster';
import { containersOf, type Manifest, objectAt, objectsAt, textAt } from '../../../src/objects/manifest';
import type { Reference } from './reference';

/** Files that are for others than the pods that have them: tasks of workflows, and the users of dashboards. */
const FOR_OTHERS = /^(airflow-pod-template|grafana-dashboard)/;

/** Hosts that are reached without a proxy, and not all are. */
const EXCEPTIONS = /^no_proxy$/i;

const SCHEMES: Readonly<Record<string, number>> = { http: 80, https: 443, ldap: 389, postgresql: 5432 };

/**
 * Connections to Services that workloads have in their environment, their arguments and their files; who names a host
 * asks the DNS server first.
 */
export function hostReferences(cluster: Cluster, objects: readonly Manifest[]): Reference[] {
  return [...cluster.workloads.values()].flatMap((pods) => {
    const found = textsOf(pods, objects).flatMap(({ where, text }) =>
      hostsIn(text, cluster).map(({ to, port }) => ({ from: pods.name, to, port, evidence: where })),
    );
    return found.length === 0
      ? []
      : [...found, { from: pods.name, to: 'coredns', port: '53/udp', evidence: 'names hosts' }];
  });
}

/** The Services in `text`, each with the port that stands beside it, that of its scheme, or its first one. */
function hostsIn(text: string, { services }: Cluster): { to: string; port: string }[] {
  return [...text.matchAll(/([a-z\d][a-z\d-]*)\.([a-z\d][a-z\d-]*)\.svc(?:\.cluster\.local)?\b/g)].flatMap((match) => {
    const [host, name = '', namespace = ''] = match;
    const service = services.get(`${namespace}/${name}`);
    if (!service) return [];
    const [, explicit] = /^[:,](\d+)/.exec(text.slice(match.index + host.length)) ?? [];
    const [, scheme = 'http'] = /([a-z]+):\/\/(?:[^\s/"']*@)?$/.exec(text.slice(0, match.index)) ?? [];
    return [{ to: `svc:${namespace}/${name}`, port: explicit ?? portOf(service, SCHEMES[scheme]) }];
  });
}

function portOf({ ports }: ServiceModel, usual: number | undefined): string {
  const numbers = ports.map(({ port }) => port);
  return String(numbers.includes(usual) ? usual : numbers[0]);
}

/** All that a workload is told, and where. */
function textsOf(pods: Pods, objects: readonly Manifest[]): { where: string; text: string }[] {
  const template = (pods.workload && templateOf(pods.workload)) ?? {};
  const valuesOf = (kind: string, name: string | undefined): Readonly<Record<string, string>> => {
    const found = objects.find(
      (object) => object.kind === kind && object.metadata.name === name && object.metadata.namespace === pods.namespace,
    );
    return found ? valuesIn(found) : {};
  };
  const environment = containersOf(template)
    .flatMap((container) =>
      objectsAt(container.env).map(({ name, value, valueFrom }) => {
        const { secretKeyRef, configMapKeyRef } = objectAt(valueFrom);
        const [kind, ref] =
          secretKeyRef === undefined
            ? (['ConfigMap', objectAt(configMapKeyRef)] as const)
            : (['Secret', objectAt(secretKeyRef)] as const);
        return {
          where: textAt(name) ?? '',
          text: textAt(value) ?? valuesOf(kind, textAt(ref.name))[textAt(ref.key) ?? ''] ?? '',
        };
      }),
    )
    .filter(({ where }) => !EXCEPTIONS.test(where));
  const words = containersOf(template).map(({ command, args }) => ({
    where: 'its arguments',
    text: JSON.stringify([command, args]),
  }));
  const files = objectsAt(objectAt(template.spec).volumes).flatMap(({ configMap, secret }) => {
    const [kind, name] =
      secret === undefined
        ? ['ConfigMap', textAt(objectAt(configMap).name)]
        : ['Secret', textAt(objectAt(secret).secretName)];
    if (name === undefined || FOR_OTHERS.test(name)) return [];
    return Object.entries(valuesOf(kind, name)).map(([key, text]) => ({ where: `${kind} ${name} ${key}`, text }));
  });
  return [...environment, ...words, ...files];
}

/** Of a Secret too, whose `data` are encoded. */
function valuesIn({ kind, data, stringData }: Manifest): Record<string, string> {
  const texts = Object.entries(objectAt(data)).map(([key, value]) => [
    key,
    kind === 'Secret' ? Buffer.from(String(value), 'base64').toString() : String(value),
  ]);
  return Object.fromEntries([...texts, ...Object.entries(objectAt(stringData))]) as Record<string, string>;
}
