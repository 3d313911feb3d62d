/** Images of Kaapana 0.6.0, by their names in the registry. */
export const CURRENT_IMAGES = [
  'access-information-interface',
  'airflow',
  'alert-manager',
  'alertmanager-forwarder',
  'auth-backend',
  'busybox',
  'cert-init',
  'create-dashboard-user',
  'create-project-user',
  'ctp',
  'data-api',
  'data-ui',
  'dcm4che-postgres',
  'dcm4chee-arc',
  'dcm4chee-ldap',
  'dicom-init',
  'dicom-web-filter',
  'grafana',
  'init-meta',
  'init-projects',
  'kaapana-backend',
  'kaapana-documentation',
  'kaapana-plugin',
  'keycloak',
  'keycloak-init',
  'kube-dashboard',
  'kube-helm',
  'kube-state-metrics',
  'landing-page-kaapana',
  'loki',
  'maintenance-page-kaapana',
  'minio',
  'minio-init',
  'minio-mirror',
  'node-exporter',
  'node-exporter-textfile-collector',
  'notification-service',
  'oauth2-proxy',
  'ohif',
  'open-policy-agent',
  'opensearch',
  'opensearch-certs',
  'os-dashboards',
  'postgres-17.7-alpine',
  'project-management-ui',
  'prometheus',
  'promtail',
  'service-checker',
  'squid',
  'statsd-exporter',
  'traefik',
  'workflow-api',
  'workflow-ui',
] as const;

/** Images that an earlier release was the last to build. */
export const LEGACY_IMAGES = [
  'dag-persistence-layer-operators',
  'debug-container',
  'kaapana-persistence-backend',
  'kaapana-persistence-frontend',
  'kaapana-persistence-mongodb',
  'minio-console',
  'nfs-init',
  'ohif-v2',
  'ohififrame',
  'static-website',
  'volume-nfs',
] as const;

/** An image of Kaapana 0.6.0. */
export type CurrentImage = (typeof CURRENT_IMAGES)[number];

/** An image that an earlier release was the last to build. */
export type LegacyImage = (typeof LEGACY_IMAGES)[number];

/** An image of the platform's own components. */
export type ImageName = CurrentImage | LegacyImage;
