import { parse } from 'yaml';
import type { Manifest } from '../../../src/objects/manifest';

const MAIN = { name: 'main', image: 'registry.example.org/kaapana/task:1' };

/** An account's variable, as operators write it. */
export function fromSecret(name: string, key: string): object {
  return { name: key.toUpperCase().replaceAll('-', '_'), valueFrom: { secretKeyRef: { name, key } } };
}

/**
 * The pod of a task, as the Task API makes it (KubernetesRunner, Kaapana 0.6.0): its channels are directories of the
 * node.
 */
export function taskApiPod(namespace: string, path: string, change: object = {}): object {
  return pod(
    'task',
    namespace,
    { 'kaapana.ai/type': 'processing-container' },
    {
      containers: [
        {
          ...MAIN,
          env: [
            fromSecret('oidc-client-secret', 'oidc-client-secret'),
            fromSecret('project-user-credentials', 'project-user'),
          ],
          volumeMounts: [{ name: 'vol-out', mountPath: '/out' }],
        },
      ],
      volumes: [{ name: 'vol-out', hostPath: { path } }],
      ...change,
    },
  );
}

/** The pod of a task, as Kaapana's own operators make it (KaapanaBaseOperator, Kaapana 0.6.0). */
export function operatorPod(namespace: string, change: object = {}): object {
  const claims = ['workflow-data', 'models'].map((name) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-pv-claim` },
  }));
  return pod(
    'operator',
    namespace,
    { 'kaapana.ai/type': 'processing-container' },
    {
      containers: [{ ...MAIN, env: [fromSecret('system-user-password', 'system-user-password')] }],
      volumes: [
        ...claims,
        { name: 'dshm', emptyDir: { medium: 'Memory' } },
        { name: 'workflowconf', configMap: { name: 'run-config' } },
      ],
      ...change,
    },
  );
}

/** The pod that the Task API reads a task's description with. */
export function readerPod(namespace: string): object {
  return pod('extract-file-0123abcd', namespace, {}, { containers: [{ ...MAIN, command: ['sleep', '3600'] }] });
}

/** The pod that Airflow's executor makes of the template among `objects`, as our hook leaves it in `namespace`. */
export function executorPod(objects: readonly Manifest[], namespace: string): object {
  const template = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'airflow-pod-template',
  ) as { readonly data?: Record<string, string> } | undefined;
  const { metadata, spec } = parse(template?.data?.['pod_template.yaml'] ?? '') as {
    metadata: { labels: object };
    spec: object;
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'executor', namespace, labels: { ...metadata.labels, kubernetes_executor: 'True' } },
    spec,
  };
}

/** The pod that the EDK builds an image in, with the files of `claim` (create_kaniko_pod.py, Kaapana 0.6.0). */
export function builderPod(namespace: string, claim: string, change: object = {}): object {
  return pod(
    'kaniko-builder-task',
    namespace,
    {},
    {
      containers: [
        {
          ...MAIN,
          name: 'kaniko',
          env: [{ name: 'NO_PROXY', value: '.svc' }],
          volumeMounts: [{ name: 'edk', mountPath: '/kaapana/minio' }],
        },
      ],
      volumes: [{ name: 'edk', persistentVolumeClaim: { claimName: claim } }],
      ...change,
    },
  );
}

/** A pod of somebody else. */
export function pod(name: string, namespace: string, labels: object, spec: object): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { restartPolicy: 'Never', imagePullSecrets: [{ name: 'registry-secret' }], ...spec },
  };
}
