import type { Pods } from '../../../src/checks/network/cluster';
import type { Manifest } from '../../../src/objects/manifest';
import { apply, kubectl, list } from '../../integration/support/kubectl';

/** Label of the pods that stand for those that users, tasks and charts of others start. */
const PROBE = 'gate.kaapana.ai/probe';

/** Ports at which a probe is spoken to. */
export interface Probe {
  readonly pods: Pods;
  readonly ports: readonly number[];
}

/**
 * Starts a pod with the labels of each, in its namespace, and waits until all run; gives their names by those of the
 * pods that they stand for.
 *
 * @param policies network policies of the platforms; those of a namespace that is missing come with it
 */
export function startProbes(
  probes: readonly Probe[],
  image: string,
  policies: readonly Manifest[],
): ReadonlyMap<string, string> {
  const named = new Map(probes.map(({ pods }, index) => [pods.name, `probe-${index}`]));
  for (const namespace of missingNamespaces(probes.map(({ pods }) => pods.namespace))) {
    apply([namespaceOfUsers(namespace), ...policies.filter(({ metadata }) => metadata.namespace === namespace)]);
  }
  apply(
    probes.map(({ pods: { name, namespace, labels }, ports }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: named.get(name), namespace, labels: { ...labels, [PROBE]: 'true' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        automountServiceAccountToken: false,
        containers: (ports.length > 0 ? ports : [undefined]).map((port) => ({
          name: port === undefined ? 'idle' : `port-${port}`,
          image,
          command: port === undefined ? ['sleep', '86400'] : ['httpd', '-f', '-p', String(port)],
        })),
      },
    })),
  );
  for (const namespace of new Set(probes.map(({ pods }) => pods.namespace))) {
    kubectl([
      'wait',
      'pods',
      '--namespace',
      namespace,
      `--selector=${PROBE}`,
      '--for=condition=Ready',
      '--timeout=300s',
    ]);
  }
  return named;
}

/** A namespace as Helm makes it for a project that a user made. */
function namespaceOfUsers(name: string): object {
  const annotations = { 'meta.helm.sh/release-name': name };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations, labels: { [PROBE]: 'true' } } };
}

/** Ends all probes, and the namespaces that were made for them. */
export function endProbes(): void {
  kubectl(['delete', 'pods', '--all-namespaces', `--selector=${PROBE}`, '--wait=true', '--timeout=300s']);
  kubectl(['delete', 'namespaces', `--selector=${PROBE}`, '--wait=true', '--timeout=300s']);
}

function missingNamespaces(wanted: readonly string[]): string[] {
  const there = list('namespaces').map(({ metadata }) => metadata.name);
  return [...new Set(wanted)].filter((name) => !there.includes(name));
}
