import type * as kplus from 'cdk8s-plus-27';
import { type Address, type ContainerProps, origin } from '../kube';
import { type Egress, egressEnv } from '../platform/egress';
import type { Origin } from '../platform/origin';
import type { SharedAccounts } from '../platform/shared-accounts';

/** Environment of a container. */
export type Environment = NonNullable<ContainerProps['env']>;

/** Services that the tasks of workflows call. */
export interface WorkflowServices {
  /** Knows projects and who may do what: access-information-interface. */
  readonly accessInformation: Address;
  readonly dicomWebFilter: Address;
  readonly kaapanaBackend: Address;

  /** Identity provider, plain. */
  readonly keycloak: Address;

  /** Installs extensions. */
  readonly kubeHelm: Address;
  readonly minio: Address;
  readonly notifications: Address;
  readonly opensearch: Address;
}

/** Mail server that workflows send by. */
export interface WorkflowMail {
  readonly host: string;
  readonly port: number;

  /** @default - no account */
  readonly username?: string;

  /** @default - no account */
  readonly password?: string;

  /** Sender address of mails. @default - none */
  readonly sender?: string;
}

/** Where workflows run, as they are told. */
export interface WorkflowSite {
  /** Namespaces; the first project is that of runs that name none. */
  readonly namespaces: {
    readonly admin: string;
    readonly extensions: string;
    readonly projects: readonly [string, ...string[]];
  };

  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** Name of the instance that users see. */
  readonly instanceName: string;

  /** Version of the platform, and the registry of its images. */
  readonly release: { readonly version: string; readonly registry: string };

  /** Absolute data directories. */
  readonly directories: { readonly fast: string; readonly slow: string };

  /** @default false */
  readonly gpuSupport?: boolean;

  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;

  /** @default - workflows send no mail */
  readonly mail?: WorkflowMail;
}

/** Accounts of workflows. */
export interface WorkflowAccounts {
  /** Object store; keys `username` and `password`. */
  readonly minio: kplus.ISecret;

  /** At the identity provider; every project has Secrets of the same names. */
  readonly shared: SharedAccounts;

  /** Key `database-url`, and `mail-password` where mail has one. */
  readonly own: kplus.ISecret;
}

/** What the environment is made of. */
export interface AirflowEnvironmentProps {
  readonly namespace: string;
  readonly pullPolicy: string;
  readonly site: WorkflowSite;
  readonly services: WorkflowServices;
  readonly accounts: WorkflowAccounts;
}

/** The environment of Airflow's containers, in parts that build on each other. */
export interface AirflowEnvironment {
  /** Of every program. */
  readonly program: Environment;

  /** Of programs that read workflows: operators look for the services when they are made. */
  readonly workflows: Environment;

  /** Of programs that run tasks. */
  readonly tasks: Environment;
}

/** Home of Airflow, in all its containers. */
export const AIRFLOW_HOME = '/kaapana/mounted/workflows';

/** Directory of the node with the files of running workflows; the Task API mounts paths below it. */
export function taskDirectory({ directories }: WorkflowSite): string {
  return `${directories.fast}/workflows/data`;
}

/** What Airflow's programs and the tasks of workflows read. */
export function airflowEnvironment(props: AirflowEnvironmentProps): AirflowEnvironment {
  const program = programEnv(props);
  const workflows = { ...program, ...serviceEnv(props) };
  return { program, workflows, tasks: { ...workflows, ...taskEnv(props) } };
}

function programEnv({ namespace, pullPolicy, site, accounts }: AirflowEnvironmentProps): Environment {
  return {
    ADMIN_NAMESPACE: site.namespaces.admin,
    AIRFLOW_HOME,
    DEFAULT_REGISTRY: site.release.registry,
    EXTENSIONS_NAMESPACE: site.namespaces.extensions,
    INSTANCE_NAME: site.instanceName,
    KAAPANA_BUILD_VERSION: site.release.version,
    PULL_POLICY_IMAGES: pullPolicy,
    SERVICES_NAMESPACE: namespace,
    SQL_ALCHEMY_CONN: accounts.own.envValue('database-url'),
  };
}

function serviceEnv({ site, services, accounts }: AirflowEnvironmentProps): Environment {
  const { opensearch } = services;
  return {
    HOSTDOMAIN: site.origin.domain,
    HTTPS_PORT: String(site.origin.httpsPort),
    AII_URL: origin(services.accessInformation),
    DICOM_WEB_FILTER_URL: origin(services.dicomWebFilter),
    KAAPANA_BACKEND_URL: origin(services.kaapanaBackend),
    KEYCLOAK_URL: origin(services.keycloak),
    KUBE_HELM_URL: origin(services.kubeHelm),
    MINIO_URL: origin(services.minio),
    NOTIFICATION_URL: origin(services.notifications),
    OPENSEARCH_HOST: opensearch.host,
    OPENSEARCH_PORT: String(opensearch.port),
    OPENSEARCH_URL: `${opensearch.host}:${opensearch.port}`,
    MINIOUSER: accounts.minio.envValue('username'),
    MINIOPASSWORD: accounts.minio.envValue('password'),
    OIDC_CLIENT_SECRET: accounts.shared.clientSecret.envValue('oidc-client-secret'),
    SYSTEM_USER_PASSWORD: accounts.shared.systemPassword.envValue('system-user-password'),
  };
}

function taskEnv({ site, accounts }: AirflowEnvironmentProps): Environment {
  const { directories, mail, egress } = site;
  const databaseUrl = accounts.own.envValue('database-url');
  return {
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: databaseUrl,
    AIRFLOW__LOGGING__LOGGING_LEVEL: 'INFO',
    AIRFLOW_CONN_AIRFLOW_DB: databaseUrl,
    DATADIR: taskDirectory(site),
    MINIODIR: `${directories.slow}/minio`,
    MODELDIR: `${directories.fast}/workflows/models`,
    ENABLE_NFS: '',
    GPU_SUPPORT: String(site.gpuSupport ?? false),
    INSTANCE_ID: '',
    KAAPANA_CLIENT_SECRET: accounts.shared.clientSecret.envValue('oidc-client-secret'),
    KAAPANA_PROJECT_USER_NAME: 'system',
    KAAPANA_PROJECT_USER_PASSWORD: accounts.shared.systemPassword.envValue('system-user-password'),
    SQLALCHEMY_SILENCE_UBER_WARNING: '1',
    SMTP_HOST: mail?.host ?? '',
    SMTP_PORT: String(mail?.port ?? 0),
    SMTP_USERNAME: mail?.username ?? '',
    SMTP_PASSWORD: mail?.password === undefined ? '' : accounts.own.envValue('mail-password'),
    EMAIL_ADDRESS_SENDER: mail?.sender ?? '',
    ...egressEnv(egress),
    ...(egress ? { PROXY: egress.proxy.url } : {}),
  };
}
