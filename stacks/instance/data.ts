import type { Construct } from 'constructs';
import { OpenSearch } from '../../constructs/meta/opensearch';
import { OpenSearchDashboards } from '../../constructs/meta/opensearch-dashboards';
import { Dcm4chee } from '../../constructs/store/dcm4chee';
import { Minio } from '../../constructs/store/minio';
import { Ohif } from '../../constructs/store/ohif';
import { credential } from '../../src/settings/credentials';
import type { InstanceSite } from './site';

/** Where the data of an instance is: objects, metadata, images. */
export interface DataStores {
  readonly minio: Minio;
  readonly opensearch: OpenSearch;
  readonly dashboards: OpenSearchDashboards;
  readonly archive: Dcm4chee;
}

/** The stores of an instance, and the pages on them. */
export function createDataStores(
  scope: Construct,
  { props, shared, accounts, certificate, egress, origin }: InstanceSite,
): DataStores {
  const { memory, credentials, volumeSlowData: volumeSize, components } = props.settings;
  const {
    clientId,
    keycloak: { external: keycloak, realm },
  } = props.server;
  const oidcClient = accounts.clientSecret;

  const minio = new Minio(scope, 'Minio', {
    ...shared,
    origin,
    keycloak,
    realm,
    oidcClient,
    clientId,
    certificate,
    volumeSize,
    egress,
    account: { username: credentials.minioUsername, password: credential('minioPassword') },
    pages: !components.includes('minio-console'),
  });
  const opensearch = new OpenSearch(scope, 'OpenSearch', {
    ...shared,
    keycloak,
    certificate,
    egress,
    domain: origin.domain,
    memory: memory.opensearch,
    dashboardsPassword: credential('opensearchDashboardsPassword'),
  });
  const dashboards = new OpenSearchDashboards(scope, 'OpenSearchDashboards', {
    ...shared,
    origin,
    keycloak,
    realm,
    oidcClient,
    clientId,
    certificate,
    egress,
    opensearch: opensearch.api,
    dashboardsUser: opensearch.dashboardsUser,
    systemUser: accounts.systemPassword,
  });
  const archive = new Dcm4chee(scope, 'Dcm4chee', {
    ...shared,
    origin,
    volumeSize,
    egress,
    memory: memory.pacs,
    databasePassword: credential('dcm4cheeDatabasePassword'),
    ldapPassword: credential('ldapPassword'),
  });
  new Ohif(scope, 'Ohif', { ...shared, egress });
  return { minio, opensearch, dashboards, archive };
}
