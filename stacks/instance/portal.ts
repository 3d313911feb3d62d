import type { Construct } from 'constructs';
import type { Endpoint } from '../../constructs/kube';
import type { Prometheus } from '../../constructs/monitoring/prometheus';
import { DataApi } from '../../constructs/portal/data-api';
import { DataUi } from '../../constructs/portal/data-ui';
import { Documentation } from '../../constructs/portal/documentation';
import { KaapanaBackend } from '../../constructs/portal/kaapana-backend';
import { LandingPage } from '../../constructs/portal/landing-page';
import type { AccessInformationInterface } from '../../constructs/projects/access-information-interface';
import { ProjectManagementUi } from '../../constructs/projects/project-management-ui';
import { credential } from '../../src/settings/credentials';
import type { DataStores } from './data';
import type { Flow } from './flow';
import type { InstanceSite } from './site';

/** The back end of the portal. */
export function createBackend(
  scope: Construct,
  { props, shared, accounts, certificate, egress, origin, release }: InstanceSite,
  access: AccessInformationInterface,
  dicomWebFilter: Endpoint,
  { minio, opensearch }: DataStores,
  { airflow, volumes }: Flow,
  prometheus: Prometheus,
): Endpoint {
  const { server, settings, adminNamespace } = props;
  const { api } = new KaapanaBackend(scope, 'KaapanaBackend', {
    ...shared,
    accounts,
    certificate,
    egress,
    adminNamespace,
    origin,
    instanceName: settings.instanceName,
    mountPoints: settings.mountPointsToMonitor.split(',').filter((path) => path !== ''),
    build: { version: release.version },
    services: {
      accessInformation: access.api,
      airflow: airflow.webserver,
      dicomWebFilter,
      keycloak: server.keycloak,
      kubeHelm: server.kubeHelm.api,
      minio: minio.api,
      openPolicyAgent: server.policies.api,
      opensearch: opensearch.api,
      prometheus: prometheus.api,
      traefik: server.traefik.api,
    },
    minioAccount: minio.account,
    projectsReady: access.projectsReady,
    uploads: volumes.uploads,
    credentials: {
      database: credential('kaapanaBackendDatabasePassword'),
      secretKey: credential('kaapanaBackendSecretKey'),
    },
  });
  prometheus.addProbe({ name: 'kaapana-backend', address: api });
  return api;
}

/** What users see in the browser. */
export function createPages(
  scope: Construct,
  { shared, release }: InstanceSite,
  accessInformation: Endpoint,
  { minio }: DataStores,
  { airflow }: Flow,
): void {
  new DataApi(scope, 'DataApi', {
    ...shared,
    accessInformation,
    clients: [airflow.scheduler],
    databasePassword: credential('dataApiDatabasePassword'),
  });
  new DataUi(scope, 'DataUi', shared);
  new ProjectManagementUi(scope, 'ProjectManagementUi', shared);
  new Documentation(scope, 'Documentation', shared);
  new LandingPage(scope, 'LandingPage', { ...shared, release, minio: minio.api });
}
