import type { NetworkPeer } from '../kube';

/** Labels of the pods that work for a project, whether Airflow starts them or a task of it. */
export const TASK_LABELS = { 'kaapana.ai/type': 'processing-container', 'kaapana.type': 'processing-container' } as const;

/** Why pods that read workflows have a token. */
export const NEEDS_TOKEN = "the plugins' Kubernetes client does not load without a token; its account has no role";

/** Pods that tasks of workflows start in `namespace`. */
export function taskPods(namespace: string): NetworkPeer {
  return { namespace, podLabels: { 'kaapana.ai/type': TASK_LABELS['kaapana.ai/type'] } };
}

/** Pods that Airflow's KubernetesExecutor starts in `namespace`: those that report to Airflow's database. */
export function executorPods(namespace: string): NetworkPeer {
  const { podLabels } = taskPods(namespace);
  return { namespace, podLabels: { ...podLabels, kubernetes_executor: 'True' } };
}
