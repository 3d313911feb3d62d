import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  DataVolume,
  type Endpoint,
  Middleware,
  type Service,
  Volume,
  WebRoute,
  Workload,
  httpProbe,
  type MemoryShare,
  type QuantityText,
} from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { type Egress, egressAddresses, egressEnv } from '../platform/egress';
import type { Origin } from '../platform/origin';
import { HIGH_PRIORITY } from '../platform/priority';
import { Dcm4cheeDatabase } from './dcm4chee-database';
import { Dcm4cheeLdap } from './dcm4chee-ldap';
import { Ohif } from './ohif';

/** Properties of `Dcm4chee`. */
export interface Dcm4cheeProps extends ComponentProps {
  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** Memory that the archive is promised, and what it may use; quantities. */
  readonly memory: MemoryShare;

  /** Size of each of its volumes for bulk data. */
  readonly volumeSize: QuantityText;

  /** Password of its database. */
  readonly databasePassword: string;

  /** Password of the directory with its configuration. */
  readonly ldapPassword: string;

  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;
}

const NAME = 'dcm4chee';
const PORTS = { http: 8080, https: 8443, admin: 9990, dicom: 11112, hl7: 2575 } as const;
const AE_TITLE = 'KAAPANA';
const PATH = '/dcm4chee-arc';
const UI_PATH = `${PATH}/ui2`;

/** Its application entities, which it reads from its directory. */
const AETS_PATH = `${PATH}/aets`;
const STORAGE_DIR = '/storage/fs1';

/** The archive of all DICOM files, with its directory and database (dcm4chee-chart, Kaapana 0.6.0). */
export class Dcm4chee extends Construct {
  /** Web services of its application entity: `/rs` and `/wado` below the URL. */
  public readonly dicomWeb: Endpoint;

  /** All DICOM files, for those who read them past the web services. */
  public readonly images: DataVolume;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: Dcm4cheeProps,
  ) {
    super(scope, id);
    const shared = { platform: props.platform, namespace: props.namespace };

    const data = new DataVolume(this, 'Data', {
      ...shared,
      name: 'dcm4che-pv-claim',
      role: 'fast',
      size: '100Gi',
      holds: 'the index and the configuration of the DICOM archive',
    });
    const ldap = new Dcm4cheeLdap(this, 'Ldap', {
      ...shared,
      data,
      origin: props.origin,
      aeTitle: AE_TITLE,
      storageDir: STORAGE_DIR,
      viewer: Ohif.paths,
      password: props.ldapPassword,
    });
    const database = new Dcm4cheeDatabase(this, 'Database', {
      ...shared,
      data,
      storageDir: STORAGE_DIR,
      password: props.databasePassword,
    });
    this.images = this.volume('dicom', 'all DICOM files');
    const service = this.createArchive(ldap, database).expose('Service', {
      name: `${NAME}-service`,
      ports: { 'dcm4che-http': PORTS.http, 'dcm4che-admin': PORTS.admin, 'dcm4che-hl7-port': PORTS.hl7 },
    });

    this.dicomWeb = service.endpoint('dcm4che-http', { path: `${AETS_PATH}/${AE_TITLE}` });
    this.createRoutes(service);
  }

  private createArchive(ldap: Dcm4cheeLdap, database: Dcm4cheeDatabase): Workload {
    const { platform, namespace, memory, egress } = this.props;
    return new Workload(this, 'Archive', {
      platform,
      namespace,
      name: NAME,
      priorityClass: HIGH_PRIORITY,
      nodeSelector: platform.storageNode,
      waitFor: [ldap.endpoint, database.endpoint],
      waitDelay: 2,
      uses: egressAddresses(egress),
      container: {
        name: 'dcm4chee-container',
        image: platform.images.ref('dcm4chee-arc'),
        env: {
          ARCHIVE_DEVICE_NAME: AE_TITLE,
          LDAP_URL: ldap.endpoint.url,
          LDAP_ROOTPASS: ldap.admin.envValue('password'),
          POSTGRES_HOST: database.endpoint.host,
          POSTGRES_PORT: String(database.endpoint.port),
          POSTGRES_DB: database.account.envValue('database'),
          POSTGRES_USER: database.account.envValue('username'),
          POSTGRES_PASSWORD: database.account.envValue('password'),
          HTTP_PORT: String(PORTS.http),
          HTTPS_PORT: String(PORTS.https),
          STORAGE_DIR,
          WILDFLY_CHOWN: '/opt/wildfly/standalone /storage',
          WILDFLY_WAIT_FOR: [ldap.endpoint, database.endpoint].map(({ host, port }) => `${host}:${port}`).join(' '),
          TZ: 'Europe/Paris',
          WILDFLY_CRON_ENABLED: 'true',
          WILDFLY_LOG_RETENTION_DAYS: '7',
          ...egressEnv(egress),
        },
        ports: PORTS,
        mounts: [
          Volume.claim('standalone-data', this.volume('standalone', 'the settings and logs of the DICOM archive')).at(
            '/opt/wildfly/standalone',
          ),
          Volume.claim('storage-data', this.images).at('/storage'),
        ],
        resources: { memoryRequest: memory.request, memoryLimit: memory.limit, cpuLimit: '16' },
        exceptions: { writableRoot: 'its entrypoint unpacks the server and changes files of the image' },
        keeps: { SYS_CHROOT: 'its entrypoint gives the server to another user by chroot' },
        livenessProbe: { ...answers(UI_PATH), initialDelaySeconds: 30, periodSeconds: 120 },
        readinessProbe: { ...answers(AETS_PATH), periodSeconds: 10 },
      },
    });
  }

  private volume(purpose: string, holds: string): DataVolume {
    const { platform, namespace, volumeSize: size } = this.props;
    return new DataVolume(this, `Data ${purpose}`, {
      platform,
      namespace,
      name: `${NAME}-${purpose}-pv-claim`,
      role: 'slow',
      size,
      holds,
    });
  }

  private createRoutes(service: Service): void {
    const { platform, namespace } = this.props;
    const to = service.endpoint('dcm4che-http');
    const rewrite = new Middleware(this, 'Rewrite', {
      namespace,
      name: 'rewrite-pacs',
      spec: { replacePath: { path: UI_PATH } },
    });
    new WebRoute(this, 'Route', { platform, name: 'dcm4chee-ingress-ip', paths: [PATH], to });
    new WebRoute(this, 'Short', {
      platform,
      name: 'dcm4chee-ing-ip-rewrite',
      paths: ['/pacs'],
      to,
      middlewares: [rewrite],
    });
  }
}

function answers(path: string): k8s.Probe {
  return httpProbe(path, PORTS.http, 'HTTP');
}
