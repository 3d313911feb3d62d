import { Construct } from 'constructs';
import { type Address, DataVolume, type Endpoint, Volume, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { DagInstaller, type DagInstallerProps } from '../platform/dag-installer';
import { type Origin, originUrl } from '../platform/origin';
import { UNREAD_IMAGE } from '../platform/unread-image';
import { PersistenceDatabase } from './persistence-database';

/** Properties of `KaapanaPersistence`. */
export interface KaapanaPersistenceProps extends ComponentProps {
  readonly origin: Origin;

  /** Password of its database. It becomes part of a URL: letters, digits, - and _ alone. */
  readonly databasePassword: string;

  /** Web services of the archive's application entity; `/rs` below the URL. They show the images of all projects. */
  readonly archive: Address;

  /** Index of the metadata of all images. */
  readonly opensearch: Address;

  /** Where its workflows go. */
  readonly workflows: Pick<DagInstallerProps, 'adminNamespace' | 'release' | 'node' | 'kubeHelm' | 'dags' | 'plugins'>;
}

const NAME = 'kaapana-persistence';
const OPERATORS = 'dag-persistence-layer-operators';
const PORTS = { backend: 8080, frontend: 80 } as const;
const PATHS = { backend: '/persistence/api', frontend: '/persistence' } as const;
const CONTENT_DIR = '/cas';

/**
 * Objects, their schemas and files, with pages of their own and workflows (kaapana-persistence-chart, Kaapana 0.3.5).
 */
export class KaapanaPersistence extends Construct {
  /** Its API, inside the cluster. */
  public readonly api: Endpoint;

  /** Its pages. */
  public readonly web: Endpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: KaapanaPersistenceProps,
  ) {
    super(scope, id);
    const { platform, namespace } = props;

    const server = this.createServer(
      new PersistenceDatabase(this, 'Database', { platform, namespace, password: props.databasePassword }),
    );
    this.api = server
      .expose('BackendService', {
        name: `${NAME}-service`,
        ports: { 'persistence-backend-service': { port: PORTS.backend, target: 'backend-http' } },
      })
      .endpoint('persistence-backend-service');
    this.web = server
      .expose('FrontendService', {
        name: `${NAME}-frontend-service`,
        ports: { 'persistence-frontend-service': { port: PORTS.frontend, target: 'frontend-http' } },
      })
      .endpoint('persistence-frontend-service');
    new WebRoute(this, 'BackendRoute', {
      platform,
      name: `${NAME}-ingress`,
      paths: [PATHS.backend],
      strip: `strip-prefix-${NAME}-api`,
      to: this.api,
    });
    new WebRoute(this, 'FrontendRoute', {
      platform,
      name: `${NAME}-frontend-ingress`,
      paths: [PATHS.frontend],
      strip: `strip-prefix-${NAME}`,
      to: this.web,
    });
    new DagInstaller(this, 'Workflows', {
      ...props.workflows,
      platform,
      namespace,
      name: OPERATORS,
      image: platform.images.ref(OPERATORS),
      version: props.workflows.release.version,
      exceptions: UNREAD_IMAGE,
    });
  }

  private createServer(database: PersistenceDatabase): Workload {
    const { platform, namespace, archive, opensearch } = this.props;
    const files = new DataVolume(this, 'Files', {
      platform,
      namespace,
      name: `${NAME}-cas-pv-claim`,
      role: 'fast',
      directory: 'persistence/cas',
      holds: 'the files of the persistence layer',
    });
    return new Workload(this, 'Server', {
      platform,
      namespace,
      name: `${NAME}-deployment`,
      labels: { 'app-name': NAME },
      nodeSelector: platform.storageNode,
      waitFor: [{ address: database.endpoint, label: 'kaapana-persistence-mongodb-service' }],
      waitDelay: 2,
      uses: [archive, opensearch],
      container: {
        name: `${NAME}-backend`,
        image: platform.images.ref('kaapana-persistence-backend'),
        env: { ...this.env(), MONGODB_URL: database.url },
        ports: { 'backend-http': PORTS.backend },
        mounts: [Volume.claim(`${NAME}-cas`, files).at(CONTENT_DIR)],
        resources: { memoryRequest: '4Gi', memoryLimit: '5Gi' },
        exceptions: UNREAD_IMAGE,
      },
      sidecars: [
        {
          name: `${NAME}-frontend`,
          image: platform.images.ref('kaapana-persistence-frontend'),
          ports: { 'frontend-http': PORTS.frontend },
          exceptions: UNREAD_IMAGE,
        },
      ],
    });
  }

  private env(): Record<string, string> {
    const { origin, archive, opensearch } = this.props;
    const url = originUrl(origin);
    // The image's own defaults are services of the namespace `services`, whatever instance it belongs to.
    const entities = archive.url.replace(/\/[^/]*$/, '');
    return {
      PORT: String(PORTS.backend),
      WORKERS: '4',
      APPLICATION_ROOT: PATHS.backend,
      BASE_URL: `${url}${PATHS.backend}`,
      HTTPS_PORT: String(origin.httpsPort),
      CAS_ROOT_PATH: CONTENT_DIR,
      OHIF_VIEWER: `${url}/ohif/viewer`,
      OS_BASE_URL: opensearch.url,
      QUIDO_BASE_URL: entities,
      WADO_BASE_URL: entities,
      STOW_ROOT_URL: entities,
    };
  }
}
