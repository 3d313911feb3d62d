/** Needed connections of the table that the policies still stop. The list is to be empty. */
export const KNOWN_BLOCKED: readonly string[] = [];

/**
 * Ports that are open to more pods than need them, as `from -> namespace/workload:number/protocol`: `namespace{labels}`
 * is all pods with these labels, `*` any namespace. Whatever is closed is taken off; the list is to be empty.
 */
export const KNOWN_OPEN: readonly string[] = [];

/** Namespaces where pods take every connection unless a policy is about them. The list is to be empty. */
export const KNOWN_NOT_DENYING: readonly string[] = [];

/** Ports that are open to more pods than need them, and stay so, with the reason. */
export const ACCEPTED: Readonly<Record<string, string>> = {
  'internet -> admin/nfs-server:2049/TCP': 'the nodes mount its exports, and policies know no nodes',
  'internet -> admin/nfs-server:20048/TCP': 'the same',
  'internet -> admin/nfs-server:111/TCP': 'the same',
  'services/auth-backend -> admin/open-policy-agent:8181/TCP': 'the auth-backend of Kaapana 0.3.5, which asks it too',
  '*{kaapana.ai/type=processing-container} -> admin/keycloak:8080/TCP':
    'nothing tells a project that a user made but what its namespace lacks; elsewhere, the API server refuses the label (kaapana-task-labels)',
  '*{kaapana.ai/type=processing-container} -> services/access-information-interface:8080/TCP': 'the same',
  '*{kaapana.ai/type=processing-container} -> services/dicom-web-filter:8080/TCP': 'the same',
  '*{kaapana.ai/type=processing-container} -> services/kaapana-backend:5000/TCP': 'the same',
  '*{kaapana.ai/type=processing-container} -> services/minio-deployment:9000/TCP': 'the same',
  '*{kaapana.ai/type=processing-container} -> services/notification-service:8080/TCP': 'the same',
  '*{kaapana.ai/type=processing-container} -> services/opensearch-de:9200/TCP': 'the same',
  '*{kubernetes_executor=True} -> services/airflow-database:5432/TCP': 'the same',
  '*{kubernetes_executor=True} -> services/kaapana-persistence-deployment:8080/TCP': 'the same',
  'services{} -> services/minio-deployment:9000/TCP':
    'applications that users install are called after their release, so nothing tells those that mirror a bucket',
  'services{} -> admin/squid-proxy:3128/TCP': 'nothing tells which of them fetch packages and models',
  'extensions{} -> admin/squid-proxy:3128/TCP': 'the same',
  'services{job-name=*} -> admin/kube-helm-deployment:5000/TCP':
    'jobs that put workflows into Airflow carry no label but the name of the job',
  'services{job-name=*} -> services/airflow-webserver:8080/TCP': 'the same, when they take them out',
};
