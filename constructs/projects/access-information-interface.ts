import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type Endpoint, Volume, WebRoute, Workload } from '../kube';
import { Postgres } from '../platform/postgres';
import { HIGH_PRIORITY } from '../platform/priority';
import { ADMIN_PROJECT, type Project } from '../platform/project';
import { InitProjects, type RegistrationProps } from './init-projects';
import { accessFiles } from './project-roles';

/** Properties of `AccessInformationInterface`. */
export interface AccessInformationInterfaceProps extends RegistrationProps {
  /** Where it makes an index for each project. */
  readonly opensearch: Address;

  /** Where it makes a bucket for each project. */
  readonly minio: { readonly api: Address; readonly console: Address };

  /** Password of its database: letters, digits, - and _. It is set once, when the database is created. */
  readonly databasePassword: string;
}

const NAME = 'access-information-interface';
const PATH = '/aii';
const PORT = 8080;
const CONFIG_DIR = '/app/config';

/** Projects, their members and what these may do (access-information-interface, Kaapana 0.6.0). */
export class AccessInformationInterface extends Construct {
  /** For components; browsers go by the reverse proxy. */
  public readonly api: Endpoint;

  /** The job that registers the projects. */
  public readonly projectsReady: Construct;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccessInformationInterfaceProps,
  ) {
    super(scope, id);
    const { platform, namespace, projects } = props;

    const database = new Postgres(this, 'Database', {
      platform,
      namespace,
      component: NAME,
      database: 'kaapanauser',
      password: props.databasePassword,
    });
    const files = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: `${NAME}-config`, namespace },
      data: accessFiles(initialProjects(projects)),
    });
    const config = Volume.configMap(`${NAME}-config`, files).at(CONFIG_DIR, { readOnly: true });

    const server = this.createServer(database, config);
    this.api = server.expose('Service', { name: 'aii-service', ports: { 'aii-http': PORT } }).endpoint('aii-http');
    this.projectsReady = new InitProjects(this, 'InitProjects', { ...props, api: this.api, database, config });

    new WebRoute(this, 'Route', {
      platform,
      name: `${NAME}-ingress`,
      paths: [PATH],
      to: this.api,
      strip: 'strip-prefix-aii',
    });
  }

  private createServer(database: Postgres, config: ReturnType<Volume['at']>): Workload {
    const { platform, namespace, keycloak, opensearch, minio, kubeHelm } = this.props;
    return new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'backend' },
      priorityClass: HIGH_PRIORITY,
      waitFor: [
        { address: opensearch, label: 'opensearch' },
        database.ready,
        { address: keycloak.internal, label: 'keycloak' },
        { address: minio.console, label: 'minio' },
        { address: minio.api, label: 'minio', path: '/minio/health/live' },
      ],
      waitDelay: 2,
      uses: [kubeHelm.api],
      recreate: true, // It changes its database when it starts.
      container: {
        image: platform.images.ref('access-information-interface'),
        env: { ...this.env(), DATABASE_URL: database.url('postgresql+asyncpg') },
        ports: { 'aii-http': PORT },
        mounts: [config],
        resources: { memoryRequest: '100Mi', memoryLimit: '5Gi' },
      },
    });
  }

  private env(): Record<string, string | kplus.EnvValue> {
    const { namespace, version, keycloak, opensearch, accounts } = this.props;
    const admin = {
      username: accounts.keycloakAdmin.envValue('username'),
      password: accounts.keycloakAdmin.envValue('password'),
    };
    return {
      PORT: String(PORT),
      WORKERS: '4',
      SERVICES_NAMESPACE: namespace,
      KAAPANA_BUILD_VERSION: version,
      KEYCLOAK_URL: keycloak.internal.url,
      KEYCLOAK_HOST: keycloak.internal.host,
      KEYCLOAK_HTTPS_PORT: String(keycloak.internal.port),
      KEYCLOAK_REALM: 'kaapana',
      KEYCLOAK_KAAPANA_REALM_USER_NAME: 'kaapana',
      KEYCLOAK_ADMIN_USER_NAME: admin.username,
      KEYCLOAK_ADMIN_USER_PASSWORD: admin.password,
      KEYCLOAK_USER: admin.username,
      KEYCLOAK_PASSWORD: admin.password,
      KAAPANA_CLIENT_SECRET: accounts.clientSecret.envValue('oidc-client-secret'),
      KAAPANA_PROJECT_USER_NAME: 'system',
      KAAPANA_PROJECT_USER_PASSWORD: accounts.systemPassword.envValue('system-user-password'),
      OPENSEARCH_HOST: opensearch.host,
      OPENSEARCH_PORT: String(opensearch.port),
    };
  }
}

/** The project of the platform's own comes first, whether or not this program makes its namespace. */
function initialProjects(projects: readonly Project[]): { name: string; description: string; default?: boolean }[] {
  const others = projects.filter(({ name }) => name !== ADMIN_PROJECT);
  return [
    { name: ADMIN_PROJECT, description: 'Data that belongs to no other project', default: true },
    ...others.map(({ name }) => ({ name, description: `Project ${name}` })),
  ];
}
