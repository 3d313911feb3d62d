import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Edk } from '../constructs/extensions/applications/edk';
import type { ExtensionServices } from '../constructs/extensions/contract/extension';
import { WorkflowInstaller } from '../constructs/flow/workflow-installer';
import { type Address, type Endpoint, PromisedAddress } from '../constructs/kube';
import type { Prometheus } from '../constructs/monitoring/prometheus';
import { installedJobs, installedPods, InstalledCharts } from '../constructs/platform/installed-charts';
import { PlatformNamespace } from '../constructs/platform/platform-namespace';
import { openToProjects, type ProjectServices } from '../constructs/platform/project-services';
import { CertCopy } from '../constructs/portal/cert-copy';
import { DataApi } from '../constructs/portal/data-api';
import { DataUi } from '../constructs/portal/data-ui';
import { Documentation } from '../constructs/portal/documentation';
import { KaapanaBackend } from '../constructs/portal/kaapana-backend';
import { LandingPage } from '../constructs/portal/landing-page';
import { NotificationService } from '../constructs/portal/notification-service';
import { ServicesNamespace } from '../constructs/portal/services-namespace';
import { AccessInformationInterface } from '../constructs/projects/access-information-interface';
import { ProjectManagementUi } from '../constructs/projects/project-management-ui';
import { ProjectNamespace } from '../constructs/projects/project-namespace';
import { DicomWebFilter } from '../constructs/store/dicom-web-filter';
import { credential, sharedAccounts } from '../src/settings/credentials';
import { createDataStores, type DataStores } from './instance/data';
import { createFirstData } from './instance/first-data';
import { createFlow, type Flow } from './instance/flow';
import { createLegacy } from './instance/legacy';
import { createMonitoring } from './instance/monitoring';
import type { ServerServices } from './instance/server-services';
import type { InstanceSite, InstanceStackProps } from './instance/site';
import { chartOf, directoriesOf, originOf, registryOf } from './platform';

/** What an instance has: its services and their data, its projects, and what watches over all of it. */
export class InstanceStack extends Chart {
  /** What extensions are offered. */
  public readonly extensionServices: ExtensionServices;

