import ipaddr from 'ipaddr.js';
import { isLinkLocal } from '../../constructs/kube/network';
import { type Finding, finding, type Found } from '../findings/finding';
import { containersOf, type JsonObject, objectAt, textAt } from '../objects/manifest';
import { howToOf, subjectOf } from './conflict';
import type { Cluster, Deployed } from './live-claims';

/** What the nodes of `cluster`, and what runs on them, mean for `own`. */
export function nodeFindings(own: Deployed, cluster: Cluster): Finding[] {
  return [...storageNodes(own, cluster), ...resolvers(own, cluster)];
}

/** Directories are those of one node, and a pod that starts on another finds them empty. */
function storageNodes(own: Deployed, { nodes }: Cluster): Found<'several-storage-nodes'>[] {
  const { storageNode } = own.settings;
  const labelled = nodes
    .filter(({ metadata }) => objectAt(objectAt(metadata).labels)[STORAGE_LABEL] === storageNode)
    .map(({ metadata }) => textAt(objectAt(metadata).name) ?? '')
    .sort();
  const hasDirectories = own.graph.nodes.some(
    ({ manifest }) => manifest.kind === 'PersistentVolume' && objectAt(manifest.spec).hostPath !== undefined,
  );
  return labelled.length < 2 || !hasDirectories
    ? []
    : [
        finding(
          'several-storage-nodes',
          subjectOf(own),
          { label: `${STORAGE_LABEL}=${storageNode}`, nodes: labelled },
          howToOf(own).here({ kind: 'run', command: `kubectl label node <name> ${STORAGE_LABEL}-` }),
        ),
      ];
}

const STORAGE_LABEL = 'kaapana.io/node';

/** Names that the DNS caches of nodes have: upstream's and kubespray's, and those of RKE2. */
const RESOLVERS = /^(node-local-dns|nodelocaldns|rke2-nodelocal-dns)\b/;

/** A resolver of the nodes says in its command line where it listens (NodeLocal DNSCache, -localip). */
function resolvers(own: Deployed, { pods }: Cluster): Found<'dns-unreachable'>[] {
  const pod = pods.find(({ metadata }) => RESOLVERS.test(textAt(objectAt(metadata).name) ?? ''));
  if (pod === undefined) return [];
  const { internalCidrs } = own.settings;
  const missing = localAddresses(pod).filter(
    (cidr) => isLinkLocal(cidr) && !internalCidrs.some((each) => isIn(cidr, each)),
  );
  return missing.length === 0
    ? []
    : [
        finding(
          'dns-unreachable',
          subjectOf(own),
          { pod: textAt(objectAt(pod.metadata).name) ?? '', addresses: missing },
          howToOf(own).here({ kind: 'set', key: 'internalCidrs', example: [...internalCidrs, ...missing] }),
        ),
      ];
}

function localAddresses(pod: JsonObject): string[] {
  const given = containersOf(pod).flatMap(({ args, command }) =>
    [command, args].flatMap((words) => (Array.isArray(words) ? words.map(String) : [])),
  );
  return given
    .flatMap(
      (word, index) =>
        /^--?localip(?:=(.*))?$/
          .exec(word)
          ?.slice(1)
          .map((value) => value ?? given[index + 1] ?? '') ?? [],
    )
    .flatMap((list) => list.split(','))
    .filter((address) => ipaddr.isValid(address))
    .map((address) => `${address}/${ipaddr.parse(address).kind() === 'ipv4' ? 32 : 128}`);
}

function isIn(inner: string, outer: string): boolean {
  if (!ipaddr.isValidCIDR(outer)) return false;
  const [[address], network] = [ipaddr.parseCIDR(inner), ipaddr.parseCIDR(outer)];
  return address.kind() === network[0].kind() && address.match(network);
}
