import type { Egress } from '../../constructs/platform/egress';
import type { GpuPlan } from '../../constructs/extensions/contract/extension';
import type { WorkflowMail } from '../../constructs/flow/airflow';
import type { KaapanaPlatform } from '../../constructs/platform/images';
import type { RuntimeSecret } from '../../constructs/kube';
import type { Registry } from '../../constructs/platform/platform-namespace';
import type { ProjectWithUser } from '../../constructs/platform/project';
import type { Account, SharedAccounts, SharedAccountsProps } from '../../constructs/platform/shared-accounts';
import type { ServerServices } from './server-services';
import type { Origin } from '../../constructs/platform/origin';

/** Properties of `InstanceStack`. */
export interface InstanceStackProps {
  readonly platform: KaapanaPlatform;

  /** What the server has once. */
  readonly server: ServerServices;

  /** `wayIn` is that of the reverse proxy; `helm` is where kube-helm keeps its releases. */
  readonly namespaces: {
    readonly admin: string;
    readonly proxy: string;
    readonly services: string;
    readonly extensions: string;
    readonly helm: string;
  };

  /** Version of the platform, and the name of its chart. */
  readonly release: { readonly name: string; readonly version: string };

  readonly registry: Registry;

  /** Where users reach the platform. */
  readonly origin: Origin;

  /** Address of the server, for pods that ask for the platform's domain. @default - what the cluster's DNS says */
  readonly address?: string;

  /** Port of the node that images are sent to. */
  readonly dicomPort: number;

  /** Empty for the first instance of the server. */
  readonly instanceUid: string;

  /** Name of the instance that users and other instances see. */
  readonly instanceName: string;

  /** Networks that count as inside, in CIDR notation. */
  readonly internalCidrs: readonly string[];

  /** Absolute data directories. */
  readonly directories: { readonly fast: string; readonly slow: string };

  /** Where the kubelet keeps the volumes of pods. */
  readonly kubeletDirectory: string;

  /** File systems whose free space is shown. */
  readonly mountPoints: readonly string[];

  /** Size of the volumes for bulk data. */
  readonly slowVolumeSize: string;

  /** Whether kube-helm pulls the images of all extensions ahead, by pods that wait for it. */
  readonly prefetch: boolean;

  /** Name of the node that holds the data. @default - whichever has its label */
  readonly mainNode?: string;

  readonly memory: { readonly pacs: MemoryShare; readonly airflow: MemoryShare; readonly opensearch: MemoryShare };

  /** GPUs, and the namespace of who measures them. @default - there are none */
  readonly gpu?: GpuPlan & { readonly operatorNamespace: string };

  /** @default - no mails are sent */
  readonly mail?: WorkflowMail & { readonly recipients?: readonly string[] };

  /** The first one is that of runs that name none. */
  readonly projects: readonly [ProjectWithUser, ...ProjectWithUser[]];

  /** Components of earlier releases that are switched on. */
  readonly legacy: ReadonlySet<LegacyRow>;

  /** Namespace of jobs, in earlier releases. */
  readonly jobsNamespace: string;

  readonly credentials: InstanceCredentials;
}

/** A component that releases before 0.4 had for each instance. */
export type LegacyRow =
  | 'auth-backend'
  | 'debug-container'
  | 'jobs-namespace'
  | 'kaapana-persistence'
  | 'minio-console'
  | 'ohif-iframe'
  | 'ohif-v2'
  | 'static-website';

/** Memory that something is promised, and what it may use; quantities. */
interface MemoryShare {
  readonly request: string;
  readonly limit: string;
}

/** Accounts and keys of an instance. */
export interface InstanceCredentials {
  readonly shared: Omit<SharedAccountsProps, 'namespace'>;
  readonly minio: Account;
  readonly grafana: Account;
  readonly grafanaKey: string;
  readonly ldap: string;
  readonly opensearchDashboards: string;
  readonly airflowWebserver: string;
  readonly airflowApi: string;
  readonly kaapanaBackendKey: string;

  /** Passwords of databases: letters, digits, - and _, as they stand in URLs. */
  readonly databases: Readonly<Record<Database, string>>;
}

type Database =
  | 'accessInformation'
  | 'airflow'
  | 'dataApi'
  | 'dcm4chee'
  | 'dicomWebFilter'
  | 'kaapanaBackend'
  | 'kaapanaPersistence'
  | 'notificationService'
  | 'workflowApi';

/** What the parts of an instance have in common. */
export interface InstanceSite {
  readonly props: InstanceStackProps;

  /** What every component of the services' namespace takes. */
  readonly shared: { readonly platform: KaapanaPlatform; readonly namespace: string };
  readonly accounts: SharedAccounts;

  /** Labels of the node that holds the data. */
  readonly dataNode: Readonly<Record<string, string>>;

  /** TLS certificate, in the services' namespace. */
  readonly certificate: RuntimeSecret;

  /** Way out of the cluster. */
  readonly egress: Egress;
}
