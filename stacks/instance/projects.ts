import type { Construct } from 'constructs';
import type { Endpoint } from '../../constructs/kube';
import { openToProjects, type ProjectServices } from '../../constructs/platform/project-services';
import { AccessInformationInterface } from '../../constructs/projects/access-information-interface';
import { ProjectNamespace } from '../../constructs/projects/project-namespace';
import { credential, sharedAccounts } from '../../src/settings/credentials';
import type { DataStores } from './data';
import type { ServerServices } from './server-services';
import type { InstanceSite } from './site';

/** Who decides what users may do, and knows the projects. */
export function createAccess(
  scope: Construct,
  { shared, accounts, release, props }: InstanceSite,
  { minio, opensearch }: DataStores,
): AccessInformationInterface {
  const { server, adminNamespace, projects } = props;
  const access = new AccessInformationInterface(scope, 'AccessInformationInterface', {
    ...shared,
    accounts,
    projects,
    version: release.version,
    keycloak: server.keycloak,
    opensearch: opensearch.api,
    minio,
    kubeHelm: { api: server.kubeHelm.api, namespace: adminNamespace },
    databasePassword: credential('accessInformationDatabasePassword'),
  });
  access.api.openTo(server.auth.check.pods);
  // Mappers of each token ask it what the user may do: the one of the server's own instance, whose host they have
  // built in.
  if (server.keycloak.realm) access.api.openTo(server.keycloak.internal.pods);
  return access;
}

/** The namespaces of the projects, and what they reach. */
export function createProjects(
  scope: Construct,
  { registry, origin, directories, externalProxy, props }: InstanceSite,
  access: AccessInformationInterface,
  services: ProjectServices & { accessInformation: Endpoint; keycloak: ServerServices['keycloak'] },
): void {
  const { platform, settings, projects } = props;
  const { internalCidrs, servicesNamespace, smtp } = settings;
  openToProjects(
    services,
    projects.map(({ namespace }) => namespace),
  );
  for (const { userPassword, ...project } of projects) {
    new ProjectNamespace(scope, `Project ${project.name}`, {
      platform,
      project,
      services,
      registry,
      origin,
      internalCidrs,
      userPassword,
      externalProxy,
      mailPort: smtp?.port,
      servicesNamespace,
      fastDirectory: directories.fast,
      accounts: sharedAccounts(settings),
      registered: access.projectsReady,
    });
  }
}
