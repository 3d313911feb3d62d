/**
 * Needed connections of the table that the policies still stop. A row that passes is taken off; the list is to be empty.
 */
export const KNOWN_BLOCKED: readonly string[] = [
  'admin/keycloak -> svc:services/aii-service:8080',
  'admin/keycloak -> admin/keycloak:7800',
  'admin/keycloak -> admin/keycloak:57800',
  'services/opensearch-de -> svc:admin/keycloak-external-service:80',
  'services/kaapana-backend -> svc:services/dicom-web-filter-service:8080',
  'services/airflow-scheduler -> svc:services/data-api:80',
  'services{app.kubernetes.io/name=jupyterlab-chart-a1b2c3d4e5}#jupyterlab-chart by kube-helm -> svc:services/minio-service:9000',
  'services{app.kubernetes.io/name=tensorboard-chart-a1b2c3d4e5}#tensorboard-chart by kube-helm -> svc:services/minio-service:9000',
  'services{app.kubernetes.io/name=desktop-container-chart-a1b2c3d4e5}#desktop-container-chart by kube-helm -> svc:services/minio-service:9000',
  'services{app.kubernetes.io/name=mitk-workbench-chart-a1b2c3d4e5}#mitk-workbench-chart by kube-helm -> svc:services/minio-service:9000',
  'services{app.kubernetes.io/name=slicer-workbench-chart-a1b2c3d4e5}#slicer-workbench-chart by kube-helm -> svc:services/minio-service:9000',
  'services{app.kubernetes.io/name=dev-code-server-chart-a1b2c3d4e5}#dev-code-server-chart by kube-helm -> svc:services/minio-service:9000',
  'services{app.kubernetes.io/name=minio-sync-chart-a1b2c3d4e5}#minio-sync-chart by kube-helm -> svc:services/minio-service:9000',
  'services{app.kubernetes.io/name=edk}#edk by kube-helm -> svc:services/minio-service:9000',
  'services{app.kubernetes.io/name=collabora-chart}#collabora-chart by kube-helm -> svc:services/minio-service:9000',
  'services{app.kubernetes.io/name=edk}#edk by kube-helm -> svc:admin/kube-helm-service:5000',
  'services{job-name=dag-nnunet,batch.kubernetes.io/job-name=dag-nnunet}#dag-installer of nnunet-workflow by kube-helm -> svc:admin/kube-helm-service:5000',
  'services{job-name=dag-total-segmentator,batch.kubernetes.io/job-name=dag-total-segmentator}#dag-installer of total-segmentator-workflow by kube-helm -> svc:admin/kube-helm-service:5000',
  'services{job-name=dag-radiomics,batch.kubernetes.io/job-name=dag-radiomics}#dag-installer of radiomics-workflow by kube-helm -> svc:admin/kube-helm-service:5000',
  'services{job-name=remove-dag-nnunet,batch.kubernetes.io/job-name=remove-dag-nnunet}#pre-delete hook of nnunet-workflow by kube-helm -> svc:services/airflow-webserver-service:8080',
  'services{app=dummy-workflow,component=workflow-installer}#workflow-installer of kaapana-workflows-core by kube-helm (preinstalled) -> svc:services/workflow-api:80',
  'services{app=registration-workflow,component=workflow-installer}#workflow-installer of kaapana-workflows-core by kube-helm (preinstalled) -> svc:services/workflow-api:80',
  'services{job-name=init-nnunet-analysis-scripts,batch.kubernetes.io/job-name=init-nnunet-analysis-scripts}#init-nnunet-analysis-scripts by kube-helm -> svc:services/minio-service:9000',
  'services{job-name=init-radiomics-federated-analysis-script,batch.kubernetes.io/job-name=init-radiomics-federated-analysis-script}#init-radiomics-federated-analysis-script by kube-helm -> svc:services/minio-service:9000',
];

/**
 * Ports that are open to more pods than need them, as `from -> namespace/workload:number/protocol`: `namespace{label=value}` is
 * all pods with these labels, `*` any namespace or value. Whatever is closed is taken off; the list is to be empty.
 */
export const KNOWN_OPEN: readonly string[] = [
  // Labels alone count, whatever the namespace.
  '*{kaapana.ai/type=processing-container} -> admin/keycloak:8080/TCP',
  '*{kaapana.ai/type=processing-container} -> services/access-information-interface:8080/TCP',
  '*{kaapana.ai/type=processing-container} -> services/dicom-web-filter:8080/TCP',
  '*{kaapana.ai/type=processing-container} -> services/kaapana-backend:5000/TCP',
  '*{kaapana.ai/type=processing-container} -> services/minio-deployment:9000/TCP',
  '*{kaapana.ai/type=processing-container} -> services/notification-service:8080/TCP',
  '*{kaapana.ai/type=processing-container} -> services/opensearch-de:9200/TCP',
  '*{kubernetes_executor=True} -> services/airflow-database:5432/TCP',
  // No task is known to connect to these.
  '*{kaapana.ai/type=processing-container} -> admin/keycloak:8443/TCP',
  '*{kaapana.ai/type=processing-container} -> services/airflow-webserver:8080/TCP',
  'services{kaapana.ai/type=processing-container} -> admin/kube-helm-deployment:5000/TCP',
  // Every pod of the services, whether it has the proxy in its environment or not.
  'services{} -> admin/squid-proxy:3128/TCP',
  'extensions{} -> admin/squid-proxy:3128/TCP',
];

/** Namespaces where pods take every connection unless a policy is about them. The list is to be empty. */
export const KNOWN_NOT_DENYING: readonly string[] = ['services', 'extensions'];

/** Ports that are open to more pods than need them, and stay so, with the reason. */
export const ACCEPTED: Readonly<Record<string, string>> = {
  'internet -> admin/nfs-server:2049/TCP': 'the nodes mount its exports, and policies know no nodes',
  'internet -> admin/nfs-server:20048/TCP': 'the same',
  'internet -> admin/nfs-server:111/TCP': 'the same',
  'services/auth-backend -> admin/open-policy-agent:8181/TCP': 'the auth-backend of Kaapana 0.3.5, which asks it too',
};
