import ipaddr from 'ipaddr.js';
import { type Cluster, type Outsider, type Peer, podsThatCouldBe } from './cluster';
import type { Labels } from './selector';

/** Somebody outside of the cluster, at an address for documentation that no network of a site has. */
export const INTERNET = outsider('internet', '203.0.113.50');

/** The kubelet of a pod's node, which probes it. */
export const KUBELET: Outsider = { kind: 'outsider', name: 'kubelet', address: '192.0.2.10', isKubelet: true };

/** Who is at `address`, outside of the cluster's pods. */
export function outsider(name: string, address: string): Outsider {
  return { kind: 'outsider', name, address, isKubelet: false };
}

/**
 * Who is meant by `text`: `namespace/workload`, `namespace{label=value,...}` for pods that could be there (what follows
 * a `#` says what they are), the same in any namespace where it is `*`, an address, `internet` or `kubelet`.
 *
 * @returns undefined where the cluster has no such workload, or a label is none
 */
export function peerCalled(text: string, { workloads }: Cluster): Peer | undefined {
  if (text === INTERNET.name) return INTERNET;
  if (text === KUBELET.name) return KUBELET;
  if (ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)) return outsider(text, text);
  const [, namespace, list = ''] = /^([a-z\d-]+|\*)\{(.*)\}(?:#.*)?$/.exec(text) ?? [];
  if (namespace === undefined) return workloads.get(text);
  const labels = labelsIn(list);
  return labels && podsThatCouldBe(namespace, labels);
}

/** The labels of `label=value,label=value`. */
function labelsIn(list: string): Labels | undefined {
  const pairs = list
    .split(',')
    .filter((pair) => pair !== '')
    .map((pair) => /^([^=]+)=(.*)$/.exec(pair));
  return pairs.includes(null)
    ? undefined
    : Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? '']] : [])));
}
