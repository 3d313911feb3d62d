import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type NetworkPeer, OWN_POD, type PodSelection, policyPeers } from '../kube';
import { TASK_LABELS } from './airflow-tasks';

/**
 * Pods that carry neither this program's label nor that of a task. Charts of Kaapana's own collection name their pods
 * after the release, and most of their jobs carry no label at all (dag-installer-chart, Kaapana 0.6.0).
 */
const INSTALLED: readonly k8s.LabelSelectorRequirement[] = [
  { key: OWN_POD.key, operator: 'NotIn', values: [OWN_POD.value] },
  ...Object.entries(TASK_LABELS).map(([key, value]) => ({ key, operator: 'NotIn', values: [value] })),
];

/** Pods of the charts that users install in `namespace`, which kube-helm starts at run time. */
export function installedPods(namespace: string): PodSelection {
  return { namespaces: [namespace], pods: { matchExpressions: [...INSTALLED] } };
}

/** Those of them that a Job runs: they put workflows into Airflow and take them out again. */
export function installedJobs(namespace: string): PodSelection {
  return {
    namespaces: [namespace],
    pods: { matchExpressions: [...INSTALLED, { key: 'job-name', operator: 'Exists' }] },
  };
}

/** Properties of `InstalledCharts`. */
export interface InstalledChartsProps {
  /** Where users install charts. */
  readonly namespace: string;

  /** Who reaches each of their pods besides themselves: the reverse proxy, the metrics store. */
  readonly visitors: readonly NetworkPeer[];
}

/**
 * Who reaches the pods of installed charts, in a namespace that lets nobody in otherwise: charts bring no policies of
 * their own.
 */
export class InstalledCharts extends Construct {
  constructor(scope: Construct, id: string, { namespace, visitors }: InstalledChartsProps) {
    super(scope, id);
    const installed = installedPods(namespace);
    new k8s.KubeNetworkPolicy(this, 'Policy', {
      metadata: { name: 'installed-charts-ingress', namespace },
      spec: {
        podSelector: installed.pods,
        policyTypes: ['Ingress'],
        ingress: [{ from: [...visitors, installed].flatMap((peer) => policyPeers(namespace, peer)) }],
      },
    });
  }
}
