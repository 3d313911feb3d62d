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

const imageTag = text.regex(/^\w[\w.-]{0,127}$/, 'is not a tag of an image');

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
      .describe('Host name or IPv4 address of the platform, as users enter it')
      .meta({ examples: ['kaapana.example.org'] }),
    containerRegistryUrl: text
      .regex(
        /^([^/]*[.:]|localhost(\/|$))/,
        'begins with no host, which has a dot or a port, so that Docker Hub would be meant',
      )
      .regex(
        /^[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*$/,
        'is not a registry: host and path in lower-case letters, without scheme, tag or trailing slash',
      )
      .describe("Registry of the platform's images")
      .meta({ examples: ['registry.example.org/kaapana'] }),
    containerRegistryUsername: text
      .regex(/^[^:\s]+$/, 'is not an account of a registry: it has neither colon nor space')
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
        'must be a mapping of keys to values',
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
    prefetchExtensions: flag
      .default(false)
      .describe('Pull the images of all extensions in advance; not with chartPath'),
    chartPath: text
      .regex(/^\/.+\.tgz$/, 'is not an absolute path of a .tgz file')
      .optional()
      .describe('Path of the platform chart on the server, for offline sites')
      .meta({ examples: [`/opt/kaapana/kaapana-admin-chart-${NEWEST.version}.tgz`] }),
    noHooks: z
      .union([flag, z.enum(['', '--no-hooks']).transform((option) => option !== '')], 'is neither true nor false')
      .default(false)
      .describe('Remove the platform without running hook jobs')
      .meta({ nowhere: 'Pulumi removes objects one by one, and runs no jobs of Helm' }),
    distribution: z
      .enum(['microk8s', 'k3s', 'kubeadm', 'embedded'])
      .default('microk8s')
      .describe('Kubernetes distribution of the server'),
    kubernetesVersion: text
      .regex(/^v?1\.\d+\.\d+([-+][\w.+-]+)?$/, 'is not a version of Kubernetes, such as 1.33.4')
      .optional()
      .describe('Version of Kubernetes that third-party charts are told; 1.33.4 if not set')
      .meta({
        nowhere: 'the objects of a chart are in rendered.yaml, which is compared with it',
        examples: ['1.34.1'],
      }),
    kubeconfig: text
      .optional()
      .describe('Kubeconfig file of the server; $KUBECONFIG or ~/.kube/config if not set')
      .meta({ examples: ['/etc/kaapana/kubeconfig'] }),
    kubeContext: text
      .optional()
      .describe('Context in the kubeconfig; the current context if not set')
      .meta({ examples: ['microk8s'] }),
    adopt: z
      .array(text.regex(/^(\*|[A-Za-z]+\/[^/]*\/[^/]+)$/, 'is neither * nor Kind/namespace/name'), 'must be a list')
      .default([])
      .describe(
        'Existing objects that this environment may adopt (never those of other environments): Kind/namespace/name, or * for all',
      )
      .meta({
        nowhere: 'decides whether a preview stops at objects of others',
        examples: [['ConfigMap/admin/traefik-config']],
      }),
    acknowledged: z
      .record(
        z.string().regex(/^[a-z-]+(\/\S+)?$/, 'is not an id of a finding'),
        text,
        'must be a mapping of keys to values',
      )
      .default({})
      .describe(
        'Findings that are let through, and why: reasons by id (docs/findings.md lists all), e.g. a password that was changed in the database too',
      )
      .meta({
        nowhere: 'decides whether a preview stops at a finding',
        examples: [{ 'set-when-created': 'changed in the databases, too' }],
      }),

    instanceUid: z
      .union([z.literal(''), dnsLabel], 'is not a DNS label')
      .default('')
      .describe('Name of this instance if the server has several; prefix of its namespaces')
      .meta({ examples: ['site2'] }),
    instanceName: z
      .string('must be a string')
      .default('')
      .describe('Display name of the instance; the domain if not set')
      .meta({ examples: ['Kaapana'] }),
    serverStack: text
      .regex(/^[\w.-]+$/, 'is not a name of an environment')
      .optional()
      .describe('Environment that owns the server, for a secondary instance')
      .meta({ examples: ['prod'] }),
    adminNamespace: dnsLabel.default('admin').describe('Namespace of ingress and administration'),
    servicesNamespace: dnsLabel.default('services').describe('Namespace of the services'),
    jobsNamespace: dnsLabel.default('jobs').describe('Namespace of jobs, in releases before 0.4'),
    extensionsNamespace: dnsLabel.default('extensions').describe('Namespace of extensions'),
    helmNamespace: dnsLabel.default('default').describe('Namespace of the Helm releases'),

    httpPort: whole(0, 65535).default(80).describe('HTTP port; its requests are redirected to HTTPS. 0 for none'),
    httpsPort: port.default(443).describe('HTTPS port'),
    dicomPort: port.default(11112).describe('DICOM port'),
    nodePortRange: portRange
      .optional()
      .describe("Node ports of the API server (--service-node-port-range); the distribution's if not set")
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
      .array(text, 'must be a list')
      .optional()
      .describe("Networks that pods may reach; the distribution's service and pod networks if not set")
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
      .describe('Domains without a proxy, separated by commas; a leading dot includes all subdomains')
      .meta({ examples: ['.example.org,registry.example.com'] }),
    externalEgressProxy: proxyUrl
      .optional()
      .describe('Egress proxy outside of the cluster, instead of the squid that is deployed')
      .meta({ examples: ['http://proxy.example.org:3128'] }),

    mainNodeName: host
      .optional()
      .describe('Name of the main node; needed by Longhorn')
      .meta({ examples: ['kaapana-node'] }),
    storageNode: labelValue
      .default('storage')
      .describe('Label of the node that stores the data: its value of kaapana.io/node'),
    fastDataDir: directory.default('/home/kaapana').describe('Directory for databases and running workflows'),
    slowDataDir: directory.default('/home/kaapana').describe('Directory for images and the object store'),
    storageProvider: z
      .enum(['hostpath', 'nfs', 'longhorn', 'class'])
      .optional()
      .describe('Storage of the volumes; hostpath if not set')
      .meta({ examples: ['hostpath'] }),
    enableNfs: flag.default(false).describe('Same as storageProvider: nfs'),
    nfs: nfs.optional().describe('NFS export for the volumes'),
    storageClasses: storageClasses
      .optional()
      .describe('Existing storage classes of the volumes, for storageProvider class'),
    replicaCount: whole(1, 20).default(1).describe('Replicas in Longhorn of the files of running workflows'),
    volumeSlowData: quantity
      .optional()
      .describe('Size of the volumes for images and the object store; needed by Longhorn and existing classes')
      .meta({ examples: ['100Gi'] }),
    dataMoved: z
      .array(text.regex(/^(\*|[a-z0-9-]+\/[a-z0-9.-]+)$/, 'is neither * nor namespace/claim'), 'must be a list')
      .default([])
      .describe('Volume claims whose files were copied to the new place: namespace/claim, or * for all')
      .meta({
        nowhere: 'decides whether a preview stops at a volume that moves',
        examples: [['services/minio-pv-claim']],
      }),

    totalMemory: memory
      .optional()
      .describe(
        'Memory of the server. 70 % of it are limits: 30 % for the PACS, 50 % for Airflow, 20 % for OpenSearch; a third of each is requested. Or set the six values below',
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
      .describe('Mount points to monitor for free space, separated by commas')
      .meta({ examples: ['/home,/mnt/data'] }),
    projects: z
      .array(project, 'must be a list')
      .min(1, 'is empty: what belongs to no project belongs to the first')
      .default([{ name: 'admin' }])
      .describe('Projects of the instance'),
    components: z
      .array(legacy, 'must be a list')
      .default([])
      .describe('Legacy components to enable')
      .meta({ examples: [['nfs-server']] }),
    extensions: z
      .array(extension, 'must be a list')
      .default([])
      .describe('Extensions to install')
      .meta({ examples: [[{ name: 'jupyterlab-chart', as: 'demo1' }]] }),
    thirdPartyExtensions: z
      .array(thirdPartyExtension, 'must be a list')
      .default([])
      .describe('Third-party charts; written by kaapana extension add and extension remove')
      .meta({
        formerly: 'foreignExtensions',
        examples: [[{ as: 'viewer', chart: 'extensions/prod/viewer/chart.tgz' }]],
      }),
  },
  'must be a mapping of keys to values',
);

/** Settings as they are read: defaults filled in, secrets as tokens. */
export type RawSettings = z.output<typeof schema>;
