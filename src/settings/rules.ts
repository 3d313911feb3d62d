import ipaddr from 'ipaddr.js';
import { InstanceScope } from '../scope';
import { exceeds, memoryPlan } from './derived';
import { howToSet, type Problem } from './problems';
import type { RawSettings } from './schema';

/** Settings of which some may be unreadable. */
type Known = Partial<RawSettings>;
type Rule = (settings: Known, environment: string) => readonly Problem[];

const SYSTEM_NAMESPACES = new Set(['kube-system', 'kube-public', 'kube-node-lease']);
const MEMORY_KEYS = ['pacs', 'airflow', 'opensearch'].flatMap((name) => [`${name}MemoryLimit`, `${name}MemoryRequest`] as const);

/** Every mistake that shows in several settings together; what is unreadable (`broken`) is left out. */
export function crossFieldProblems(settings: Known, environment: string, broken: ReadonlySet<string>): Problem[] {
  return RULES.flatMap((rule) => rule(settings, environment)).filter(({ key }) => !broken.has(key.split(/[.[]/)[0] ?? ''));
}

const RULES: readonly Rule[] = [
  ports, networks, directories, namespaces, registry, offline, storage, memory, mail, projects, server, clusterWide,
];

function ports({ httpPort, httpsPort, dicomPort }: Known): Problem[] {
  const given = Object.entries({ httpPort, httpsPort, dicomPort }).filter(([, port]) => port !== undefined && port !== 0);
  return given.flatMap(([key, port], index) => {
    const other = given.slice(0, index).find(([, taken]) => taken === port)?.[0];
    return other === undefined ? [] : [{ key, message: `${port} is the ${other} already`, remedy: howToSet(key, Number(port) + 1) }];
  });
}

function networks({ internalCidrs = [] }: Known): Problem[] {
  return internalCidrs.flatMap((cidr, index) => {
    const key = `internalCidrs[${index}]`;
    if (!ipaddr.isValidCIDR(cidr)) {
      return [{ key, message: `"${cidr}" is no network in CIDR notation`, remedy: howToSet(key, '10.152.183.0/24') }];
    }
    const [address, bits] = ipaddr.parseCIDR(cidr);
    const network = (address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(cidr).toString();
    return network === address.toString() ? [] : [{ key, message: `"${cidr}" has bits beyond its mask`, remedy: howToSet(key, `${network}/${bits}`) }];
  });
}

function directories({ fastDataDir, slowDataDir }: Known): Problem[] {
  if (fastDataDir === undefined || slowDataDir === undefined || fastDataDir === slowDataDir) return [];
  const [inner, outer] = slowDataDir.startsWith(`${fastDataDir}/`) ? ['slowDataDir', 'fastDataDir']
    : fastDataDir.startsWith(`${slowDataDir}/`) ? ['fastDataDir', 'slowDataDir'] : [];
  return inner === undefined ? [] : [{
    key: inner,
    message: `lies in the ${outer} (${slowDataDir} and ${fastDataDir} overlap)`,
    remedy: `Choose the same directory for both, or two beside each other: pulumi config set kaapana:${inner} <directory>`,
  }];
}

function namespaces(settings: Known): Problem[] {
  const { instanceUid, adminNamespace, servicesNamespace, jobsNamespace, extensionsNamespace, helmNamespace } = settings;
  if (instanceUid === undefined || adminNamespace === undefined || servicesNamespace === undefined
    || jobsNamespace === undefined || extensionsNamespace === undefined || helmNamespace === undefined) return [];
  const scope = new InstanceScope({
    instanceUid, adminNamespace, servicesNamespace, jobsNamespace, extensionsNamespace, helmNamespace, fastDataDir: '', slowDataDir: '',
  });
  const names = Object.entries(scope.namespaces);
  return names.flatMap(([key, name], index) => {
    const other = names.slice(0, index).find(([, taken]) => taken === name)?.[0];
    const wrong = SYSTEM_NAMESPACES.has(name) ? "is Kubernetes' own"
      : name === 'default' && key !== 'helmNamespace' ? 'is for what belongs nowhere'
        : name.length > 63 ? `is ${name.length} characters long with the instanceUid before it, 63 are allowed`
          // Helm may keep its releases where the platform is.
          : other !== undefined && key !== 'helmNamespace' ? `is the ${other} already` : undefined;
    return wrong === undefined ? []
      : [{ key: name.length > 63 ? 'instanceUid' : key, message: `"${name}" ${wrong}`, remedy: howToSet(name.length > 63 ? 'instanceUid' : key, name.length > 63 ? 'site2' : key.replace('Namespace', '')) }];
  });
}

function registry({ containerRegistryUsername, containerRegistryPassword }: Known): Problem[] {
  return both('containerRegistryUsername', containerRegistryUsername, 'containerRegistryPassword', containerRegistryPassword);
}

function offline({ offlineMode, chartPath, containerRegistryUrl }: Known): Problem[] {
  if (offlineMode !== true || chartPath !== undefined || containerRegistryUrl === undefined) return [];
  return isLocal(containerRegistryUrl.split('/')[0] ?? '') ? [] : [{
    key: 'offlineMode',
    message: `needs a chartPath or a registry inside the site, and "${containerRegistryUrl}" is not known to be one`,
    remedy: `${howToSet('chartPath', '/opt/kaapana/kaapana-admin-chart-0.6.0.tgz')} or set containerRegistryUrl to a local one, e.g. localhost:5000/kaapana`,
  }];
}

/** A registry of the site: this machine, a private address, a local name, or one with a port of its own. */
function isLocal(authority: string): boolean {
  const [name = '', port] = authority.split(':');
  const range = ipaddr.isValid(name) ? ipaddr.parse(name).range() : undefined;
  return port !== undefined || name === 'localhost' || /\.(local|internal|lan|intranet)$/.test(name) || !name.includes('.') || range === 'private' || range === 'loopback';
}

function storage({ enableNfs, storageProvider, nfs, volumeSlowData, mainNodeName }: Known): Problem[] {
  const problems: Problem[] = [];
  const provider = storageProvider ?? (enableNfs === true ? 'nfs' : 'hostpath');
  if (enableNfs === true && provider !== 'nfs') {
    problems.push({ key: 'enableNfs', message: `is true, but storageProvider is ${provider}`, remedy: howToSet('enableNfs', false) });
  }
  if (provider === 'nfs' && nfs === undefined) {
    problems.push({ key: 'nfs', message: 'is missing: NFS needs a server and a path', remedy: `${howToSet('nfs.server', 'nfs.example.org')} and kaapana:nfs.path /export/kaapana` });
  }
  if (provider === 'longhorn') {
    if (volumeSlowData === undefined) problems.push({ key: 'volumeSlowData', message: 'is missing: Longhorn needs the size of its volumes', remedy: howToSet('volumeSlowData', '100Gi') });
    if (mainNodeName === undefined) problems.push({ key: 'mainNodeName', message: 'is missing: Longhorn needs the node of its disks', remedy: howToSet('mainNodeName', 'kaapana-node') });
  }
  return problems;
}

function memory(settings: Known): Problem[] {
  const given = MEMORY_KEYS.filter((key) => settings[key as keyof Known] !== undefined);
  if (settings.totalMemory === undefined && given.length < MEMORY_KEYS.length) {
    return [{
      key: 'totalMemory',
      message: given.length === 0 ? 'is missing' : `is missing, and of the six memory values only ${given.join(', ')} ${given.length === 1 ? 'is' : 'are'} there`,
      remedy: howToSet('totalMemory', '64Gi'),
    }];
  }
  const plan = memoryPlan({ totalMemory: '0', ...settings } as RawSettings);
  return Object.entries(plan).flatMap(([name, { limit, request }]) => (exceeds(request, limit)
    ? [{ key: `${name}MemoryRequest`, message: `${request} is more than the limit of ${limit}`, remedy: howToSet(`${name}MemoryRequest`, limit) }] : []));
}

function mail({ smtp }: Known): Problem[] {
  return smtp === undefined ? [] : both('smtp.username', smtp.username, 'smtp.password', smtp.password);
}

function projects({ projects = [] }: Known): Problem[] {
  return projects.flatMap(({ name }, index) => (projects.findIndex((other) => other.name === name) === index ? []
    : [{ key: `projects[${index}].name`, message: `"${name}" is the name of another project already`, remedy: howToSet(`projects[${index}].name`, `${name}-2`) }]));
}

function server({ serverStack, instanceUid }: Known, environment: string): Problem[] {
  if (serverStack === undefined) return [];
  const itself = serverStack === environment
    ? [{ key: 'serverStack', message: `"${serverStack}" is this environment itself`, remedy: 'Name the environment of the first instance, or leave it out: pulumi config rm kaapana:serverStack' }] : [];
  const nameless = instanceUid === ''
    ? [{ key: 'instanceUid', message: 'is missing: a second instance needs a name of its own', remedy: howToSet('instanceUid', 'site2') }] : [];
  return [...itself, ...nameless];
}

/** Objects of the whole cluster are called after this. */
function clusterWide({ adminNamespace, projects = [] }: Known): Problem[] {
  return projects.filter(({ name }) => `project-${name}` === adminNamespace || `project-${name}`.length > 63)
    .map(({ name }) => ({ key: 'projects', message: `"${name}" gives the namespace project-${name}, which is too long or taken`, remedy: howToSet('projects', [{ name: 'trial' }]) }));
}

function both(one: string, first: unknown, other: string, second: unknown): Problem[] {
  if ((first === undefined) === (second === undefined)) return [];
  const [missing, given] = first === undefined ? [one, other] : [other, one];
  return [{ key: missing, message: `is missing, but ${given} is set`, remedy: howToSet(missing, `<${missing}>`, missing.endsWith('assword')) }];
}
