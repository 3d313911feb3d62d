import ipaddr from 'ipaddr.js';
import type { Graph } from '../objects/graph';
import { distributionWarnings } from './distribution';
import { DISTRIBUTIONS } from '../settings/distributions';
import { extensionWarnings } from '../settings/extensions';
import type { HowTo } from '../findings/how-to';
import type { Settings } from '../settings/parse';
import type { Secrets } from '../settings/secrets';

/** A platform, and what it is made from. */
export interface Warned {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly graph: Graph;

  /** What settings are changed by. */
  readonly howTo: HowTo;
}

/** What is allowed but does not work everywhere as it is, one sentence each. */
export function platformWarnings({ settings, secrets, graph, howTo }: Warned): string[] {
  return [
    ...weakPasswords(settings, secrets, howTo),
    ...apiServerWarnings(settings, howTo),
    ...builtInHosts(settings),
    ...missingDirectories(settings),
    ...rootSquash(settings),
    ...pendingClaims(settings, howTo),
    ...storeOfFurtherInstance(settings),
    ...unknownDomain(settings, howTo),
    ...extensionWarnings(settings, howTo),
    ...distributionWarnings(graph, settings, howTo),
  ];
}

/** Keycloak's rule for passwords of its users holds when they are made; those that are there already may have others. */
function weakPasswords({ devMode, projects }: Settings, secrets: Secrets, howTo: HowTo): string[] {
  const users = [
    'credentials.initPassword',
    'credentials.systemUserPassword',
    ...projects.map((_, index) => `projects[${index}].userPassword`),
  ];
  return devMode
    ? []
    : users
        .filter((key) => {
          const source = secrets.source(key);
          return source.kind === 'value' && !isStrong(source.value);
        })
        .map(
          (key) =>
            `kaapana:${key} is weaker than the identity provider takes for a new user outside of devMode: ` +
            `8 characters, with a letter of each case, a digit and a special character. ${howTo.setSecret(key)}`,
        );
}

function isStrong(password: string): boolean {
  return password.length >= 8 && [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].every((kind) => kind.test(password));
}

/** Where policies look at the address behind a service, as Calico's do, the API server's own has to be among what pods reach. */
function apiServerWarnings({ distribution, internalCidrs }: Settings, howTo: HowTo): string[] {
  const { cidrs } = DISTRIBUTIONS[distribution];
  return distribution === 'embedded' || internalCidrs.some((cidr) => !cidrs.includes(cidr))
    ? []
    : [
        `kaapana:apiServerIp is missing, and network policies let pods reach the API server at its own address: kubectl get endpoints kubernetes tells it. ${howTo.set('apiServerIp', '192.0.2.10')}`,
      ];
}

/** Images know some services by the names that they have by default in the first instance of a server. */
function builtInHosts({ platformVersion, adminNamespace, servicesNamespace, serverStack }: Settings): string[] {
  return adminNamespace === 'admin' && servicesNamespace === 'services'
    ? []
    : [
        `programs in the images of ${platformVersion} look for some services in the namespaces admin and services, whatever the settings say (e.g. aii-service.services.svc), ` +
          `and those of this instance are in ${serverStack === undefined ? `${adminNamespace} and ` : ''}${servicesNamespace}: projects cannot be set up without images that take the names from their environment`,
      ];
}

/** A kubelet makes a directory on its node, but none on an NFS server. */
function missingDirectories({ storageProvider, nfs, components }: Settings): string[] {
  return storageProvider !== 'nfs' || nfs === undefined || components.includes('nfs-server')
    ? []
    : [
        `the directories of the volumes have to be on ${nfs.server} before pods can use them; npx kaapana storage --env <environment> --directories prints them, for mkdir`,
      ];
}

/** Containers of databases and applications give their directories to their own users when they start. */
function rootSquash({ storageProvider, nfs }: Settings): string[] {
  return storageProvider !== 'nfs' || nfs === undefined
    ? []
    : [
        `the export ${nfs.server}:${nfs.path} needs no_root_squash: programs change the owners of their directories as root, and an NFS server refuses that by default. ` +
          'Nothing here can ask the server for it: look at its /etc/exports',
      ];
}

/** Classes of static volumes: who claims one without a volume of ours waits for ever. */
function pendingClaims({ storageProvider, distribution }: Settings, howTo: HowTo): string[] {
  const isStatic =
    storageProvider === 'nfs' ||
    (storageProvider === 'hostpath' && DISTRIBUTIONS[distribution].hostPathProvisioner === undefined);
  return !isStatic || distribution === 'embedded'
    ? []
    : [
        `nothing makes volumes on demand with storageProvider ${storageProvider} on ${distribution}: what this program deploys has its own, ` +
          'but applications of the store and projects that users make in the browser wait for theirs. ' +
          `List both in the settings (extensions, projects), or use classes that make volumes (kubectl get storageclass): ${howTo.set('storageProvider', 'class')}`,
      ];
}

/** kube-helm is the server's, and what it installs is reached through the first instance. */
function storeOfFurtherInstance({ serverStack }: Settings): string[] {
  return serverStack === undefined
    ? []
    : [
        `applications of the store, and projects that users make in the browser, are made for the instance of ${serverStack}: list those of this instance in kaapana:extensions and kaapana:projects`,
        `the identity provider asks the instance of ${serverStack} alone what a user may do, as its image has that address built in: whoever logs in here has the rights that they have there`,
      ];
}

/** The back end and federated runs reach their own instance as they reach others. */
function unknownDomain({ domain, serverIp, distribution }: Settings, howTo: HowTo): string[] {
  return serverIp !== undefined || distribution === 'embedded' || ipaddr.IPv4.isValidFourPartDecimal(domain)
    ? []
    : [
        `pods find ${domain} by the cluster's DNS alone, and federated runs with this instance itself fail where that does not know it. ${howTo.set('serverIp', '192.0.2.10')}`,
      ];
}
