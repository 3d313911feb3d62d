import ipaddr from 'ipaddr.js';
import { chartData } from '../charts/data';
import { finding, type Finding, type Found, type Subject } from '../findings/finding';
import type { Graph } from '../objects/graph';
import { DISTRIBUTIONS } from '../settings/distributions';
import { extensionWarnings } from '../settings/extensions';
import type { Settings } from '../settings/parse';
import type { Secrets } from '../settings/secrets';
import { distributionWarnings } from './distribution';

/** A platform, and what it is made from. */
export interface Warned {
  readonly environment: string;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly graph: Graph;
}

/** What is allowed but does not work everywhere as it is. */
export function platformWarnings({ environment, settings, secrets, graph }: Warned): Finding[] {
  const own: Subject = { kind: 'environment', name: environment };
  return [
    ...weakPasswords(settings, secrets),
    ...apiServerWarnings(settings),
    ...builtInNamespaces(settings, own),
    ...missingDirectories(settings),
    ...rootSquash(settings),
    ...volumesOnDemand(settings),
    ...storeOfPrimary(settings, own),
    ...unknownDomain(settings),
    ...extensionWarnings(settings),
    ...lostData(graph, settings),
    ...distributionWarnings(graph, settings),
  ];
}

/**
 * Keycloak's rule for passwords of its users holds when they are made; those that are there already may have others.
 */
function weakPasswords({ devMode, projects }: Settings, secrets: Secrets): Found<'weak-password'>[] {
  const users = [
    'credentials.initPassword',
    'credentials.systemUserPassword',
    ...projects.map((_, index) => `projects[${index}].userPassword`),
  ];
  const isWeak = (key: string): boolean => {
    const source = secrets.source(key);
    return source.kind === 'value' && !isStrong(source.value);
  };
  return devMode
    ? []
    : users.filter(isWeak).map((key) => finding('weak-password', setting(key), {}, { kind: 'set-secret', key }));
}

function isStrong(password: string): boolean {
  return password.length >= 8 && [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].every((kind) => kind.test(password));
}

/**
 * Where policies look at the address behind a service, as Calico's do, the API server's own has to be among what pods
 * reach.
 */
function apiServerWarnings({ distribution, internalCidrs }: Settings): Found<'api-server-address'>[] {
  const { cidrs } = DISTRIBUTIONS[distribution];
  const key = 'apiServerIp';
  return distribution === 'embedded' || internalCidrs.some((cidr) => !cidrs.includes(cidr))
    ? []
    : [finding('api-server-address', setting(key), {}, { kind: 'set', key, example: '192.0.2.10' })];
}

/** Images know some services by the names that they have by default in the first instance of a server. */
function builtInNamespaces(
  { platformVersion, adminNamespace, servicesNamespace, serverStack }: Settings,
  own: Subject,
): Found<'built-in-namespaces'>[] {
  const namespaces = serverStack === undefined ? [adminNamespace, servicesNamespace] : [servicesNamespace];
  return adminNamespace === 'admin' && servicesNamespace === 'services'
    ? []
    : [finding('built-in-namespaces', own, { platformVersion, namespaces })];
}

/** A kubelet makes a directory on its node, but none on an NFS server. */
function missingDirectories({ storageProvider, nfs, components }: Settings): Found<'missing-directories'>[] {
  return storageProvider !== 'nfs' || nfs === undefined || components.includes('nfs-server')
    ? []
    : [finding('missing-directories', setting('nfs.server'), { server: nfs.server })];
}

/** Containers of databases and applications give their directories to their own users when they start. */
function rootSquash({ storageProvider, nfs }: Settings): Found<'root-squash'>[] {
  return storageProvider !== 'nfs' || nfs === undefined
    ? []
    : [finding('root-squash', setting('nfs.path'), { server: nfs.server, path: nfs.path })];
}

/** Classes of static volumes: who claims one without a volume of ours waits for ever. */
function volumesOnDemand({ storageProvider, distribution }: Settings): Found<'no-volumes-on-demand'>[] {
  const isStatic =
    storageProvider === 'nfs' ||
    (storageProvider === 'hostpath' && DISTRIBUTIONS[distribution].hostPathProvisioner === undefined);
  const key = 'storageProvider';
  return !isStatic || distribution === 'embedded'
    ? []
    : [
        finding(
          'no-volumes-on-demand',
          setting(key),
          { storageProvider, distribution },
          { kind: 'set', key, example: 'class' },
        ),
      ];
}

/** kube-helm is the server's, and what it installs is reached through the first instance. */
function storeOfPrimary({ serverStack: primary }: Settings, own: Subject): Finding[] {
  return primary === undefined
    ? []
    : [finding('store-of-primary', own, { primary }), finding('rights-of-primary', own, { primary })];
}

/** The back end and federated runs reach their own instance as they reach others. */
function unknownDomain({ domain, serverIp, distribution }: Settings): Found<'unknown-domain'>[] {
  return serverIp !== undefined || distribution === 'embedded' || ipaddr.IPv4.isValidFourPartDecimal(domain)
    ? []
    : [
        finding(
          'unknown-domain',
          setting('domain'),
          { domain },
          { kind: 'set', key: 'serverIp', example: '192.0.2.10' },
        ),
      ];
}

/** Data of third-party charts that does not outlive a pod or the chart. */
function lostData(
  graph: Graph,
  { thirdPartyExtensions }: Settings,
): (Found<'lost-with-pod'> | Found<'lost-with-extension'>)[] {
  const names = thirdPartyExtensions.map(({ as }) => as);
  return chartData(graph, names)
    .filter(({ isData, isRetained, lost }) => isData && !isRetained && lost !== 'never')
    .map(({ lost, object: id, extension, paths, name, storageClass }) => {
      const subject: Subject = { kind: 'object', id };
      return lost === 'with-pod'
        ? finding('lost-with-pod', subject, { extension, paths }, { kind: 'do', what: 'claim-volume' })
        : finding(
            'lost-with-extension',
            subject,
            { extension, name, storageClass },
            { kind: 'do', what: 'keep-claim' },
          );
    });
}

function setting(key: string): Subject {
  return { kind: 'setting', key };
}
