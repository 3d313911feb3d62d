import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { type Address, DataVolume, Workload } from '../kube';
import { AirflowDirectories } from '../platform/airflow-directories';
import type { KaapanaPlatform } from '../platform/kaapana-platform';
import { KeycloakProgram } from '../platform/keycloak-program';
import type { Origin } from '../platform/origin';
import { PlatformNamespace, type PlatformNamespaceProps } from '../platform/platform-namespace';
import type { Project } from '../platform/project';
import { PROJECT_PODS, type ProjectServices } from '../platform/project-services';
import { SharedAccounts, type SharedAccountsProps } from '../platform/shared-accounts';
import { ProjectPolicies } from './project-policies';

/** Properties of `ProjectNamespace`. */
export interface ProjectNamespaceProps extends Pick<PlatformNamespaceProps, 'registry' | 'pullSecret'> {
  readonly platform: KaapanaPlatform;

  readonly project: Project;

  /** Namespace of the services. */
  readonly servicesNamespace: string;

  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** What its pods talk to. */
  readonly services: ProjectServices & {
    readonly keycloak: { readonly internal: Address };
    readonly accessInformation: Address;
  };

  /** Networks that count as inside, in CIDR notation. */
  readonly internalCidrs: readonly string[];

  /** Way out of the cluster that is no pod of it. @default - none */
  readonly externalProxy?: Address;

  /** Port of the mail server that workflows send by. @default - they send no mail */
  readonly mailPort?: number;

  /** Absolute directory on the node for fast data. */
  readonly fastDirectory: string;

  readonly accounts: Omit<SharedAccountsProps, 'namespace'>;

  /** Password of the user that runs the tasks of the project. */
  readonly userPassword: string;

  /** What registers the project; its user is made after that. */
  readonly registered: Construct;
}

const VOLUMES = {
  tensorboard: { size: '10Gi', holds: 'the curves of trainings' },
  models: { size: '200Gi', holds: 'the models of the project' },
  'workflow-data': { size: '200Gi', holds: 'the files of running workflows' },
} as const;

/** Where the tasks and applications of one project run (project-namespace, Kaapana 0.6.0). */
export class ProjectNamespace extends PlatformNamespace {
  constructor(scope: Construct, id: string, props: ProjectNamespaceProps) {
    const { platform, project, registry, pullSecret } = props;
    super(scope, id, {
      name: project.namespace,
      registry,
      pullSecret,
      kind: 'project',
      privileged: 'tasks hand on their results in a directory of the node; rules of the API server forbid the rest',
    });
    const { namespace } = project;

    new ProjectPolicies(this, 'Policies', {
      namespace,
      services: props.services,
      proxy: platform.proxy,
      internalCidrs: props.internalCidrs,
      externalProxy: props.externalProxy,
      mailPort: props.mailPort,
    });
    for (const [name, { size, holds }] of Object.entries(VOLUMES)) {
      new DataVolume(this, name, {
        platform,
        namespace,
        name: `${name}-pv-claim`,
        role: 'workflow',
        directory: `${namespace}/${name}`,
        size,
        holds,
      });
    }
    new AirflowDirectories(this, 'AirflowDirectories', { platform, namespace, fastDirectory: props.fastDirectory });
    this.createUser(props, new SharedAccounts(this, 'Accounts', { ...props.accounts, namespace }));
  }

  private createUser(props: ProjectNamespaceProps, accounts: SharedAccounts): void {
    const { platform, project, services, origin } = props;
    const { namespace } = project;
    const user = new kplus.Secret(this, 'User', {
      metadata: { name: 'project-user-credentials', namespace },
      stringData: { 'project-user': `${namespace}-system-user`, 'project-user-password': props.userPassword },
    });
    const program = new KeycloakProgram(this, 'Program', {
      namespace,
      name: 'create-project-user',
      program: 'create_project_user.py',
    });
    const job = new Workload(this, 'CreateUser', {
      platform,
      namespace,
      name: 'create-project-user',
      kind: 'Job',
      labels: PROJECT_PODS.userMaker,
      waitFor: [{ address: services.keycloak.internal, label: 'keycloak' }],
      uses: [services.accessInformation],
      container: {
        ...program.container,
        image: platform.images.ref('create-project-user'),
        env: {
          ...program.env,
          KEYCLOAK_USER: accounts.keycloakAdmin.envValue('username'),
          KEYCLOAK_PASSWORD: accounts.keycloakAdmin.envValue('password'),
          KEYCLOAK_HOST: services.keycloak.internal.host,
          KEYCLOAK_HTTPS_PORT: String(services.keycloak.internal.port),
          OIDC_CLIENT_SECRET: accounts.clientSecret.envValue('oidc-client-secret'),
          HOSTNAME: origin.domain,
          HTTPS_PORT: String(origin.httpsPort),
          PROJECT_NAME: project.name,
          project_id: project.id,
          SERVICES_NAMESPACE: props.servicesNamespace,
          PROJECT_USER: user.envValue('project-user'),
          PROJECT_USER_PASSWORD: user.envValue('project-user-password'),
        },
        resources: { memoryLimit: '200Mi' },
      },
    });
    job.node.addDependency(props.registered);
  }
}
