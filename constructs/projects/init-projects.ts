import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type ContainerProps, type Mount, Volume, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { HelmRelease } from '../platform/helm-release';
import type { Postgres } from '../platform/postgres';
import { POSTGRES_USER_ID } from '../platform/postgres-user';
import { ADMIN_PROJECT, type Project } from '../platform/project';
import type { SharedAccounts } from '../platform/shared-accounts';

/** What it takes to register projects; the access information interface does it with those that users add. */
export interface RegistrationProps extends ComponentProps {
  /** Version of the platform, and of the chart that makes the namespaces of projects which users add. */
  readonly version: string;

  /** Identity provider: by TLS, and plain; and the job that makes the platform's realm, if this tree has it. */
  readonly keycloak: { readonly internal: Address; readonly external: Address; readonly realm?: Construct };

  /** Extension manager, and the namespace that it keeps Helm's releases in. */
  readonly kubeHelm: { readonly api: Address; readonly namespace: string };

  readonly accounts: SharedAccounts;

  /** Projects that this program makes the namespaces of. */
  readonly projects: readonly Project[];
}

/** Properties of `InitProjects`. */
export interface InitProjectsProps extends RegistrationProps {
  /** The access information interface, which makes projects. */
  readonly api: Address;

  /** Its database. */
  readonly database: Postgres;

  /** Its configuration. */
  readonly config: Mount;
}

const SQL_DIR = '/sql';
const SQL_FILE = 'register-projects.sql';

/**
 * Projects keep the ids and namespaces of the settings: what the interface finds, it completes. A project that
 * is there already stays as it is.
 */
const REGISTER = `\\getenv projects PROJECTS
insert into projects (id, name, description, kubernetes_namespace, s3_bucket, opensearch_index)
  select id, name, 'Project ' || name, namespace, 'project-' || name, 'project_' || name
  from jsonb_to_recordset(:'projects'::jsonb) as given (id uuid, name text, namespace text)
  on conflict (name) do nothing;
insert into admin_project (project_id)
  select id from projects where name = '${ADMIN_PROJECT}' and not exists (select from admin_project);
`;

/**
 * Registers the projects of the settings, each with a bucket, an index and its software (init-projects, Kaapana 0.6.0).
 */
export class InitProjects extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: InitProjectsProps,
  ) {
    super(scope, id);
    const { platform, namespace, version, keycloak, kubeHelm, accounts, projects, api } = props;

    // The interface asks kube-helm for the namespace of each project: these are there.
    const releases = projects.map(
      (project) =>
        new HelmRelease(this, `Release ${project.name}`, {
          name: project.namespace,
          namespace: kubeHelm.namespace,
          chart: { name: 'project-namespace', version },
        }),
    );
    const job = new Workload(this, 'Job', {
      platform,
      namespace,
      name: 'init-projects',
      kind: 'Job',
      waitFor: [
        { address: keycloak.internal, label: 'keycloak' },
        { address: api, label: 'aii-service' },
        { address: kubeHelm.api, label: 'kube-helm-service' },
      ],
      uses: [keycloak.external, props.database.endpoint],
      initContainers: projects.length === 0 ? [] : [this.register()],
      container: {
        image: platform.images.ref('init-projects'),
        env: {
          KEYCLOAK_URL: keycloak.external.url,
          KEYCLOAK_HOST: keycloak.internal.host,
          KEYCLOAK_HTTPS_PORT: String(keycloak.internal.port),
          KEYCLOAK_USER: accounts.keycloakAdmin.envValue('username'),
          KEYCLOAK_PASSWORD: accounts.keycloakAdmin.envValue('password'),
          OIDC_CLIENT_SECRET: accounts.clientSecret.envValue('oidc-client-secret'),
          SERVICES_NAMESPACE: namespace,
          KAAPANA_PROJECT_USER_NAME: 'system',
          SYSTEM_USER_PASSWORD: accounts.systemPassword.envValue('system-user-password'),
        },
        mounts: [props.config],
        resources: { memoryLimit: '200Mi' },
      },
    });
    // It acts as a user of the realm.
    job.node.addDependency(...releases, ...(keycloak.realm ? [keycloak.realm] : []));
  }

  /** A container that enters the projects into the database, once the interface has made its tables. */
  private register(): ContainerProps {
    const { platform, namespace, database, projects } = this.props;
    const files = new kplus.ConfigMap(this, 'Sql', {
      metadata: { name: 'init-projects', namespace },
      data: { [SQL_FILE]: REGISTER },
    });
    return {
      name: 'register-projects',
      image: platform.images.ref('postgres-17.7-alpine'),
      command: [
        'psql',
        '--no-psqlrc',
        '--set=ON_ERROR_STOP=1',
        '--single-transaction',
        `--file=${SQL_DIR}/${SQL_FILE}`,
      ],
      env: {
        PGHOST: database.endpoint.host,
        PGPORT: String(database.endpoint.port),
        PGUSER: database.account.envValue('username'),
        PGPASSWORD: database.account.envValue('password'),
        PROJECTS: JSON.stringify(projects.map(({ id, name, namespace }) => ({ id, name, namespace }))),
      },
      mounts: [Volume.configMap('sql', files).at(SQL_DIR, { readOnly: true })],
      security: { runAsUser: POSTGRES_USER_ID },
    };
  }
}
