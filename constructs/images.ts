import type { Platform } from './kube';

/** Images of the platform's own components, by their names in the registry. */
export type ImageName = CurrentImage | RetiredImage;

/** Images of Kaapana 0.6.0. */
export type CurrentImage =
  | 'access-information-interface' | 'airflow' | 'alert-manager' | 'alertmanager-forwarder' | 'auth-backend' | 'busybox'
  | 'cert-init' | 'create-dashboard-user' | 'create-project-user' | 'ctp' | 'data-api' | 'data-ui' | 'dcm4che-postgres'
  | 'dcm4chee-arc' | 'dcm4chee-ldap' | 'dicom-init' | 'dicom-web-filter' | 'grafana' | 'init-meta' | 'init-projects'
  | 'kaapana-backend' | 'kaapana-documentation' | 'kaapana-plugin' | 'keycloak' | 'keycloak-init' | 'kube-dashboard'
  | 'kube-helm' | 'kube-state-metrics' | 'landing-page-kaapana' | 'loki' | 'maintenance-page-kaapana' | 'minio' | 'minio-init'
  | 'node-exporter' | 'node-exporter-textfile-collector' | 'notification-service' | 'oauth2-proxy' | 'ohif'
  | 'open-policy-agent' | 'opensearch' | 'opensearch-certs' | 'os-dashboards' | 'postgres-17.7-alpine'
  | 'project-management-ui' | 'prometheus' | 'promtail' | 'service-checker' | 'squid' | 'statsd-exporter' | 'traefik'
  | 'workflow-api' | 'workflow-ui';

/** Images that an earlier release was the last to build. */
export type RetiredImage =
  | 'dag-persistence-layer-operators' | 'debug-container' | 'kaapana-persistence-backend' | 'kaapana-persistence-frontend'
  | 'kaapana-persistence-mongodb' | 'minio-console' | 'minio-mirror' | 'nfs-init' | 'ohif-v2' | 'ohififrame' | 'static-website'
  | 'volume-nfs';

/** What Kaapana's components share. */
export type KaapanaPlatform = Platform<ImageName>;
