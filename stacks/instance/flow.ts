import type { Construct } from 'constructs';
import { Airflow, type WorkflowServices } from '../../constructs/flow/airflow';
import { Ctp } from '../../constructs/flow/ctp';
import { KaapanaPlugin } from '../../constructs/flow/kaapana-plugin';
import { WorkflowApi } from '../../constructs/flow/workflow-api';
import { WorkflowUi } from '../../constructs/flow/workflow-ui';
import { WorkflowVolumes } from '../../constructs/flow/workflow-volumes';
import type { Prometheus } from '../../constructs/monitoring/prometheus';
import { credential } from '../../src/settings/credentials';
import type { DataStores } from './data';
import type { InstanceSite } from './site';

/** What runs the workflows of an instance. */
export interface Flow {
  readonly airflow: Airflow;
  readonly ctp: Ctp;
  readonly workflowApi: WorkflowApi;
  readonly volumes: WorkflowVolumes;
}

/** The workflow engine, what feeds it, and the pages on it. */
export function createFlow(
  scope: Construct,
  site: InstanceSite,
  services: WorkflowServices,
  { minio, archive }: DataStores,
  prometheus: Prometheus,
): Flow {
  const { props, shared, accounts } = site;
  const { server, settings, adminNamespace } = props;
  const release = { version: site.release.version, registry: site.registry.url };

  const volumes = new WorkflowVolumes(scope, 'WorkflowVolumes', { ...shared, fastDirectory: site.directories.fast });
  const plugin = new KaapanaPlugin(scope, 'KaapanaPlugin', {
    ...shared,
    release,
    adminNamespace,
    node: site.dataNode,
    kubeHelm: server.kubeHelm.api,
    dags: volumes.dags,
    plugins: volumes.plugins,
  });
  const airflow = new Airflow(scope, 'Airflow', {
    ...shared,
    services,
    volumes,
    plugin,
    site: workflowSite(site),
    accounts: { minio: minio.account, shared: accounts },
    prometheus: prometheus.api,
    dicom: archive.images,
    memory: settings.memory.airflow,
    credentials: {
      database: credential('airflowDatabasePassword'),
      webserver: credential('airflowWebserverKey'),
      api: credential('airflowApiPassword'),
    },
  });
  prometheus.addProbe({ name: 'airflow', address: airflow.metrics });
  const ctp = new Ctp(scope, 'Ctp', {
    ...shared,
    airflow: airflow.webserver,
    data: volumes.incoming,
    dicomPort: settings.dicomPort,
  });
  const workflowApi = new WorkflowApi(scope, 'WorkflowApi', {
    ...shared,
    accessInformation: services.accessInformation,
    airflow: airflow.webserver,
    airflowAccount: airflow.apiAccount,
    dags: volumes.dags,
    databasePassword: credential('workflowApiDatabasePassword'),
  });
  new WorkflowUi(scope, 'WorkflowUi', shared);
  return { airflow, ctp, volumes, workflowApi };
}

function workflowSite(site: InstanceSite): ConstructorParameters<typeof Airflow>[2]['site'] {
  const { props, egress, origin, release, registry, directories } = site;
  const {
    adminNamespace: admin,
    projects: [first, ...others],
    settings: { extensionsNamespace: extensions, instanceName, gpu, smtp: mail },
  } = props;
  return {
    namespaces: { admin, extensions, projects: [first.namespace, ...others.map(({ namespace }) => namespace)] },
    origin,
    instanceName,
    release: { version: release.version, registry: registry.url },
    directories,
    gpuSupport: gpu !== undefined,
    egress,
    mail,
  };
}
