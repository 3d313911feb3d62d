import { z } from 'zod';
import { NEWEST } from '../releases';
import {
  dnsLabel,
  host,
  labelPair,
  objectName,
  path,
  port,
  qualifiedName,
  secret,
  text,
  UNQUOTED,
  whole,
} from './fields';

/** Password of a database, that programs find in a URL. */
const database = (whose: string) =>
  secret.optional().describe(`Password of ${whose} database, letters, digits, - and _; derived if not set`);

/** Who an instance and its components log in as. */
export const credentials = z.strictObject(
  {
    keycloakAdminUsername: text.default('admin').describe('Administrator of Keycloak'),
    keycloakAdminPassword: secret.describe('Password of the administrator of Keycloak'),
    minioUsername: text
      .min(3, 'is shorter than MinIO allows: 3 characters')
      .regex(UNQUOTED, "has blanks, quotes or backslashes, or a dash in front, which Kaapana's scripts cannot pass on")
      .default('kaapanaminio')
      .describe('Root account of the object store'),
    minioPassword: secret.describe('Password of the root account of the object store, 8 characters or more'),
    grafanaUsername: text.default('admin').describe('Administrator of Grafana'),
    grafanaPassword: secret.describe('Password of the administrator of Grafana'),
    initPassword: secret.describe('First password of the user kaapana'),
    oidcClientSecret: secret.describe('Secret of the client kaapana at Keycloak'),
    rootSecret: secret
      .optional()
      .describe('Secret that all passwords without a setting are derived from; oidcClientSecret if not set'),
    keycloakDatabasePassword: secret.optional().describe("Password of Keycloak's database; derived if not set"),
    cookieSecret: secret.optional().describe('Key of the session cookies: 32 bytes, base64url; derived if not set'),
    systemUserPassword: secret.optional().describe('Password of the user system; derived if not set'),
    kubeHelmSecretKey: secret.optional().describe('Signing key of kube-helm; derived if not set'),
    accessInformationDatabasePassword: database("the access information interface's"),
    airflowApiPassword: secret.optional().describe("Password of the services at Airflow's API; derived if not set"),
    airflowDatabasePassword: database("Airflow's"),
    airflowWebserverKey: secret.optional().describe('Signing key of the Airflow sessions; derived if not set'),
    dataApiDatabasePassword: database("the data API's"),
    dcm4cheeDatabasePassword: database("the DICOM archive's"),
    dicomWebFilterDatabasePassword: database("the DICOM web filter's"),
    grafanaSecretKey: secret.optional().describe('Encryption key of the Grafana database; derived if not set'),
    kaapanaBackendDatabasePassword: database("the back end's"),
    kaapanaBackendSecretKey: secret.optional().describe('Signing key of the back end; derived if not set'),
    kaapanaPersistenceDatabasePassword: database("the persistence layer's"),
    ldapPassword: secret
      .optional()
      .describe("Password of the directory with the DICOM archive's configuration; derived if not set"),
    notificationServiceDatabasePassword: database("the notification service's"),
    opensearchDashboardsPassword: secret
      .optional()
      .describe('Password of the OpenSearch dashboards; derived if not set'),
    workflowApiDatabasePassword: database("the workflow API's"),
  },
  'must be a mapping of keys to values',
);

/** Mail server. */
export const smtp = z.strictObject(
  {
    host: host.describe('Mail server').meta({ examples: ['mail.example.org'] }),
    port: port.default(25).describe('Port of the mail server'),
    username: text
      .optional()
      .describe('Account at the mail server')
      .meta({ examples: ['kaapana'] }),
    password: secret.optional().describe('Password of the account'),
    sender: z
      .email('is not a mail address')
      .optional()
      .describe('Sender address of mails')
      .meta({ examples: ['kaapana@example.org'] }),
    recipients: z
      .array(z.email('is not a mail address'), 'must be a list')
      .default([])
      .describe('Addresses that receive alerts')
      .meta({ examples: [['operator@example.org']] }),
  },
  'must be a mapping of keys to values',
);

/** NFS export. */
export const nfs = z.strictObject(
  {
    server: host
      .describe('Name or address of the NFS server, as the nodes resolve it')
      .meta({ examples: ['nfs.example.org'] }),
    path: path.describe('Exported path').meta({ examples: ['/export/kaapana'] }),
    mountOptions: z
      .array(text, 'must be a list')
      .optional()
      .describe('Mount options')
      .meta({ examples: [['nfsvers=4.2']] }),
  },
  'must be a mapping of keys to values',
);

/** How pods ask for GPUs. */
export const gpu = z.strictObject(
  {
    resource: qualifiedName.default('nvidia.com/gpu').describe('Kubernetes resource of one GPU'),
    runtimeClass: objectName
      .optional()
      .describe("Runtime class of applications with a GPU; the nodes' default if not set")
      .meta({ examples: ['nvidia'] }),
    nodeSelector: z
      .array(labelPair, 'must be a list')
      .optional()
      .describe('Labels of the nodes with GPUs; any node with the resource if not set')
      .meta({ examples: [['nvidia.com/gpu.present=true']] }),
    taint: qualifiedName
      .optional()
      .describe('Key of the taint that keeps other pods off these nodes')
      .meta({ examples: ['nvidia.com/gpu'] }),
    replicas: whole(1, 64)
      .default(1)
      .describe('Pods that share one GPU; more than 1 creates a configuration for the GPU operator'),
    operatorNamespace: dnsLabel
      .default('gpu-operator-resources')
      .describe("Namespace of NVIDIA's GPU operator, whose metrics are collected"),
  },
  'must be a mapping of keys to values',
);

