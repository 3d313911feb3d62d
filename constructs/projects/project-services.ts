import { EXECUTOR_LABELS, TASK_LABELS } from '../flow/airflow-tasks';
import { EVERY_NAMESPACE, type NetworkPeer } from '../kube';

/** Pods that listen, and their port. */
export interface Listener {
  readonly pods: NetworkPeer;
  readonly targetPort: number;

  /** @internal */
  openTo(peer: NetworkPeer): void;
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
  readonly airflow: Listener;

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

/**
 * Lets pods of projects connect, each kind where it has to. Projects that users make later are not known here, so
 * the labels alone count, in every namespace.
 */
export function openToProjects(services: ProjectServices): void {
  const open = (labels: NetworkPeer['podLabels'], ...listeners: (Listener | undefined)[]): void => {
    for (const listener of listeners) listener?.openTo({ namespace: EVERY_NAMESPACE, podLabels: labels });
  };
  const { keycloak, ctp, egressProxy, airflowDatabase, ...others } = services;
  open(PROJECT_PODS.tasks, keycloak.internal, keycloak.external, ...Object.values(others));
  open(PROJECT_PODS.executor, airflowDatabase);
  open(PROJECT_PODS.userMaker, keycloak.internal, services.accessInformation);
  open(PROJECT_PODS.withOpensearch, services.opensearch);
  open(PROJECT_PODS.withCtp, ctp);
  open(PROJECT_PODS.withOutside, egressProxy);
}
