import type { NetworkPeer } from '../kube';

/** Labels that policies know the pods by that work for a project, whether Airflow starts them or a task of it. */
export const TASK_LABELS = { 'kaapana.ai/type': 'processing-container' } as const;

/** Labels of those among them that Airflow's KubernetesExecutor starts. */
export const EXECUTOR_LABELS = { ...TASK_LABELS, kubernetes_executor: 'True' } as const;

/**
 * The Secret that Airflow's hook writes in the namespace of a project, with the accounts of its executor's pods there.
 * Users make projects at any time, so nobody else could write it; and what a program writes itself is not ours to
 * deploy.
 */
export const TASK_SECRET = 'airflow-task-accounts';

/** Why pods that read workflows have a token. */
export const NEEDS_TOKEN = "the plugins' Kubernetes client does not load without a token; its account has no role";

/** Pods that tasks of workflows start in `namespace`. */
export function taskPods(namespace: string): NetworkPeer {
  return { namespace, podLabels: TASK_LABELS };
}

/** Pods that Airflow's KubernetesExecutor starts in `namespace`: those that report to Airflow's database. */
export function executorPods(namespace: string): NetworkPeer {
  return { namespace, podLabels: EXECUTOR_LABELS };
}
