import { z } from 'zod';
import { directory, dnsLabel, flag, host, port, proxyUrl, quantity, secret, whole } from './fields';

/** Who an instance and its components log in as. */
const credentials = z.strictObject({
  keycloakAdminUsername: z.string().min(1).default('admin').describe('Administrator of Keycloak'),
  keycloakAdminPassword: secret.describe('Password of the administrator of Keycloak'),
  minioUsername: z.string().min(3).default('kaapanaminio').describe('Root account of the object store'),
  minioPassword: secret.describe('Password of the root account of the object store'),
  grafanaUsername: z.string().min(1).default('admin').describe('Administrator of Grafana'),
  grafanaPassword: secret.describe('Password of the administrator of Grafana'),
  initPassword: secret.describe('First password of the user kaapana'),
  oidcClientSecret: secret.describe('Secret of the client kaapana at Keycloak'),
  rootSecret: secret.optional().describe('What passwords without a setting are derived from; oidcClientSecret where it is missing'),
  keycloakDatabasePassword: secret.optional().describe("Password of Keycloak's database; derived where it is missing"),
  cookieSecret: secret.optional().describe('Key of the session cookies, 32 bytes in base64; derived where it is missing'),
  systemUserPassword: secret.optional().describe('Password of the user system; derived where it is missing'),
  kubeHelmSecretKey: secret.optional().describe('Key that kube-helm signs with; derived where it is missing'),
});

const smtp = z.strictObject({
  host: host.describe('Mail server'),
  port: port.default(25).describe('Port of the mail server'),
  username: z.string().min(1).optional().describe('Account at the mail server'),
  password: secret.optional().describe('Password of the account'),
  sender: z.email('is no mail address').optional().describe('Address that mails come from'),
});

const nfs = z.strictObject({
  server: host.describe('NFS server, by a name or address that the nodes resolve'),
  path: directory.describe('Exported path'),
  mountOptions: z.array(z.string().min(1)).optional().describe('Mount options, e.g. nfsvers=4.2'),
});

const project = z.strictObject({
  name: dnsLabel.describe('Name of the project; its namespace is project-<name>'),
  id: z.uuid('is no UUID').optional().describe('Identity of the project'),
});

const extension = z.strictObject({
  name: z.string().min(1).describe('Name of the extension'),
  as: dnsLabel.optional().describe('Name of this one, where it may be installed several times'),
  project: dnsLabel.optional().describe('Project that it belongs to'),
  version: z.string().min(1).optional().describe("Version; the platform's where it is missing"),
  parameters: z.record(z.string(), z.unknown()).optional().describe('Values of its parameters'),
});

/** Rows of the seeds' chart tree that the release no longer ships; a chart's name has `-chart` at its end. */
const retired = z.string().transform((name) => name.replace(/-chart$/, '')).pipe(z.enum(['nfs-server']));

const memory = (of: string): z.ZodOptional<typeof quantity> => quantity.optional().describe(`Memory ${of}; derived from totalMemory where it is missing`);

/**
 * Every key of the `kaapana:` section of an environment file, in the order of the README's table. Names and defaults
 * of upper-case variables are those of Kaapana's deploy script (release 0.6.0), in camel case.
 */
