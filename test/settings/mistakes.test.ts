import { error, mistakesIn, problems, REQUIRED } from './support';

const { credentials } = REQUIRED;
const nodes = { mainNodeName: 'node', volumeSlowData: '100Gi' };
const sixValues = {
  totalMemory: undefined,
  pacsMemoryLimit: '9Gi',
  pacsMemoryRequest: '3Gi',
  airflowMemoryLimit: '9Gi',
  airflowMemoryRequest: '3Gi',
  opensearchMemoryLimit: '9Gi',
  opensearchMemoryRequest: '3Gi',
};

type Mistake = readonly [
  title: string,
  given: Readonly<Record<string, unknown>>,
  key: string,
  message: RegExp,
  remedy: RegExp,
];

const FIELDS: readonly Mistake[] = [
  [
    'no domain',
    { domain: undefined },
    'domain',
    /^is missing$/,
    /pulumi config set --stack test kaapana:domain kaapana\.example\.org/,
  ],
  ['an empty domain', { domain: '' }, 'domain', /^is missing$/, /kaapana:domain/],
  [
    'a scheme in the domain',
    { domain: 'https://a.org' },
    'domain',
    /"https:\/\/a\.org" is not a host name/,
    /kaapana\.example\.org/,
  ],
  ['a port in the domain', { domain: 'a.org:8443' }, 'domain', /no scheme, port/, /kaapana:domain/],
  ['capital letters in the domain', { domain: 'A.org' }, 'domain', /capital letters/, /kaapana:domain/],
  ['an address that is none', { domain: '192.0.2.256' }, 'domain', /is not an IPv4 address/, /kaapana:domain/],
  ['a number for a domain', { domain: 42 }, 'domain', /^42 must be a string; put it in quotes/, /kaapana:domain/],
  [
    'a scheme in the registry',
    { containerRegistryUrl: 'https://r.org/k' },
    'containerRegistryUrl',
    /without scheme/,
    /registry\.example\.org\/kaapana/,
  ],
  [
    'a path of Docker Hub',
    { containerRegistryUrl: 'harbor/kaapana' },
    'containerRegistryUrl',
    /begins with no host/,
    /registry\.example\.org\/kaapana/,
  ],
  [
    'a name that Helm does not take',
    { platformName: 'k'.repeat(54) },
    'platformName',
    /longer than 53 characters/,
    /kaapana-admin-chart/,
  ],
  ['a tag in the registry', { containerRegistryUrl: 'r.org/k:0.6.0' }, 'containerRegistryUrl', /tag/, /config set/],
  [
    'a slash after the registry',
    { containerRegistryUrl: 'r.org/k/' },
    'containerRegistryUrl',
    /trailing slash/,
    /config set/,
  ],
  [
    'a version that is not a tag',
    { platformVersion: '0.6.0+5' },
    'platformVersion',
    /"0\.6\.0\+5" is not a tag/,
    /platformVersion 0\.6\.0/,
  ],
  ['a boolean that is none', { devMode: 'yes' }, 'devMode', /"yes" is neither true nor false/, /kaapana:devMode true/],
  ['a number for a boolean', { gpuSupport: 1 }, 'gpuSupport', /neither true nor false/, /gpuSupport/],
  ['another option than --no-hooks', { noHooks: '--hooks' }, 'noHooks', /neither true nor false/, /noHooks/],
  [
    'an unknown distribution',
    { distribution: 'rke2' },
    'distribution',
    /"rke2" is not one of microk8s, k3s, kubeadm, embedded/,
    /microk8s/,
  ],
  ['a chart that is no archive', { chartPath: '/opt/chart' }, 'chartPath', /\.tgz/, /\/opt\/kaapana\/.*\.tgz/],
  ['a relative chart', { chartPath: 'chart.tgz' }, 'chartPath', /absolute/, /chartPath/],
  [
    'an object to adopt without its kind',
    { adopt: ['admin/traefik'] },
    'adopt[0]',
    /Kind\/namespace\/name/,
    /--path 'kaapana:adopt\[0\]'/,
  ],
  [
    'a group for a list',
    { adopt: { a: 1 } },
    'adopt',
    /must be a list/,
    /--path 'kaapana:adopt\[0\]' ConfigMap\/admin/,
  ],
  [
    'capital letters in a namespace',
    { adminNamespace: 'Admin' },
    'adminNamespace',
    /is not a DNS label/,
    /adminNamespace admin/,
  ],
  ['a dash at the end of the uid', { instanceUid: 'site-' }, 'instanceUid', /is not a DNS label/, /instanceUid site2/],
  [
    'a port beyond all',
    { httpsPort: 65536 },
    'httpsPort',
    /65536 must be a whole number from 1 to 65535/,
    /httpsPort 443/,
  ],
  ['no port for TLS', { httpsPort: 0 }, 'httpsPort', /from 1 to 65535/, /httpsPort 443/],
  ['a negative port', { httpPort: '-1' }, 'httpPort', /from 0 to 65535/, /httpPort 80/],
  ['a port with a fraction', { dicomPort: 11112.5 }, 'dicomPort', /whole number/, /dicomPort 11112/],
  ['a server without an address', { serverIp: 'server' }, 'serverIp', /is not an IPv4 address/, /192\.0\.2\.10/],
  [
    'a proxy without a scheme',
    { upstreamHttpProxy: 'proxy:3128' },
    'upstreamHttpProxy',
    /http or https URL/,
    /http:\/\/proxy/,
  ],
  [
    'an account in a proxy',
    { upstreamHttpProxy: 'http://me@p:3128' },
    'upstreamHttpProxy',
    /^"http:\/\/\*\*\*@p:3128" has an account in it/,
    /http:\/\/proxy/,
  ],
  [
    'domains without commas',
    { upstreamNoProxy: 'a.org b.org' },
    'upstreamNoProxy',
    /must be a list of domains with commas/,
    /\.example\.org,/,
  ],
  [
    'a relative mount point',
    { mountPointsToMonitor: '/home,data' },
    'mountPointsToMonitor',
    /must be a list of absolute paths/,
    /\/home,\/mnt\/data/,
  ],
  [
    'capital letters in the registry',
    { containerRegistryUrl: 'r.org/Kaapana' },
    'containerRegistryUrl',
    /lower-case letters/,
    /registry\.example\.org\/kaapana/,
  ],
  [
    'a colon in the account',
    { containerRegistryUsername: 'a:b', containerRegistryPassword: 'x' },
    'containerRegistryUsername',
    /neither colon nor space/,
    /registry-user/,
  ],
  [
    'a proxy by another protocol',
    { externalEgressProxy: 'socks5://p' },
    'externalEgressProxy',
    /http or https URL/,
    /http:\/\/proxy/,
  ],
  ['a label that is none', { storageNode: 'a b' }, 'storageNode', /value of a label/, /storageNode storage/],
  ['a relative directory', { fastDataDir: 'data' }, 'fastDataDir', /is not an absolute path/, /\/home\/kaapana/],
  ['a way up in a directory', { slowDataDir: '/data/../etc' }, 'slowDataDir', /shortest form/, /\/home\/kaapana/],
  ['a blank in a directory', { slowDataDir: '/mnt/data disk' }, 'slowDataDir', /has a blank/, /\/home\/kaapana/],
  ['the root directory', { fastDataDir: '/' }, 'fastDataDir', /operating system/, /\/home\/kaapana/],
  [
    'the configuration of the system',
    { fastDataDir: '/etc/kaapana' },
    'fastDataDir',
    /operating system/,
    /\/home\/kaapana/,
  ],
  [
    'a directory that is emptied',
    { fastDataDir: '/tmp/kaapana' },
    'fastDataDir',
    /operating system/,
    /\/home\/kaapana/,
  ],
  [
    "a snap's directory",
    { slowDataDir: '/var/snap/microk8s/data' },
    'slowDataDir',
    /operating system/,
    /\/home\/kaapana/,
  ],
  [
    "the kubelet's directory",
    { slowDataDir: '/var/lib/kubelet' },
    'slowDataDir',
    /operating system/,
    /\/home\/kaapana/,
  ],
  [
    'a newline in a directory',
    { slowDataDir: '/data\n/x' },
    'slowDataDir',
    /"\/data\\n\/x" has control characters/,
    /without them/,
  ],
  [
    'the sign of a token',
    { instanceName: 'a\uE000b' },
    'instanceName',
    /"a\\ue000b" has control characters/,
    /without them/,
  ],
  [
    'an unknown provider',
    { storageProvider: 'ceph' },
    'storageProvider',
    /not one of hostpath, nfs, longhorn, class/,
    /hostpath/,
  ],
  [
    'an export without a server',
    { nfs: { path: '/x' } },
    'nfs.server',
    /^is missing$/,
    /--path kaapana:nfs\.server nfs\.example\.org/,
  ],
  [
    'an unknown key of a group',
    { nfs: { server: 'a', path: '/x', paths: 1 } },
    'nfs.paths',
    /is not a setting/,
    /^Did you mean path\?/,
  ],
  ['a text for a group', { nfs: 'a:/x' }, 'nfs', /must be a mapping/, /nfs/],
  [
    'a resource that is none',
    { gpuSupport: true, gpu: { resource: 'nvidia gpu' } },
    'gpu.resource',
    /"nvidia gpu" is not a name like nvidia\.com\/gpu/,
    /--path kaapana:gpu\.resource nvidia\.com\/gpu/,
  ],
  [
    'a label without a value',
    { gpuSupport: true, gpu: { nodeSelector: ['gpu'] } },
    'gpu.nodeSelector[0]',
    /"gpu" is not a label with its value/,
    /--path 'kaapana:gpu\.nodeSelector\[0\]' nvidia\.com\/gpu\.present=true/,
  ],
  [
    'a GPU for nobody',
    { gpuSupport: true, gpu: { replicas: 0 } },
    'gpu.replicas',
    /0 must be a whole number from 1 to 64/,
    /gpu\.replicas 1/,
  ],
  [
    'an unknown key of GPUs',
    { gpuSupport: true, gpu: { runtime: 'nvidia' } },
    'gpu.runtime',
    /is not a setting/,
    /^The nearest are runtimeClass, /,
  ],
  [
    'a text for GPUs',
    { gpuSupport: true, gpu: 'nvidia' },
    'gpu',
    /must be a mapping/,
    /--path kaapana:gpu\.resource nvidia\.com\/gpu/,
  ],
  [
    'capital letters in a storage class',
    { storageProvider: 'class', storageClasses: { fast: 'Ceph' }, volumeSlowData: '1Ti' },
    'storageClasses.fast',
    /"Ceph" is not a name of an object/,
    /--path kaapana:storageClasses\.fast ceph-block/,
  ],
  [
    'a claim without its namespace',
    { dataMoved: ['minio-pv-claim'] },
    'dataMoved[0]',
    /is neither \* nor namespace\/claim/,
    /--path 'kaapana:dataMoved\[0\]' services\/minio-pv-claim/,
  ],
  ['no copies', { replicaCount: 0 }, 'replicaCount', /from 1 to 20/, /replicaCount 1/],
  ['a size that is none', { volumeSlowData: '100GB' }, 'volumeSlowData', /"100GB" is not a quantity/, /100Gi/],
  ['a size without a unit', { volumeSlowData: '100' }, 'volumeSlowData', /1Mi or more/, /100Gi/],
  ['memory that is none', { totalMemory: 'much' }, 'totalMemory', /"much" is not an amount of memory/, /64Gi/],
  ['a unit in lower-case letters', { totalMemory: '64gi' }, 'totalMemory', /"64gi" is not an amount of memory/, /64Gi/],
  ['memory beyond reckoning', { totalMemory: '1e999999999' }, 'totalMemory', /is not an amount of memory/, /64Gi/],
  [
    'gigabytes without a unit',
    { totalMemory: 64 },
    'totalMemory',
    /^"64Mi" is less than any server has; without a unit it counts Mi$/,
    /64Gi/,
  ],
  ['no memory', { totalMemory: '0' }, 'totalMemory', /1Mi or more/, /64Gi/],
  [
    'a mail server without a host',
    { smtp: { port: 25, sender: 'a@b.org' } },
    'smtp.host',
    /^is missing$/,
    /--path kaapana:smtp\.host mail\.example\.org/,
  ],
  [
    'a sender that is none',
    { smtp: { host: 'm', sender: 'kaapana' } },
    'smtp.sender',
    /^is not a mail address$|"kaapana" is not a mail address/,
    /kaapana@example\.org/,
  ],
  [
    'a project that is no AE title',
    { projects: [{ name: 'radiology-study-2' }] },
    'projects[0].name',
    /longer than 16 characters/,
    /trial/,
  ],
  [
    'a project with an underscore',
    { projects: [{ name: 'a_b' }] },
    'projects[0].name',
    /is not a DNS label/,
    /--path 'kaapana:projects\[0\]\.name' trial/,
  ],
  [
    'an id that is none',
    { projects: [{ name: 'a', id: '7' }] },
    'projects[0].id',
    /"7" is not a UUID/,
    /00000000-0000-4000/,
  ],
  [
    'a component that is not legacy',
    { components: ['minio-chart'] },
    'components[0]',
    /"minio-chart" is not one of auth-backend, .*nfs-server/,
    /components\[0\]/,
  ],
  ['no project', { projects: [] }, 'projects', /is empty: what belongs to no project belongs to the first/, /projects/],
  [
    'a password that no URL takes',
    { credentials: { ...credentials, airflowDatabasePassword: 'a/b@c' } },
    'credentials.airflowDatabasePassword',
    /letters, digits, - and _/,
    /--secret/,
  ],
  [
    'an extension without a name',
    { extensions: [{ as: 'x' }] },
    'extensions[0].name',
    /^is missing$/,
    /jupyterlab-chart/,
  ],
  [
    'a name of a parameter with a space',
    { extensions: [{ name: 'a', parameters: { 'b c': 1 } }] },
    'extensions[0].parameters.b c',
    /is not a name/,
    /config rm --stack test --path/,
  ],
  [
    'an unknown key',
    { fastDatDir: '/x' },
    'fastDatDir',
    /^is not a setting$/,
    /Did you mean fastDataDir\?.*pulumi config rm --stack test kaapana:fastDatDir/,
  ],
  [
    'a path set without --path',
    { 'smtp.port': '25' },
    'smtp.port',
    /^is the path of a setting, not a setting$/,
    /without --path\. Remove it: pulumi config rm --stack test kaapana:smtp\.port\. .* --path kaapana:smtp\.port 25$/,
  ],
  [
    'an unknown key with a dot',
    { 'a.b c': 1 },
    'a.b c',
    /^is not a setting$/,
    /config rm --stack test 'kaapana:a\.b c'$/,
  ],
  [
    'an unknown image',
    { imageTags: { traefic: '0.6.1' } },
    'imageTags.traefic',
    /^is not a setting$/,
    /^Did you mean traefik\?/,
  ],
  [
    'a tag of an image that is none',
    { imageTags: { traefik: 'a b' } },
    'imageTags.traefik',
    /^"a b" is not a tag/,
    /--path kaapana:imageTags\.traefik 0\.6\.1/,
  ],
  [
    'a misspelt namespace',
    { 'kapana:domain': 'a.org' },
    'kapana:domain',
    /^is not a setting: all of them begin with kaapana:$/,
    /^Did you mean kaapana:domain\? Remove it: pulumi config rm --stack test kapana:domain$/,
  ],
  [
    'a misspelt key of a misspelt namespace',
    { 'Kaapana:domian': 'a.org' },
    'Kaapana:domian',
    /^is not a setting/,
    /^Did you mean kaapana:domain\?/,
  ],
  [
    'a key that Pulumi cannot read',
    { 'kaapana:nfs:server': 'a.org' },
    'kaapana:nfs:server',
    /nor a key that Pulumi can read$/,
    /Correct it in the file$/,
  ],
  [
    'all settings in one group',
    { kaapana: { domain: 'a.org' } },
    'kaapana',
    /^is not a setting, nor a group of settings$/,
    /^Each of them is a key of its own, e\.g\. kaapana:domain.*config rm --stack test kaapana:kaapana$/,
  ],
  [
    'a key like no other',
    { zzzzzzzzzzzz: 1 },
    'zzzzzzzzzzzz',
    /^is not a setting$/,
    /^The nearest are \w+, \w+, \w+\. The README lists all settings/,
  ],
  ['a name of every object', { constructor: 'x' }, 'constructor', /^is not a setting$/, /README/],
];

