import { z } from 'zod';
import { EXTENSION_IMAGES } from '../../constructs/extensions/catalogue';
import { CURRENT_IMAGES, LEGACY_IMAGES } from '../../constructs/platform/images';
import { NEWEST } from '../releases';
import {
  address,
  directory,
  dnsLabel,
  domains,
  flag,
  host,
  labelValue,
  memory,
  paths,
  port,
  portRange,
  proxyUrl,
  quantity,
  secret,
  text,
  whole,
} from './fields';
import { credentials, extension, thirdPartyExtension, gpu, nfs, project, legacy, smtp, storageClasses } from './groups';

const imageTag = text.regex(/^\w[\w.-]{0,127}$/, 'is no tag of an image');

/** One of the six memory values. */
const share = (of: string) =>
  memory
    .optional()
    .describe(`Memory ${of}; derived from totalMemory`)
    .meta({ examples: ['13440Mi'] });

/**
 * Every key of the `kaapana:` section of an environment file, in the order of the README's table. Names and defaults
 * of upper-case variables are those of Kaapana's deploy script (release 0.6.0), in camel case.
 */
export const schema = z.strictObject(
  {
    domain: host
      .describe('Host name or IPv4 address that users reach the platform at')
      .meta({ examples: ['kaapana.example.org'] }),
    containerRegistryUrl: text
      .regex(
        /^([^/]*[.:]|localhost(\/|$))/,
        'begins with no host, which has a dot or a port, so that Docker Hub would be meant',
      )
      .regex(
        /^[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*$/,
        'is no registry: host and path in small letters, without scheme, tag or trailing slash',
      )
      .describe("Registry of the platform's images")
      .meta({ examples: ['registry.example.org/kaapana'] }),
    containerRegistryUsername: text
      .regex(/^[^:\s]+$/, 'is no account of a registry: it has neither colon nor space')
      .optional()
      .describe('Account at the registry')
      .meta({ examples: ['registry-user'] }),
    containerRegistryPassword: secret.optional().describe('Password of the account at the registry'),
    platformName: dnsLabel
      .max(53, 'is longer than 53 characters, which is as long as the name of a Helm release may be')
      .default('kaapana-admin-chart')
      .describe('Name of the platform'),
    platformVersion: imageTag.default(NEWEST.version).describe('Tag of the images; `git describe` of the build'),
    imageTags: z
      .partialRecord(
        z.enum([...CURRENT_IMAGES, ...LEGACY_IMAGES, ...EXTENSION_IMAGES]),
        imageTag,
        'is no mapping of keys to values',
      )
      .default({})
      .describe('Tags of single images that differ from platformVersion, e.g. a fixed build')
      .meta({ examples: [{ traefik: '0.6.1' }] }),
    credentials: credentials.describe('Accounts and secrets'),

    devMode: flag.default(true).describe('Always pull images, allow weak passwords and privileged pods'),
    gpuSupport: flag.default(false).describe('Use NVIDIA GPUs'),
    gpu: gpu
      .optional()
      .describe('How pods ask for GPUs')
      .meta({ examples: [{ resource: 'nvidia.com/gpu' }] }),
    offlineMode: flag.default(false).describe('Work without a connection to the internet'),
    prefetchExtensions: flag.default(false).describe('Pull the images of all extensions ahead; off with a chartPath'),
    chartPath: text
      .regex(/^\/.+\.tgz$/, 'is no absolute path of a .tgz file')
      .optional()
      .describe('Chart of the platform on the server, for offline sites')
      .meta({ examples: [`/opt/kaapana/kaapana-admin-chart-${NEWEST.version}.tgz`] }),
    noHooks: z
      .union([flag, z.enum(['', '--no-hooks']).transform((option) => option !== '')], 'is neither true nor false')
      .default(false)
      .describe('Remove the platform without jobs before and after')
      .meta({ nowhere: 'Pulumi removes objects one by one, and runs no jobs of Helm' }),
    distribution: z
      .enum(['microk8s', 'k3s', 'kubeadm', 'embedded'])
      .default('microk8s')
      .describe('Kubernetes distribution of the server'),
    kubeconfig: text
      .optional()
      .describe('Kubeconfig file of the server; $KUBECONFIG or ~/.kube/config where it is missing')
      .meta({ examples: ['/etc/kaapana/kubeconfig'] }),
    kubeContext: text
      .optional()
      .describe('Context in the kubeconfig; its current one where it is missing')
      .meta({ examples: ['microk8s'] }),
    adopt: z
      .array(text.regex(/^(\*|[A-Za-z]+\/[^/]*\/[^/]+)$/, 'is neither * nor Kind/namespace/name'), 'is no list')
      .default([])
      .describe(
        'Existing objects that this environment may take over, but for those of other environments: Kind/namespace/name, or * for all',
      )
      .meta({
        nowhere: 'decides whether a preview stops at objects of others',
        examples: [['ConfigMap/admin/traefik-config']],
      }),
    acknowledged: z
      .record(z.string().regex(/^[a-z-]+(\/\S+)?$/, 'is no id of a finding'), text, 'is no mapping of keys to values')
      .default({})
      .describe(
        'Findings that are let through, and why: reasons by id (docs/findings.md lists all), e.g. a password that was changed in the database too',
      )
      .meta({
        nowhere: 'decides whether a preview stops at a finding',
        examples: [{ 'set-when-created': 'changed in the databases, too' }],
      }),

    instanceUid: z
      .union([z.literal(''), dnsLabel], 'is no DNS label')
      .default('')
      .describe('Name of this instance, where a server has several; prefix of its namespaces')
      .meta({ examples: ['site2'] }),
    instanceName: z
      .string('is no text')
      .default('')
      .describe('Name that users see; the domain where it is missing')
      .meta({ examples: ['Kaapana'] }),
    serverStack: text
      .regex(/^[\w.-]+$/, 'is no name of an environment')
      .optional()
      .describe("Environment that owns the server's objects, on a second instance")
      .meta({ examples: ['prod'] }),
    adminNamespace: dnsLabel.default('admin').describe('Namespace of the way in and of administration'),
    servicesNamespace: dnsLabel.default('services').describe('Namespace of the services'),
    jobsNamespace: dnsLabel.default('jobs').describe('Namespace of jobs, in releases before 0.4'),
    extensionsNamespace: dnsLabel.default('extensions').describe('Namespace of extensions'),
    helmNamespace: dnsLabel.default('default').describe('Namespace that Helm keeps its releases in'),

    httpPort: whole(0, 65535).default(80).describe('Port for plain requests, which are sent on to HTTPS; 0 for none'),
    httpsPort: port.default(443).describe('Port for requests by TLS'),
    dicomPort: port.default(11112).describe('Port for DICOM'),
    nodePortRange: portRange
      .optional()
      .describe(
        "Ports that the API server gives to services on every node (--service-node-port-range); the distribution's where it is missing",
      )
      .meta({ examples: ['80-32767'] }),
    serverIp: address
      .optional()
      .describe('Address of the server, inside its network')
      .meta({ examples: ['192.0.2.10'] }),
    apiServerIp: address
      .optional()
      .describe('Address of the API server')
      .meta({ examples: ['192.0.2.10'] }),
    internalCidrs: z
      .array(text, 'is no list')
      .optional()
      .describe("Networks that pods may reach; the distribution's service and pod networks where it is missing")
      .meta({ examples: [['10.152.183.0/24', '10.1.0.0/16']] }),
    upstreamHttpProxy: proxyUrl
      .optional()
      .describe("The site's proxy for HTTP")
      .meta({ examples: ['http://proxy.example.org:3128'] }),
    upstreamHttpsProxy: proxyUrl
      .optional()
      .describe("The site's proxy for HTTPS")
      .meta({ examples: ['http://proxy.example.org:3128'] }),
    upstreamNoProxy: domains
      .optional()
      .describe('Domains that are reached without these proxies, separated by commas; a leading dot takes in all below')
      .meta({ examples: ['.example.org,registry.example.com'] }),
    externalEgressProxy: proxyUrl
      .optional()
      .describe('Way out of the cluster that lives elsewhere, in place of a squid of its own')
      .meta({ examples: ['http://proxy.example.org:3128'] }),

    mainNodeName: host
      .optional()
      .describe('Name of the main node; needed by Longhorn')
      .meta({ examples: ['kaapana-node'] }),
    storageNode: labelValue.default('storage').describe('Value of the label kaapana.io/node of the node with the data'),
    fastDataDir: directory.default('/home/kaapana').describe('Directory for databases and running workflows'),
    slowDataDir: directory.default('/home/kaapana').describe('Directory for images and the object store'),
    storageProvider: z
      .enum(['hostpath', 'nfs', 'longhorn', 'class'])
      .optional()
      .describe('Where volumes come from; hostpath where it is missing')
      .meta({ examples: ['hostpath'] }),
    enableNfs: flag.default(false).describe('Same as storageProvider nfs'),
    nfs: nfs.optional().describe('NFS export for the volumes'),
    storageClasses: storageClasses
      .optional()
      .describe('Existing storage classes that make the volumes, with storageProvider class'),
    replicaCount: whole(1, 20).default(1).describe('Copies that Longhorn keeps of the files of running workflows'),
    volumeSlowData: quantity
      .optional()
      .describe('Size of the volumes for images and the object store; needed by Longhorn and existing classes')
      .meta({ examples: ['100Gi'] }),
    dataMoved: z
      .array(text.regex(/^(\*|[a-z0-9-]+\/[a-z0-9.-]+)$/, 'is neither * nor namespace/claim'), 'is no list')
      .default([])
      .describe('Claims whose files have been copied to where the settings now say: namespace/claim, or * for all')
      .meta({
        nowhere: 'decides whether a preview stops at a volume that moves',
        examples: [['services/minio-pv-claim']],
      }),

    totalMemory: memory
      .optional()
      .describe(
        'Memory of the server; 70 % of it is split: PACS 30, Airflow 50, OpenSearch 20 %, a third of each promised. Or else the six values that follow',
      )
      .meta({ examples: ['64Gi'] }),
    pacsMemoryLimit: share('that the PACS may use'),
    pacsMemoryRequest: share('that the PACS is promised'),
    airflowMemoryLimit: share('that Airflow may use'),
    airflowMemoryRequest: share('that Airflow is promised'),
    opensearchMemoryLimit: share('that OpenSearch may use'),
    opensearchMemoryRequest: share('that OpenSearch is promised'),

    smtp: smtp.optional().describe('Mail server for notifications'),
    mountPointsToMonitor: paths
      .default('')
      .describe('Mount points whose space is watched, separated by commas')
      .meta({ examples: ['/home,/mnt/data'] }),
    projects: z
      .array(project, 'is no list')
      .min(1, 'is empty: what belongs to no project belongs to the first')
      .default([{ name: 'admin' }])
      .describe('Projects of the instance'),
    components: z
      .array(legacy, 'is no list')
      .default([])
      .describe('Components of earlier releases to switch on')
      .meta({ examples: [['nfs-server']] }),
    extensions: z
      .array(extension, 'is no list')
      .default([])
      .describe('Extensions to install')
      .meta({ examples: [[{ name: 'jupyterlab-chart', as: 'demo1' }]] }),
    thirdPartyExtensions: z
      .array(thirdPartyExtension, 'is no list')
      .default([])
      .describe('Charts that others made; written by kaapana extension add and extension remove')
      .meta({
        formerly: 'foreignExtensions',
        examples: [[{ as: 'viewer', chart: 'extensions/prod/viewer/chart.tgz' }]],
      }),
  },
  'is no mapping of keys to values',
);

/** Settings as they are read: defaults filled in, secrets as tokens. */
export type RawSettings = z.output<typeof schema>;