export const schema = z.strictObject({
  domain: host.describe('Host name or IPv4 address that users reach the platform at').meta({ example: 'kaapana.example.org' }),
  containerRegistryUrl: z.string().regex(/^[a-z0-9][\w.-]*(:\d+)?(\/[\w.-]+)*$/i, 'is no registry: host and path, without scheme, tag or trailing slash')
    .describe('Registry of the platform\'s images').meta({ example: 'registry.example.org/kaapana' }),
  containerRegistryUsername: z.string().min(1).optional().describe('Account at the registry'),
  containerRegistryPassword: secret.optional().describe('Password of the account at the registry'),
  platformName: dnsLabel.default('kaapana-admin-chart').describe('Name of the platform'),
  platformVersion: z.string().regex(/^\w[\w.-]{0,127}$/, 'is no image tag').default('0.6.0').describe('Tag of the images; `git describe` of the build'),
  credentials: credentials.describe('Accounts and secrets'),

  devMode: flag.default(true).describe('Always pull images, allow weak passwords and privileged pods'),
  gpuSupport: flag.default(false).describe('Use NVIDIA GPUs'),
  offlineMode: flag.default(false).describe('Work without a connection to the internet'),
  prefetchExtensions: flag.default(false).describe('Pull the images of all extensions ahead; off with a chartPath'),
  chartPath: z.string().regex(/^\/.+\.tgz$/, 'is no absolute path of a .tgz file').optional().describe('Chart of the platform on the server, for offline sites'),
  noHooks: flag.default(false).describe('Remove the platform without jobs before and after'),
  distribution: z.enum(['microk8s', 'k3s', 'kubeadm', 'embedded']).default('microk8s').describe('Kubernetes distribution of the server'),
  kubeconfig: z.string().min(1).optional().describe('Kubeconfig file of the server; $KUBECONFIG or ~/.kube/config where it is missing'),
  kubeContext: z.string().min(1).optional().describe('Context in the kubeconfig; its current one where it is missing'),
  adopt: z.array(z.string().regex(/^(\*|[A-Za-z]+\/[^/]*\/[^/]+)$/, 'is neither * nor Kind/namespace/name')).default([])
    .describe('Existing objects that this environment may take over'),

  instanceUid: z.union([z.literal(''), dnsLabel]).default('').describe('Name of this instance, where a server has several; prefix of its namespaces'),
  instanceName: z.string().default('').describe('Name that users see; the domain where it is missing'),
  serverStack: z.string().min(1).optional().describe("Environment that owns the server's objects, on a second instance"),
  adminNamespace: dnsLabel.default('admin').describe('Namespace of the way in and of administration'),
  servicesNamespace: dnsLabel.default('services').describe('Namespace of the services'),
  jobsNamespace: dnsLabel.default('jobs').describe('Namespace of jobs, in releases before 0.4'),
  extensionsNamespace: dnsLabel.default('extensions').describe('Namespace of extensions'),
  helmNamespace: dnsLabel.default('default').describe('Namespace that Helm keeps its releases in'),

  httpPort: whole(0, 65535).default(80).describe('Port for plain requests, which are sent on to HTTPS; 0 for none'),
  httpsPort: port.default(443).describe('Port for requests by TLS'),
  dicomPort: port.default(11112).describe('Port for DICOM'),
  serverIp: z.ipv4('is no IPv4 address').optional().describe('Address of the server, inside its network'),
  apiServerIp: z.ipv4('is no IPv4 address').optional().describe('Address of the API server'),
  internalCidrs: z.array(z.string()).optional().describe("Networks that pods may reach; the distribution's service and pod networks where it is missing"),
  upstreamHttpProxy: z.union([z.literal(''), proxyUrl]).optional().describe("The site's proxy for HTTP"),
  upstreamHttpsProxy: z.union([z.literal(''), proxyUrl]).optional().describe("The site's proxy for HTTPS"),
  upstreamNoProxy: z.string().optional().describe('Domains that are reached without these proxies, separated by commas'),
  externalEgressProxy: proxyUrl.optional().describe('Way out of the cluster that lives elsewhere, in place of a squid of its own'),

  mainNodeName: z.string().min(1).optional().describe('Name of the main node; needed by Longhorn'),
  storageNode: z.string().min(1).default('storage').describe('Value of the label kaapana.io/node of the node with the data'),
  fastDataDir: directory.default('/home/kaapana').describe('Directory for databases and running workflows'),
  slowDataDir: directory.default('/home/kaapana').describe('Directory for images and the object store'),
  storageProvider: z.enum(['hostpath', 'nfs', 'longhorn']).optional().describe('Where volumes come from; hostpath where it is missing'),
  enableNfs: flag.default(false).describe('Same as storageProvider nfs'),
  nfs: nfs.optional().describe('NFS export for the volumes'),
  replicaCount: whole(1, 9).default(1).describe('Copies that Longhorn keeps of the files of running workflows'),
  volumeSlowData: quantity.optional().describe('Size of the volumes for images and the object store; needed by Longhorn'),

  totalMemory: quantity.optional().describe('Memory of the server; 70 % of it is split: PACS 30, Airflow 50, OpenSearch 20 %, a third of each promised'),
  pacsMemoryLimit: memory('that the PACS may use'),
  pacsMemoryRequest: memory('that the PACS is promised'),
  airflowMemoryLimit: memory('that Airflow may use'),
  airflowMemoryRequest: memory('that Airflow is promised'),
  opensearchMemoryLimit: memory('that OpenSearch may use'),
  opensearchMemoryRequest: memory('that OpenSearch is promised'),

  smtp: smtp.optional().describe('Mail server for notifications'),
  mountPointsToMonitor: z.string().default('').describe('Mount points whose space is watched, separated by commas'),
  projects: z.array(project).default([{ name: 'admin' }]).describe('Projects of the instance'),
  components: z.array(retired).default([]).describe('Components of earlier releases to switch on'),
  extensions: z.array(extension).default([]).describe('Extensions to install'),
});

/** Settings as they are read: defaults filled in, secrets as tokens. */
export type RawSettings = z.output<typeof schema>;