/** Storage classes that the cluster has already. */
export const storageClasses = z.strictObject(
  {
    fast: objectName.describe('Storage class for databases').meta({ examples: ['ceph-block'] }),
    slow: objectName
      .optional()
      .describe('Storage class for images and the object store; the one for databases if not set')
      .meta({ examples: ['ceph-block-hdd'] }),
    workflow: objectName
      .optional()
      .describe(
        'Storage class for the files of running workflows, written by several nodes; the one for databases if not set',
      )
      .meta({ examples: ['ceph-filesystem'] }),
  },
  'must be a mapping of keys to values',
);

/** A project of the instance. */
export const project = z.strictObject(
  {
    name: dnsLabel
      .max(16, 'is longer than 16 characters, which is as long as a DICOM AE title may be')
      .describe('Name of the project; its namespace is project-<name>')
      .meta({ examples: ['trial'] }),
    id: z
      .guid('is not a UUID')
      .optional()
      .describe('UUID of the project; derived from its name if not set')
      .meta({ examples: ['00000000-0000-4000-8000-000000000001'] }),
    userPassword: secret
      .optional()
      .describe('Password of the user that runs the tasks of the project; derived if not set'),
  },
  'must be a mapping of keys to values',
);

/** An extension to install. */
export const extension = z.strictObject(
  {
    name: text.describe('Name of the extension').meta({ examples: ['jupyterlab-chart'] }),
    as: dnsLabel
      .optional()
      .describe('Name of this installation, for an extension that can be installed several times')
      .meta({ examples: ['demo1'] }),
    project: dnsLabel
      .optional()
      .describe('Project of the extension')
      .meta({ examples: ['admin'] }),
    version: text
      .optional()
      .describe("Version; the platform's if not set")
      .meta({ examples: [NEWEST.version] }),
    parameters: z
      .record(z.string().regex(/^[\w.-]+$/), z.unknown(), 'must be a mapping of keys to values')
      .optional()
      .describe('Values of its parameters; credentials are secrets')
      .meta({ examples: [{ display_name: 'desktop' }] }),
  },
  'must be a mapping of keys to values',
);

const RENDERED = 'the objects are in rendered.yaml beside the chart, which is compared with it';
const checksum = (of: string) =>
  text
    .regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 of 64 hexadecimal digits')
    .describe(`SHA-256 of ${of}`)
    .meta({ nowhere: RENDERED, examples: ['0'.repeat(64)] });
const valuePath = z.string().regex(/^[^\s=]+$/);
const valueName = z.string().regex(/^\w[\w.-]*$/);

/** A chart that others made; `kaapana extension add` writes it. */
export const thirdPartyExtension = z.strictObject(
  {
    as: dnsLabel
      .max(53, 'is longer than 53 characters')
      .describe('Name of this installation')
      .meta({ examples: ['viewer'] }),
    chart: text
      .regex(/^(?!\/)(?!(.*\/)?\.\.(\/|$))[\w./-]+\/chart\.tgz$/, 'is not a path of a chart.tgz beside the environment')
      .describe('Path of its chart, relative to the environment file')
      .meta({ nowhere: RENDERED, examples: ['extensions/prod/viewer/chart.tgz'] }),
    sha256: checksum('the chart'),
    rendered: checksum('rendered.yaml beside it'),
    project: dnsLabel
      .optional()
      .describe('Project of the extension')
      .meta({ nowhere: RENDERED, examples: ['admin'] }),
    values: z
      .record(
        valuePath,
        z.union([
          z.string(),
          z.boolean(),
          z.number(),
          z.null(),
          z.array(z.unknown()),
          z.record(z.string(), z.unknown()),
        ]),
        'must be a mapping of keys to values',
      )
      .optional()
      .describe('Values of its parameters, and of its values.yaml by their paths (image.tag)')
      .meta({ nowhere: RENDERED, examples: [{ display_name: 'viewer' }] }),
    plain: z
      .array(valueName)
      .optional()
      .describe('Values that look like credentials and are none')
      .meta({ nowhere: RENDERED, examples: [['max_tokens']] }),
    secrets: z
      .record(valueName, secret, 'must be a mapping of keys to values')
      .optional()
      .describe('Values of its parameters that are credentials; derived if not set')
      .meta({ examples: [{ password: '<password>' }] }),
  },
  'must be a mapping of keys to values',
);

/** Rows of the seeds' chart tree that the release no longer ships. */
export const LEGACY_COMPONENTS = [
  'auth-backend',
  'debug-container',
  'jobs-namespace',
  'kaapana-persistence',
  'minio-console',
  'nfs-server',
  'ohif-iframe',
  'ohif-v2',
  'static-website',
] as const;

/** One of them; a chart's name has `-chart` in it. */
export const legacy = z
  .string('must be a string')
  .transform((name) => name.replace(/-chart(-|$)/, '$1'))
  .pipe(z.enum(LEGACY_COMPONENTS));