const CREDENTIALS: readonly Mistake[] = [
  [
    'no password',
    { credentials: { ...credentials, minioPassword: undefined } },
    'credentials.minioPassword',
    /^is missing$/,
    /--secret --path kaapana:credentials\.minioPassword$/,
  ],
  [
    'an empty password',
    { credentials: { ...credentials, initPassword: '' } },
    'credentials.initPassword',
    /^is missing$/,
    /--secret/,
  ],
  [
    'a password of digits',
    { credentials: { ...credentials, initPassword: 12345678 } },
    'credentials.initPassword',
    /^is a number/,
    /quotes/,
  ],
  [
    'a password with a newline',
    { credentials: { ...credentials, initPassword: 'geheim\n' } },
    'credentials.initPassword',
    /^has control characters$/,
    /without them/,
  ],
  [
    'a list for a password',
    { credentials: { ...credentials, initPassword: ['geheim'] } },
    'credentials.initPassword',
    /^must be a string/,
    /--secret/,
  ],
  [
    'a short password of MinIO',
    { credentials: { ...credentials, minioPassword: 'geheim' } },
    'credentials.minioPassword',
    /^is not at least 8 characters/,
    /--secret/,
  ],
  [
    'a cookie secret of another length',
    { credentials: { ...credentials, cookieSecret: 'Z2VoZWlt' } },
    'credentials.cookieSecret',
    /^is not 32 bytes in base64/,
    /--secret/,
  ],
  [
    'a cookie secret in the wrong base64',
    { credentials: { ...credentials, cookieSecret: '5fibk7ZQJOJHzfqLP+p8OPskwbSRb6g3Y0yXciG0d88=' } },
    'credentials.cookieSecret',
    /base64 for URLs/,
    /--secret/,
  ],
  [
    'a password that a script splits',
    { credentials: { ...credentials, minioPassword: 'geheim geheim' } },
    'credentials.minioPassword',
    /without blanks/,
    /--secret/,
  ],
  [
    'a password that is an option',
    { credentials: { ...credentials, ldapPassword: '-geheim' } },
    'credentials.ldapPassword',
    /without a dash in front/,
    /--secret/,
  ],
  [
    'a password with an expression',
    { credentials: { ...credentials, keycloakAdminPassword: 'geheim${x}' } },
    'credentials.keycloakAdminPassword',
    /without \$\{/,
    /--secret/,
  ],
  [
    'a user that a script splits',
    { credentials: { ...credentials, minioUsername: 'my minio' } },
    'credentials.minioUsername',
    /has blanks/,
    /kaapanaminio/,
  ],
  [
    'a short user of MinIO',
    { credentials: { ...credentials, minioUsername: 'me' } },
    'credentials.minioUsername',
    /3 characters/,
    /kaapanaminio/,
  ],
  [
    'an unknown secret',
    { credentials: { ...credentials, minioPasswort: 'geheim' } },
    'credentials.minioPasswort',
    /^is not a setting$/,
    /minioPassword/,
  ],
  [
    'credentials that are a text',
    { credentials: 'geheim' },
    'credentials',
    /^must be a mapping/,
    /--secret --path kaapana:credentials\.keycloakAdminPassword$/,
  ],
  [
    'a password set without --path',
    { 'credentials.initPassword': 'geheim' },
    'credentials.initPassword',
    /path of a setting/,
    /config rm --stack test kaapana:credentials\.initPassword\. .*--secret --path kaapana:credentials\.initPassword$/,
  ],
  [
    'the whole mail server as a URL',
    { smtp: 'smtp://me:geheim@mail' },
    'smtp',
    /^must be a mapping/,
    /--path kaapana:smtp\.host mail\.example\.org/,
  ],
  [
    'a truth for a password',
    { credentials: { ...credentials, initPassword: true } },
    'credentials.initPassword',
    /^must be a string/,
    /--secret/,
  ],
  [
    'a group for a password',
    { credentials: { ...credentials, initPassword: { text: 'geheim' } } },
    'credentials.initPassword',
    /^must be a string/,
    /--secret/,
  ],
  ['broken JSON', { credentials: '{"minioPassword":"geheim"' }, 'credentials', /^must be a mapping/, /--secret/],
  [
    'credentials encrypted as a whole',
    { credentials: { secure: 'v1:x' } },
    'credentials',
    /^is encrypted as a whole$/,
    /one by one/,
  ],
  [
    'an encrypted setting that is not a secret',
    { domain: { secure: 'v1:x' } },
    'domain',
    /^is encrypted, but is not a secret$/,
    /kaapana\.example\.org/,
  ],
  [
    'a user without a password',
    { containerRegistryUsername: 'me' },
    'containerRegistryPassword',
    /^is missing, but containerRegistryUsername is set$/,
    /--secret/,
  ],
  [
    'a password without a user',
    { containerRegistryPassword: 'geheim' },
    'containerRegistryUsername',
    /^is missing, but/,
    /containerRegistryUsername/,
  ],
  [
    'mails from nobody',
    { smtp: { host: 'm', recipients: ['a@b.org'] } },
    'smtp.sender',
    /^is missing, but smtp\.recipients is set$/,
    /--path kaapana:smtp\.sender kaapana@/,
  ],
  [
    'a mail account without a password',
    { smtp: { host: 'm', username: 'me' } },
    'smtp.password',
    /^is missing, but smtp\.username is set$/,
    /--secret --path kaapana:smtp\.password/,
  ],
];

const CROSSED: readonly Mistake[] = [
  ['a port used twice', { httpPort: 443 }, 'httpsPort', /^443 is the port of the httpPort already$/, /httpsPort 8443/],
  ['the port of SSH', { httpsPort: 22 }, 'httpsPort', /^22 is the port of SSH on every node/, /httpsPort 8443/],
  ['the port of the scheduler', { dicomPort: 10259 }, 'dicomPort', /the scheduler/, /dicomPort 11113/],
  [
    'the port of the cluster agent',
    { distribution: 'microk8s', dicomPort: 25000 },
    'dicomPort',
    /the cluster agent of MicroK8s/,
    /dicomPort 11113/,
  ],
  [
    'GPUs of AMD that are shared',
    { gpuSupport: true, gpu: { resource: 'amd.com/gpu', replicas: 2 } },
    'gpu.replicas',
    /^2 pods on one amd\.com\/gpu are not possible/,
    /Remove it: .*gpu\.replicas/,
  ],
  ["the API server's port", { dicomPort: '16443' }, 'dicomPort', /the API server of MicroK8s/, /dicomPort 11113/],
  [
    'a network that is none',
    { internalCidrs: ['10.0.0.0/8', '10.1'] },
    'internalCidrs[1]',
    /"10\.1" is not a network/,
    /--path 'kaapana:internalCidrs\[1\]'/,
  ],
  [
    'a network in octal digits',
    { internalCidrs: ['010.0.0.0/8'] },
    'internalCidrs[0]',
    /not in the form that Kubernetes accepts/,
    /8\.0\.0\.0\/8/,
  ],
  ['a network in short', { internalCidrs: ['10/8'] }, 'internalCidrs[0]', /bits beyond its mask/, /\/8$/],
  [
    'a number for a network',
    { internalCidrs: [5] },
    'internalCidrs[0]',
    /^5 must be a string/,
    /--path 'kaapana:internalCidrs\[0\]' 10\.152\.183\.0\/24/,
  ],
  [
    'bits beyond the mask',
    { internalCidrs: ['10.1.2.3/16'] },
    'internalCidrs[0]',
    /bits beyond its mask/,
    /10\.1\.0\.0\/16/,
  ],
  [
    'offline from a registry far away',
    { offlineMode: true },
    'offlineMode',
    /needs a chartPath or a registry inside the site/,
    /chartPath .*\.tgz/,
  ],
  [
    'two ways out',
    { externalEgressProxy: 'http://p', upstreamHttpProxy: 'http://q' },
    'upstreamHttpProxy',
    /externalEgressProxy/,
    /config rm --stack test kaapana:upstreamHttpProxy/,
  ],
  [
    'slow data in fast data',
    { fastDataDir: '/data', slowDataDir: '/data/slow' },
    'slowDataDir',
    /lies in the fastDataDir/,
    /beside each other/,
  ],
  [
    'fast data in slow data',
    { fastDataDir: '/data/fast', slowDataDir: '/data' },
    'fastDataDir',
    /lies in the slowDataDir/,
    /beside each other/,
  ],
  [
    'data in data by the uid',
    { instanceUid: 'b', fastDataDir: '/data', slowDataDir: '/data-b/x' },
    'slowDataDir',
    /\/data-b\/x-b and \/data-b overlap/,
    /beside each other/,
  ],
  [
    'NFS without an export',
    { enableNfs: true },
    'nfs.path',
    /NFS needs the path/,
    /--path kaapana:nfs\.path \/export\/kaapana/,
  ],
  [
    'NFS without a server',
    { storageProvider: 'nfs' },
    'nfs.server',
    /NFS needs a server/,
    /--path kaapana:nfs\.server/,
  ],
  [
    'two providers',
    { enableNfs: 'true', storageProvider: 'longhorn', ...nodes },
    'enableNfs',
    /storageProvider is longhorn/,
    /enableNfs false/,
  ],
  [
    'Longhorn without a size',
    { storageProvider: 'longhorn', mainNodeName: 'n' },
    'volumeSlowData',
    /Longhorn needs the size/,
    /100Gi/,
  ],
  [
    'Longhorn without a node',
    { storageProvider: 'longhorn', volumeSlowData: '1Gi' },
    'mainNodeName',
    /Longhorn needs the node/,
    /kaapana-node/,
  ],
  [
    'classes that nobody named',
    { storageProvider: 'class', volumeSlowData: '1Ti' },
    'storageClasses.fast',
    /is missing: storageProvider class needs a storage class of the cluster/,
    /--path kaapana:storageClasses\.fast ceph-block/,
  ],
  [
    'a class without a size',
    { storageProvider: 'class', storageClasses: { fast: 'ceph' } },
    'volumeSlowData',
    /a storage class needs the size/,
    /100Gi/,
  ],
  [
    'classes for another provider',
    { storageClasses: { fast: 'ceph' } },
    'storageClasses',
    /^has no effect: storageProvider is hostpath$/,
    /config rm --stack test kaapana:storageClasses; or let volumes lie there: pulumi config set --stack test kaapana:storageProvider class/,
  ],
  [
    'an export that nobody reads',
    { nfs: { server: 'n', path: '/x' } },
    'nfs',
    /^has no effect: storageProvider is hostpath$/,
    /config rm --stack test kaapana:nfs; or let volumes lie there: pulumi config set --stack test kaapana:storageProvider nfs$/,
  ],
  [
    'an export beside Longhorn',
    { nfs: { server: 'n', path: '/x' }, storageProvider: 'longhorn', ...nodes },
    'nfs',
    /storageProvider is longhorn/,
    /config rm --stack test kaapana:nfs/,
  ],
  [
    'classes beside an export',
    { storageClasses: { fast: 'ceph' }, enableNfs: true, nfs: { server: 'n', path: '/x' } },
    'storageClasses',
    /storageProvider is nfs/,
    /config rm --stack test kaapana:storageClasses/,
  ],
  [
    'GPUs where there are none',
    { gpu: { runtimeClass: 'nvidia' } },
    'gpu',
    /^is set, but gpuSupport is false: nothing asks for a GPU$/,
    /gpuSupport true; or do without\. Remove it: pulumi config rm --stack test kaapana:gpu$/,
  ],
  [
    'an NFS server on a second instance',
    { components: ['nfs-server'], instanceUid: 'b', serverStack: 'prod' },
    'components',
    /^has nfs-server, which is a component of the server: prod may have it$/,
    /config rm --stack test --path 'kaapana:components\[0\]'$/,
  ],
  [
    'sharing on a second instance',
    { gpuSupport: true, gpu: { replicas: 2 }, instanceUid: 'b', serverStack: 'prod' },
    'gpu.replicas',
    /^2 is set on a second instance, but GPUs are shared by all/,
    /in the environment prod\. Remove it: .*gpu\.replicas/,
  ],
  ['no memory at all', { totalMemory: undefined }, 'totalMemory', /^is missing/, /totalMemory 64Gi/],
  [
    'five of six',
    { ...sixValues, airflowMemoryLimit: undefined },
    'airflowMemoryLimit',
    /without totalMemory all six/,
    /airflowMemoryLimit/,
  ],
  [
    'memory said twice',
    { pacsMemoryLimit: '1Gi' },
    'pacsMemoryLimit',
    /"1Gi" is set beside totalMemory/,
    /config rm --stack test kaapana:pacsMemoryLimit/,
  ],
  [
    'more promised than allowed',
    { ...sixValues, pacsMemoryRequest: '10Gi' },
    'pacsMemoryRequest',
    /"10Gi" is more than the limit of 9Gi/,
    /pacsMemoryRequest 9Gi/,
  ],
  [
    "a namespace of Kubernetes'",
    { adminNamespace: 'kube-system' },
    'adminNamespace',
    /Kubernetes' own/,
    /adminNamespace/,
  ],
  [
    'the default namespace',
    { servicesNamespace: 'default' },
    'servicesNamespace',
    /for objects without a namespace/,
    /servicesNamespace/,
  ],
  [
    'one namespace for two',
    { servicesNamespace: 'admin' },
    'servicesNamespace',
    /"admin", which adminNamespace gives already/,
    /servicesNamespace/,
  ],
  [
    'one namespace for two by the uid',
    { instanceUid: 'a', adminNamespace: 'a-jobs' },
    'jobsNamespace',
    /adminNamespace gives already/,
    /jobsNamespace/,
  ],
  [
    'a namespace too long by the uid',
    { instanceUid: 'a'.repeat(60) },
    'instanceUid',
    /of 69 characters, 63 are allowed/,
    /site2/,
  ],
  [
    'a project too long by the uid',
    { instanceUid: 'a'.repeat(44), projects: [{ name: 'a'.repeat(16) }] },
    'projects[0].name',
    /of 69 characters/,
    /trial/,
  ],
  [
    'a project in the admin namespace',
    { adminNamespace: 'project-a', projects: [{ name: 'a' }] },
    'projects[0].name',
    /adminNamespace gives already/,
    /trial/,
  ],
  [
    'two projects of a name',
    { projects: [{ name: 'a' }, { name: 'a' }] },
    'projects[1].name',
    /projects\[0\]\.name gives already/,
    /trial/,
  ],
  [
    'two projects of an id',
    { projects: ['a', 'b'].map((name) => ({ name, id: '00000000-0000-4000-8000-000000000001' })) },
    'projects[1].id',
    /another project/,
    /0002/,
  ],
  [
    'its own server',
    { serverStack: 'test', instanceUid: 'b' },
    'serverStack',
    /"test" is this environment itself/,
    /config rm --stack test kaapana:serverStack/,
  ],
  [
    'a second instance without a name',
    { serverStack: 'prod' },
    'instanceUid',
    /a secondary instance needs a name/,
    /instanceUid site2/,
  ],
];

test.each([...FIELDS, ...CREDENTIALS, ...CROSSED])('%s', (_, given, key, message, remedy) => {
  const found = problems(given);
  expect(found.map((problem) => problem.key)).toContain(key);
  expect(found.find((problem) => problem.key === key)).toMatchObject({
    message: expect.stringMatching(message) as string,
    remedy: expect.stringMatching(remedy) as string,
  });
});

test.each(CREDENTIALS)('no secret is in the message: %s', (_, given) => {
  const { message, findings: found } = error({ ...REQUIRED, ...given });
  expect(message + JSON.stringify(found)).not.toMatch(/geheim|2020|12345678|Z2Vo/);
});

test('mistakes of fields and of several settings together are one list, each key once', () => {
  const found = error({
    domain: 'x y',
    httpPort: 443,
    credentials: { secure: 'v1:x' },
    nfs: { server: 'n' },
    serverStack: 'test',
    unknown: 1,
  });
  expect(
    mistakesIn(found)
      .map(({ key }) => key)
      .sort(),
  ).toEqual([
    'containerRegistryUrl',
    'credentials',
    'domain',
    'httpsPort',
    'instanceUid',
    'nfs.path',
    'serverStack',
    'totalMemory',
    'unknown',
  ]);
  expect(found.message).toMatch(/^9 mistakes in the settings of test:\n {2}- kaapana:/);
  expect(found.message.split('\n')).toHaveLength(10);
});

test('every missing key of the required group is named', () => {
  const missing = ['grafanaPassword', 'initPassword', 'keycloakAdminPassword', 'minioPassword', 'oidcClientSecret'].map(
    (name) => `credentials.${name}`,
  );
  expect(
    problems({ credentials: undefined })
      .map(({ key }) => key)
      .sort(),
  ).toEqual(missing);
  expect(
    problems({ credentials: '{}' })
      .map(({ key }) => key)
      .sort(),
  ).toEqual(missing);
});

test.each([
  { 'a\u001b[2Jb': 1 },
  { nfs: { server: 'n', path: '/x', 'a\u009bb': 1 } },
  { distribution: 'a\u202e\u001bb' },
])('no control sign reaches the terminal: %j', (given) => {
  expect(error({ ...REQUIRED, ...given }).message.replaceAll('\n', '')).not.toMatch(
    /[\u0000-\u001f\u007f-\u009f\uE000-\uE005]/,
  );
});

test('a remedy has an example in place of a placeholder', () => {
  const given = {
    adopt: [1],
    internalCidrs: [1],
    projects: ['a'],
    smtp: 'm',
    nfs: 's',
    components: [1],
    extensions: ['a'],
    domain: 1,
  };
  expect(
    problems(given)
      .map(({ remedy }) => remedy)
      .join('\n'),
  ).not.toMatch(/<|undefined/);
});

test('a mistake tells the value that was given', () => {
  expect(problems({ httpsPort: '99999' })).toMatchObject([{ key: 'httpsPort', value: '99999' }]);
  expect(problems({ httpPort: 443 })).toMatchObject([{ key: 'httpsPort', value: undefined }]);
});

test('the password in the URL of a proxy is not shown', () => {
  const { message, findings: found } = error({ ...REQUIRED, upstreamHttpsProxy: 'ftp://me:geh/e@im@proxy' });
  expect(message).toContain('"ftp://***@proxy" is not an http or https URL');
  expect(JSON.stringify(found)).not.toMatch(/geh|im@/);
});
