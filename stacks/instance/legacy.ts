import type { Construct } from 'constructs';
import type { Endpoint, NetworkPeer } from '../../constructs/kube';
import { PROJECT_PODS, projectPods } from '../../constructs/platform/project-services';
import { DebugContainer } from '../../constructs/portal/debug-container';
import { ServicesAuthBackend } from '../../constructs/portal/services-auth-backend';
import { StaticWebsite } from '../../constructs/portal/static-website';
import { ExecutorEgress } from '../../constructs/projects/executor-egress';
import { JobsNamespace } from '../../constructs/projects/jobs-namespace';
import { KaapanaPersistence } from '../../constructs/store/kaapana-persistence';
import { MinioConsole } from '../../constructs/store/minio-console';
import { OhifIframe } from '../../constructs/store/ohif-iframe';
import { OhifV2 } from '../../constructs/store/ohif-v2';
import { credential } from '../../src/settings/credentials';
import type { Settings } from '../../src/settings/parse';
import type { DataStores } from './data';
import type { Flow } from './flow';
import type { InstanceSite } from './site';

type Component = Settings['components'][number];

/** Components of earlier releases, as far as they are switched on. */
export function createLegacy(
  scope: Construct,
  { props, shared, accounts, origin, registry, release }: InstanceSite,
  { minio, opensearch, archive }: DataStores,
  { airflow, ctp, volumes }: Flow,
): void {
  const { server, adminNamespace, settings } = props;
  const { kubeHelm, keycloak } = server;

  const rows: Readonly<Record<Exclude<Component, 'nfs-server'>, () => Construct>> = {
    'auth-backend': () =>
      new ServicesAuthBackend(scope, 'ServicesAuthBackend', { ...shared, policyAgent: server.policies.api }),
    'debug-container': () => new DebugContainer(scope, 'DebugContainer', shared),
    'jobs-namespace': () =>
      new JobsNamespace(scope, 'JobsNamespace', {
        platform: shared.platform,
        name: settings.jobsNamespace,
        registry,
        services: { ctp: ctp.dicom, opensearch: opensearch.api },
        internalCidrs: settings.internalCidrs,
      }),
    'kaapana-persistence': () => {
      const persistence = new KaapanaPersistence(scope, 'KaapanaPersistence', {
        ...shared,
        origin,
        databasePassword: credential('kaapanaPersistenceDatabasePassword'),
        archive: archive.dicomWeb,
        opensearch: opensearch.api,
        workflows: {
          adminNamespace,
          release: { version: release.version, registry: registry.url },
          node: shared.platform.storageNode,
          kubeHelm: kubeHelm.api,
          dags: volumes.dags,
          plugins: volumes.plugins,
        },
      });
      openToOperators(
        scope,
        persistence.api,
        airflow.scheduler,
        props.projects.map(({ namespace }) => namespace),
      );
      return persistence;
    },
    'minio-console': () =>
      new MinioConsole(scope, 'MinioConsole', {
        ...shared,
        adminNamespace,
        origin,
        keycloak,
        minio: minio.api,
        oidcClient: accounts.clientSecret,
        clientId: server.clientId,
      }),
    'ohif-iframe': () => new OhifIframe(scope, 'OhifIframe', shared),
    'ohif-v2': () => new OhifV2(scope, 'OhifV2', shared),
    'static-website': () => new StaticWebsite(scope, 'StaticWebsite', { ...shared, minio }),
  };
  // The server's own is deployed with it.
  for (const row of new Set(settings.components)) if (row !== 'nfs-server') rows[row]();
}

/**
 * Its operators run where Airflow runs them: in the scheduler, or in pods of its executor in projects
 * (airflow-operators, Kaapana 0.3.5).
 */
function openToOperators(scope: Construct, api: Endpoint, scheduler: NetworkPeer, projects: readonly string[]): void {
  api.openTo(scheduler);
  api.openTo(projectPods(projects, PROJECT_PODS.executor));
  for (const namespace of projects)
    new ExecutorEgress(scope, `KaapanaPersistence ${namespace}`, { namespace, name: 'kaapana-persistence', to: api });
}
