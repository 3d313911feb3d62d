import { NAMESPACE_NAME } from '../../../constructs/kube';
import { type JsonObject, type Manifest, objectAt, objectsAt, podTemplate, textAt } from '../../objects/manifest';
import { type Labels, labelsAt, selectorOf } from './selector';

/** Transport protocols that policies know. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A port at which pods listen. */
export interface Port {
  readonly number: number;
  readonly protocol: Protocol;
}

/** A port that a container names. */
export interface ContainerPort extends Port {
  /** @default - it has none */
  readonly name?: string;
}

/** A pod, or any number of equal ones. */
export interface Pods {
  readonly kind: 'pods';

  /** What they are called: `namespace/workload`, or `namespace{label=value}`. */
  readonly name: string;

  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];

  /** Whether they are in the network of their node, where policies neither hold nor know them. */
  readonly onNode: boolean;

  /** What makes them. @default - nobody yet: pods that could be there */
  readonly workload?: Manifest;
}

/** Somebody who is no pod. */
export interface Outsider {
  readonly kind: 'outsider';
  readonly name: string;
  readonly address: string;

  /** Whether it is the kubelet of the pod's own node, which always reaches it. */
  readonly isKubelet: boolean;
}

/** One end of a connection. */
export type Peer = Pods | Outsider;

/** A Service, as far as it leads to pods. */
export interface ServiceModel {
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly JsonObject[];

  /** Those behind it; jobs are no servers. */
  readonly pods: readonly Pods[];
}

/** Addresses that `ipBlock`s of policies are compared with. */
export interface Addresses {
  /** Any one of the pod network: it stands for all pods. */
  readonly pods: string;

  /** That of the nodes. */
  readonly nodes: string;

  /** Network of Services, whose addresses policies never see. @default - it is not known */
  readonly services?: string;
}

/** What network policies are about, by names `namespace/name`. */
export interface Cluster {
  readonly addresses: Addresses;
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly workloads: ReadonlyMap<string, Pods>;
  readonly services: ReadonlyMap<string, ServiceModel>;
  readonly policies: readonly Manifest[];
}

/** The cluster that has these objects, and no others. */
export function clusterOf(objects: readonly Manifest[], addresses: Addresses): Cluster {
  const workloads = byName(objects.flatMap((object) => podsOf(object) ?? []));
  const namespaces = objects
    .filter(({ kind }) => kind === 'Namespace')
    .map(({ metadata: { name, labels } }) => [name, labelsOfNamespace(name, labels)] as const);
  return {
    addresses,
    workloads,
    namespaces: new Map(namespaces),
    services: servicesOf(objects, [...workloads.values()]),
    policies: objects.filter(
      ({ kind, apiVersion }) => kind === 'NetworkPolicy' && apiVersion === 'networking.k8s.io/v1',
    ),
  };
}

/** The labels of the namespace `name`; one that nobody has described has its name alone. */
export function namespaceLabels({ namespaces }: Cluster, name: string): Labels {
  return namespaces.get(name) ?? labelsOfNamespace(name);
}

/** Pods that could be there: of tasks, of charts that users install. */
export function podsThatCouldBe(namespace: string, labels: Labels, name = `${namespace}{${labelText(labels)}}`): Pods {
  return { kind: 'pods', name, namespace, labels, ports: [], onNode: false };
}

/** `label=value,label=value`. */
function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/** The port that pods call `name`. */
export function namedPort({ ports }: Pods, name: unknown, protocol: Protocol): Port | undefined {
  return ports.find((port) => port.name === name && port.protocol === protocol);
}

/** The protocol of a port of any object. */
export function protocolOf({ protocol }: JsonObject): Protocol {
  return protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP';
}

/** Pod template of any workload. */
export function templateOf(manifest: Manifest): JsonObject | undefined {
  if (manifest.kind === 'Pod') return manifest;
  if (manifest.kind !== 'CronJob') return podTemplate(manifest);
  const { spec } = objectAt(objectAt(manifest.spec).jobTemplate);
  return objectAt(objectAt(spec).template);
}

function podsOf(workload: Manifest): Pods | undefined {
  const template = templateOf(workload);
  if (template === undefined) return undefined;
  const {
    metadata: { namespace = 'default', name },
    kind,
  } = workload;
  const { hostNetwork, containers } = objectAt(template.spec);
  // The controller of Jobs labels their pods.
  const given: Labels = kind === 'Job' ? { 'job-name': name, 'batch.kubernetes.io/job-name': name } : {};
  return {
    kind: 'pods',
    name: `${namespace}/${name}`,
    namespace,
    workload,
    onNode: hostNetwork === true,
    labels: { ...labelsAt(objectAt(template.metadata).labels), ...given },
    ports: objectsAt(containers)
      .flatMap((container) => objectsAt(container.ports))
      .flatMap(containerPort),
  };
}

function containerPort(port: JsonObject): ContainerPort[] {
  const { containerPort: number, name } = port;
  return typeof number === 'number' ? [{ number, protocol: protocolOf(port), name: textAt(name) }] : [];
}

/** A Service that is but a name for another one leads where that one does. */
function servicesOf(objects: readonly Manifest[], workloads: readonly Pods[]): Map<string, ServiceModel> {
  const all = objects.filter(({ kind }) => kind === 'Service');
  const models = all.map((service) => serviceOf(service, workloads));
  const found = new Map(models.map((model) => [`${model.namespace}/${model.name}`, model]));
  for (const {
    metadata: { namespace = 'default', name },
    spec,
  } of all) {
    const [, other = '', home = ''] =
      /^([a-z\d-]+)\.([a-z\d-]+)\.svc\b/.exec(textAt(objectAt(spec).externalName) ?? '') ?? [];
    const meant = found.get(`${home}/${other}`);
    if (meant) found.set(`${namespace}/${name}`, meant);
  }
  return found;
}

function serviceOf(
  { metadata: { namespace = 'default', name }, spec }: Manifest,
  workloads: readonly Pods[],
): ServiceModel {
  const { selector, ports } = objectAt(spec);
  const labels = labelsAt(selector);
  const selects = selectorOf({ matchLabels: labels });
  const pods =
    Object.keys(labels).length === 0
      ? []
      : workloads.filter(
          (candidate) =>
            candidate.namespace === namespace && candidate.workload?.kind !== 'Job' && selects(candidate.labels),
        );
  return { namespace, name, ports: objectsAt(ports), pods };
}

function labelsOfNamespace(name: string, labels: Labels = {}): Labels {
  return { ...labels, [NAMESPACE_NAME]: name };
}

function byName(pods: readonly Pods[]): Map<string, Pods> {
  return new Map(pods.map((each) => [each.name, each]));
}
