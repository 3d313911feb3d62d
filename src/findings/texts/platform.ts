import { fullKey, PREFIX } from '../../base/keys';
import type { PlatformFacts } from '../facts/platform';
import { nameOf } from '../finding';
import type { Texts } from './text';

/** What is told of a platform that is allowed, but does not work everywhere as it is. */
export const PLATFORM_TEXTS: Texts<PlatformFacts> = {
  'unread-key': ({ subject }) => `${nameOf(subject)} is not used: settings of the platform begin with ${PREFIX}`,
  'plain-secret': {
    key: () => '',
    text: (group, howTo) => {
      const [set] = group[0].remedies;
      return `these secrets are in plain text; encrypt each of them, e.g. ${set ? howTo.command(set) : ''}: ${group.map(({ subject }) => nameOf(subject)).join(', ')}`;
    },
  },
  'weak-password': ({ subject, remedies }, howTo) =>
    `${fullKey(nameOf(subject))} is too weak: without devMode, the identity provider rejects it for a new user. It needs ` +
    `8 characters, with a letter of each case, a digit and a special character. ${howTo.remedies(remedies)}`,
  'api-server-address': ({ remedies }, howTo) =>
    `kaapana:apiServerIp is missing, and network policies let pods reach the API server at its own address: kubectl get endpoints kubernetes shows it. ${howTo.remedies(remedies)}`,
  'built-in-namespaces': ({ facts: { platformVersion, namespaces } }) =>
    `programs in the images of ${platformVersion} look for some services in the namespaces admin and services, whatever the settings say (e.g. aii-service.services.svc), ` +
    `and those of this instance are in ${namespaces.join(' and ')}: projects cannot be set up without images that take the names from their environment`,
  'missing-directories': ({ facts: { server } }) =>
    `the directories of the volumes have to be on ${server} before pods can use them; npx kaapana storage --env <environment> --directories prints them, for mkdir`,
  'root-squash': ({ facts: { server, path } }) =>
    `the export ${server}:${path} needs no_root_squash: programs change the owners of their directories as root, and an NFS server refuses that by default. ` +
    'This cannot be checked from here: see /etc/exports on the server',
  'no-volumes-on-demand': ({ facts: { storageProvider, distribution }, remedies }, howTo) =>
    `nothing makes volumes on demand with storageProvider ${storageProvider} on ${distribution}: what this program deploys has its own, ` +
    'but applications of the store and projects that users make in the browser wait for theirs. ' +
    `List both in the settings (extensions, projects), or use classes that make volumes (kubectl get storageclass): ${howTo.remedies(remedies)}`,
  'store-of-primary': ({ facts: { primary } }) =>
    `applications of the store, and projects that users make in the browser, are made for the instance of ${primary}: list those of this instance in kaapana:extensions and kaapana:projects`,
  'rights-of-primary': ({ facts: { primary } }) =>
    `the identity provider asks only the instance of ${primary} what a user may do, as its image has that address built in: whoever logs in here has the rights that they have there`,
  'unknown-domain': ({ facts: { domain }, remedies }, howTo) =>
    `pods find ${domain} by the cluster's DNS alone, and federated runs with this instance itself fail where that does not know it. ${howTo.remedies(remedies)}`,
  'gpu-off': ({ facts: { extensions }, remedies }, howTo) =>
    `gpuSupport is false, and the tasks of these extensions wait for a GPU: ${extensions.join(', ')}. ${howTo.remedies(remedies)}`,
  'gpu-resource-unused': ({ facts: { extensions, resource, asked } }) =>
    `gpu.resource is ${resource}, and the tasks of these extensions ask for ${asked} whatever it is: ${extensions.join(', ')}. Let the GPU operator offer that too, or remove gpu.resource`,
  'gpu-taint-untolerated': ({ facts: { extensions, taint, resource } }) =>
    `gpu.taint is ${taint}, and the tasks of these extensions tolerate no taint whatever it is: ${extensions.join(', ')}. Leave a node with GPUs without it, or they wait${taint === resource ? '; or let the API server tolerate it for them, by its admission plugin ExtendedResourceToleration' : ''}`,
  'gpu-runtime-class-unused': ({ facts: { extensions, runtimeClass } }) =>
    `gpu.runtimeClass is ${runtimeClass}, and the tasks of these extensions run by the default runtime of their node whatever it is: ${extensions.join(', ')}. Let that hand out GPUs`,
  'gpu-node-selector-unused': ({ facts: { extensions, labels, resource } }) =>
    `gpu.nodeSelector is ${labels}, and the tasks of these extensions go to any node with ${resource} whatever it is: ${extensions.join(', ')}. Let no other node offer that`,
  'node-ports-not-given': ({ facts: { distribution, given, ports, wide }, remedies: [set] }, howTo) =>
    `${distribution} gives out the node ports ${given} by default, and ${ports.join(', ')} ${ports.length === 1 ? 'is' : 'are'} wanted: ` +
    `start its API server with --service-node-port-range=${wide}, and set it here too: ${set ? howTo.command(set) : ''}`,
  'lost-with-pod': ({ subject, facts: { extension, paths }, remedies }, howTo) =>
    `${nameOf(subject)} of the chart ${extension} keeps its data ${paths.length > 0 ? `(${paths.join(', ')}) in an emptyDir` : 'in the container itself'}: it is lost when the pod ends, also by an update. ${howTo.remedies(remedies)}`,
  'lost-with-extension': ({ facts: { extension, name, storageClass }, remedies }, howTo) =>
    `the data in the claim ${name} of the chart ${extension} goes with the chart, unless ${storageClass === undefined ? 'the default class of the server' : `the class ${storageClass}`} retains volumes (kubectl get storageclass). ${howTo.remedies(remedies)}`,
  'dns-outside': ({ facts: { distribution, address } }) =>
    `kaapana:internalCidrs leaves out ${address}, where ${distribution} has its DNS server by default: pods that cannot reach it resolve no names`,
};
