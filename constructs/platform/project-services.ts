import type { k8s } from 'cdk8s-plus-27';
import { NAMESPACE_NAME, type NetworkPeer, type Peer, type PodSelection } from '../kube';
import { EXECUTOR_LABELS, TASK_LABELS } from './airflow-tasks';
import { INSTANCE_LABEL } from './platform-namespace';

/** Pods that listen, and their port. */
export interface Listener {
  readonly pods: NetworkPeer;
  readonly targetPort: number;

  /** @internal */
  openTo(peer: Peer): void;
}

/** What tasks and applications of projects talk to. */
export interface ProjectServices {
  /** Identity provider: by TLS, and plain. */
  readonly keycloak: { readonly internal: Listener; readonly external: Listener };

  readonly accessInformation: Listener;
  readonly opensearch: Listener;
  readonly dicomWebFilter: Listener;
  readonly minio: Listener;
  readonly backend: Listener;

  /** For pods of Airflow's executor, which report to it. */
  readonly airflowDatabase: Listener;
  readonly notifications: Listener;

  /** Receiver of DICOM images. */
  readonly ctp: Listener;

  /** Way out of the cluster. @default - one that is no pod */
  readonly egressProxy?: Listener;
}

/** Labels of pods in a project, as Airflow, kube-helm and charts give them. */
export const PROJECT_PODS = {
  tasks: TASK_LABELS,
  executor: EXECUTOR_LABELS,
  userMaker: { 'app.kubernetes.io/name': 'create-project-user' },
  withOutside: { 'network-access-external-ips': 'true' },
  withOpensearch: { 'network-access-opensearch': 'true' },
  withCtp: { 'network-access-ctp': 'true' },
} as const;

/** Namespaces that Kubernetes itself makes. */
const SYSTEM_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/**
 * Pods of projects with these labels: of those in `namespaces`, and of those that users make at run time. Nothing tells
 * the latter but what they lack, as policies know no beginnings of names: no environment declares them, whereas every
 * namespace of this or another instance carries its label.
 */
export function projectPods(namespaces: readonly string[], labels: NetworkPeer['podLabels']): PodSelection {
  const projects: k8s.LabelSelector[] = [
    { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'In', values: [...namespaces] }] },
    {
      matchExpressions: [
        { key: INSTANCE_LABEL, operator: 'DoesNotExist' },
        { key: NAMESPACE_NAME, operator: 'NotIn', values: SYSTEM_NAMESPACES },
      ],
    },
  ];
  return { namespaces: projects, pods: { matchLabels: labels } };
}

/** Lets pods of projects connect, each kind where it has to. */
export function openToProjects(services: ProjectServices, namespaces: readonly string[]): void {
  const open = (labels: NetworkPeer['podLabels'], ...listeners: (Listener | undefined)[]): void => {
    for (const listener of listeners) listener?.openTo(projectPods(namespaces, labels));
  };
  const { keycloak, ctp, egressProxy, airflowDatabase, ...others } = services;
  open(PROJECT_PODS.tasks, keycloak.external, ...Object.values(others));
  open(PROJECT_PODS.executor, airflowDatabase);
  open(PROJECT_PODS.userMaker, keycloak.internal, services.accessInformation);
  open(PROJECT_PODS.withOpensearch, services.opensearch);
  open(PROJECT_PODS.withCtp, ctp);
  open(PROJECT_PODS.withOutside, egressProxy);
}