  private readonly site: InstanceSite;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: InstanceStackProps,
  ) {
    super(scope, id, { namespace: props.settings.servicesNamespace, disableResourceNameHashes: true });
    const { server } = props;
    this.site = this.createNamespaces();
    const { shared, certificate, egress } = this.site;

    const stores = createDataStores(this, this.site);
    const access = this.createAccess(stores);
    const accessInformation = access.api;
    const notifications = new NotificationService(this, 'NotificationService', {
      ...shared,
      accessInformation,
      databasePassword: credential('notificationServiceDatabasePassword'),
    });
    const filter = new DicomWebFilter(this, 'DicomWebFilter', {
      ...shared,
      accessInformation,
      certificate,
      egress,
      archive: stores.archive.dicomWeb,
      keycloak: server.keycloak.external,
      realm: server.keycloak.realm,
      projectsReady: access.projectsReady,
      databasePassword: credential('dicomWebFilterDatabasePassword'),
    });
    const prometheus = createMonitoring(this, this.site, {
      projects: accessInformation,
      notifications: notifications.api,
    });

    // The workflow engine and the back end refer to each other.
    const promise = new PromisedAddress(KaapanaBackend.url(shared.namespace));
    const flow = createFlow(
      this,
      this.site,
      {
        accessInformation,
        dicomWebFilter: filter.api,
        kaapanaBackend: promise,
        keycloak: server.keycloak.external,
        kubeHelm: server.kubeHelm.api,
        minio: stores.minio.api,
        notifications: notifications.api,
        opensearch: stores.opensearch.api,
      },
      stores,
      prometheus,
    );
    const backend = this.createBackend(access, filter.api, stores, flow, prometheus);
    promise.resolve(backend);
    this.createPages(accessInformation, stores, flow);

    this.createProjects(access, {
      keycloak: server.keycloak,
      accessInformation,
      backend,
      opensearch: stores.opensearch.api,
      dicomWebFilter: filter.api,
      minio: stores.minio.api,
      airflowDatabase: flow.airflow.database,
      notifications: notifications.api,
      ctp: flow.ctp.dicom,
      egressProxy: server.squid?.endpoint,
    });
    this.letInstalledChartsIn(stores, flow);
    createFirstData(this, this.site, stores, filter, flow);
    createLegacy(this, this.site, stores, flow);
    this.extensionServices = this.offerTo(stores, flow);
  }

  /**
   * The way out of the cluster where it is none of its pods: nobody lets anybody in there, but namespaces have to let
   * their pods out.
   */
  private get externalProxy(): Address | undefined {
    const { squid, egressProxy } = this.props.server;
    return squid ? undefined : egressProxy;
  }

  /** The namespaces of services and extensions, with what all services share. */
  private createNamespaces(): InstanceSite {
    const { props, externalProxy } = this;
    const { server, settings } = props;
    const { internalCidrs, servicesNamespace, extensionsNamespace, mainNodeName, serverIp } = settings;
    const registry = registryOf(settings);
    const { domain, httpsPort } = originOf(settings);
    const services = new ServicesNamespace(this, 'ServicesNamespace', {
      name: servicesNamespace,
      registry,
      internalCidrs,
      externalProxy,
      accounts: sharedAccounts(settings),
      privileged: 'promtail and node-exporter look into directories of the node',
    });
    new PlatformNamespace(this, 'ExtensionsNamespace', {
      name: extensionsNamespace,
      registry,
      internalCidrs,
      externalProxy,
      closed: true,
    });
    const shared = { platform: props.platform, namespace: services.name };
    const { certificate } = new CertCopy(this, 'CertCopy', {
      ...shared,
      certificate: server.certificate.certificate,
      files: server.certificate.files,
    });
    const egress = { proxy: server.egressProxy, domain, address: serverIp };
    return {
      props,
      shared,
      registry,
      certificate,
      egress,
      origin: { domain, httpsPort },
      release: chartOf(settings),
      directories: directoriesOf(settings),
      dataNode: mainNodeName === undefined ? props.platform.storageNode : { 'kubernetes.io/hostname': mainNodeName },
      accounts: services.accounts,
    };
  }

  /** Who decides what users may do, and knows the projects. */
  private createAccess({ minio, opensearch }: DataStores): AccessInformationInterface {
    const { shared, accounts, release } = this.site;
    const { server, adminNamespace, projects } = this.props;
    const access = new AccessInformationInterface(this, 'AccessInformationInterface', {
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

  private createBackend(
    access: AccessInformationInterface,
    dicomWebFilter: Endpoint,
    { minio, opensearch }: DataStores,
    { airflow, volumes }: Flow,
    prometheus: Prometheus,
  ): Endpoint {
    const {
      props,
      site: { shared, accounts, certificate, egress, origin, release },
    } = this;
    const { server, settings, adminNamespace } = props;
    const { api } = new KaapanaBackend(this, 'KaapanaBackend', {
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

  private createPages(accessInformation: Endpoint, { minio }: DataStores, { airflow }: Flow): void {
    const { shared, release } = this.site;
    new DataApi(this, 'DataApi', {
      ...shared,
      accessInformation,
      clients: [airflow.scheduler],
      databasePassword: credential('dataApiDatabasePassword'),
    });
    new DataUi(this, 'DataUi', shared);
    new ProjectManagementUi(this, 'ProjectManagementUi', shared);
    new Documentation(this, 'Documentation', shared);
    new LandingPage(this, 'LandingPage', { ...shared, release, minio: minio.api });
  }

  private createProjects(
    access: AccessInformationInterface,
    services: ProjectServices & { accessInformation: Endpoint; keycloak: ServerServices['keycloak'] },
  ): void {
    const { platform, settings, projects } = this.props;
    const { registry, origin, directories } = this.site;
    const { internalCidrs, servicesNamespace, smtp } = settings;
    openToProjects(
      services,
      projects.map(({ namespace }) => namespace),
    );
    for (const { userPassword, ...project } of projects) {
      new ProjectNamespace(this, `Project ${project.name}`, {
        platform,
        project,
        services,
        registry,
        origin,
        internalCidrs,
        userPassword,
        externalProxy: this.externalProxy,
        mailPort: smtp?.port,
        servicesNamespace,
        fastDirectory: directories.fast,
        accounts: sharedAccounts(settings),
        registered: access.projectsReady,
      });
    }
  }

  /** What charts that users install at run time talk to; their pods are known by what they lack. */
  private letInstalledChartsIn({ minio }: DataStores, { airflow, workflowApi }: Flow): void {
    const {
      server: { kubeHelm },
      platform: { proxy, scraper },
      settings: { servicesNamespace: services, extensionsNamespace: extensions, prefetchExtensions: prefetch },
    } = this.props;
    const all = installedPods(services);
    const jobs = installedJobs(services);
    minio.api.openTo(all);
    airflow.webserver.openTo(jobs);
    workflowApi.endpoint.openTo(WorkflowInstaller.peer(services));
    // Whoever reaches it installs what they like. Pods that only pull images wait for it, too.
    kubeHelm.api.openTo(prefetch ? all : jobs);
    kubeHelm.api.openTo(Edk.peer(services));
    for (const namespace of [services, extensions]) {
      new InstalledCharts(this, `InstalledCharts ${namespace}`, { namespace, visitors: [proxy, scraper] });
    }
  }

  private offerTo({ minio }: DataStores, { ctp, volumes, workflowApi }: Flow): ExtensionServices {
    const { props, site } = this;
    const { egress, dataNode, origin, directories, release, registry } = site;
    const { adminNamespace: admin, settings } = props;
    return {
      namespaces: { admin, services: settings.servicesNamespace },
      release: { version: release.version, registry: registry.url },
      origin,
      mainNode: dataNode,
      directories,
      kubeHelm: props.server.kubeHelm.api,
      minio,
      volumes,
      workflowApi: workflowApi.endpoint,
      ctp: ctp.dicom,
      egress,
      gpu: settings.gpu,
    };
  }
}
