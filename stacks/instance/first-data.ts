import type { Construct } from 'constructs';
import { MetaInit } from '../../constructs/meta/meta-init';
import { DicomInit } from '../../constructs/store/dicom-init';
import type { DicomWebFilter } from '../../constructs/store/dicom-web-filter';
import { MinioInit } from '../../constructs/store/minio-init';
import type { DataStores } from './data';
import type { Flow } from './flow';
import type { InstanceSite } from './site';

/** What fills the stores once everything runs. */
export function createFirstData(
  scope: Construct,
  site: InstanceSite,
  { minio, opensearch, dashboards }: DataStores,
  filter: DicomWebFilter,
  { airflow, ctp }: Flow,
): void {
  const { props, shared, accounts, origin } = site;
  const common = {
    ...shared,
    keycloak: props.server.keycloak.external,
    oidcClient: accounts.clientSecret,
    systemUser: accounts.systemPassword,
    opensearch: opensearch.api,
  };
  new MinioInit(scope, 'MinioInit', {
    ...shared,
    minio: minio.api,
    account: minio.account,
    airflow: airflow.webserver,
  });
  new MetaInit(scope, 'MetaInit', { ...common, origin, dashboards: dashboards.web });
  new DicomInit(scope, 'DicomInit', {
    ...common,
    ctp: ctp.dicom,
    dicomWebFilter: filter.api,
    airflow: airflow.webserver,
  });
}
