import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type Endpoint, type NetworkPeer, type RuntimeSecret, Volume, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { type Egress, egressAddresses, egressEnv } from '../platform/egress';
import { Postgres } from '../platform/postgres';
import { HIGH_PRIORITY } from '../platform/priority';
import { CLIENT_ID, realmDescription, realmWait } from '../platform/realm';

/** Properties of `DicomWebFilter`. */
export interface DicomWebFilterProps extends ComponentProps {
  /** Web services of the archive's application entity; `/rs` and `/wado` below the URL. */
  readonly archive: Address;

  /** Who may see which project. */
  readonly accessInformation: Address;

  /** Identity provider, plain. */
  readonly keycloak: Address;

  /** The job that makes the platform's realm. @default - another environment has made it */
  readonly realm?: Construct;

  /** The job that registers the projects. @default - they are there */
  readonly projectsReady?: Construct;

  /** TLS certificate that the identity provider is known by; key `tls.crt`. */
  readonly certificate: RuntimeSecret;

  /** Password of its database. It becomes part of a URL: letters, digits and `-._~` alone. */
  readonly databasePassword: string;

  /** Pods that are started at run time and may connect. @default - none */
  readonly clients?: readonly NetworkPeer[];

  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;
}

const NAME = 'dicom-web-filter';
const PORT = 8080;
const DATABASE = 'kaapanauser';

/** DICOMweb in front of the archive: everybody sees the images of their projects (dicom-web-filter, Kaapana 0.6.0). */
export class DicomWebFilter extends Construct {
  /** Path that users reach it at. */
  public static readonly path = `/${NAME}`;

  /** DICOMweb, inside the cluster. */
  public readonly api: Endpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DicomWebFilterProps,
  ) {
    super(scope, id);
    const { platform, namespace } = props;

    const database = new Postgres(this, 'Database', {
      platform,
      namespace,
      component: NAME,
      database: DATABASE,
      password: props.databasePassword,
    });
    const server = this.createServer(database);
    for (const client of props.clients ?? []) server.allow(client, PORT);

    this.api = server
      .expose('Service', { name: `${NAME}-service`, ports: { 'dicom-web-http': PORT } })
      .endpoint('dicom-web-http');
    new WebRoute(this, 'Route', {
      platform,
      name: `${NAME}-ingress`,
      paths: [DicomWebFilter.path],
      to: this.api,
      strip: `strip-prefix-${NAME}`,
    });
  }

  private createServer(database: Postgres): Workload {
    const { platform, namespace, archive, accessInformation, keycloak, certificate, databasePassword, egress } =
      this.props;
    const { host, port } = database.endpoint;
    const secrets = new kplus.Secret(this, 'Secrets', {
      metadata: { name: `${NAME}-secrets`, namespace },
      stringData: { 'database-url': `postgresql+asyncpg://${DATABASE}:${databasePassword}@${host}:${port}` },
    });
    return new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'backend' },
      priorityClass: HIGH_PRIORITY,
      waitFor: [
        { address: archive, label: 'dcm4che' },
        database.ready,
        realmWait(keycloak, this.props.realm),
        {
          address: accessInformation,
          label: 'access-information-interface',
          path: '/projects/admin',
          madeBy: this.props.projectsReady,
        },
      ],
      waitDelay: 2,
      uses: egressAddresses(egress),
      container: {
        image: platform.images.ref('dicom-web-filter'),
        env: {
          PORT: String(PORT),
          WORKERS: '4',
          ACCESS_INFORMATION_INTERFACE_URL: accessInformation.url,
          DICOMWEB_BASE_URL: `${archive.url}/rs`,
          DICOMWEB_BASE_URL_WADO_URI: `${archive.url}/wado`,
          DATABASE_URL: secrets.envValue('database-url'),
          DWF_IDENTITY_OPENID_CONFIG_URL: realmDescription(keycloak),
          DWF_IDENTITY_OPENID_CLIENT_ID: CLIENT_ID,
          ...egressEnv(egress),
        },
        ports: { http: PORT },
        mounts: [
          Volume.emptyDir('tmp').at('/tmp'),
          Volume.secret('kaapana-cert', certificate).at('/etc/certs/kaapana.pem', { subPath: 'tls.crt' }),
        ],
        resources: { memoryRequest: '256Mi', memoryLimit: '5Gi' },
      },
    });
  }
}
