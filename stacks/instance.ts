import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Edk } from '../constructs/extensions/applications/edk';
import type { ExtensionServices } from '../constructs/extensions/contract/extension';
import { WorkflowInstaller } from '../constructs/flow/workflow-installer';
import { PromisedAddress } from '../constructs/kube';
import { installedJobs, installedPods, InstalledCharts } from '../constructs/platform/installed-charts';
import { PlatformNamespace } from '../constructs/platform/platform-namespace';
import { CertCopy } from '../constructs/portal/cert-copy';
import { KaapanaBackend } from '../constructs/portal/kaapana-backend';
import { NotificationService } from '../constructs/portal/notification-service';
import { ServicesNamespace } from '../constructs/portal/services-namespace';
import { DicomWebFilter } from '../constructs/store/dicom-web-filter';
import { credential, sharedAccounts } from '../src/settings/credentials';
import { createDataStores, type DataStores } from './instance/data';
import { createFirstData } from './instance/first-data';
import { createFlow, type Flow } from './instance/flow';
import { createLegacy } from './instance/legacy';
import { createMonitoring } from './instance/monitoring';
import { createBackend, createPages } from './instance/portal';
import { createAccess, createProjects } from './instance/projects';
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
    const access = createAccess(this, this.site, stores);
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
    const backend = createBackend(this, this.site, access, filter.api, stores, flow, prometheus);
    promise.resolve(backend);
    createPages(this, this.site, accessInformation, stores, flow);

    createProjects(this, this.site, access, {
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

  /** The namespaces of services and extensions, with what all services share. */
  private createNamespaces(): InstanceSite {
    const { props } = this;
    const { server, settings } = props;
    const externalProxy = server.squid ? undefined : server.egressProxy;
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
      externalProxy,
      origin: { domain, httpsPort },
      release: chartOf(settings),
      directories: directoriesOf(settings),
      dataNode: mainNodeName === undefined ? props.platform.storageNode : { 'kubernetes.io/hostname': mainNodeName },
      accounts: services.accounts,
    };
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
