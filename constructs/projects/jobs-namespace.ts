import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { DataVolume, outsideOf, policyPeers, type StorageRole } from '../kube';
import { reach, reachDns } from '../platform/egress-rules';
import type { KaapanaPlatform } from '../platform/kaapana-platform';
import { PlatformNamespace, type PlatformNamespaceProps } from '../platform/platform-namespace';
import type { Listener } from '../platform/project-services';

/** Properties of `JobsNamespace`. */
export interface JobsNamespaceProps extends Pick<PlatformNamespaceProps, 'name' | 'registry' | 'pullSecret'> {
  readonly platform: KaapanaPlatform;

  /** What tasks that ask for it by a label talk to: the receiver of images, and the index of metadata. */
  readonly services: { readonly ctp: Listener; readonly opensearch: Listener };

  /** Networks that count as inside, in CIDR notation. */
  readonly internalCidrs: readonly string[];
}

type Labels = Readonly<Record<string, string>>;
type Rules = Pick<k8s.NetworkPolicySpec, 'ingress' | 'egress'>;

/** Labels by which a task asks for a connection. */
const TASKS = {
  withCtp: { 'network-access': 'ctp' },
  withOpensearch: { 'network-access': 'opensearch' },
  withOutside: { 'network-access': 'external-ips' },
} as const;

/** Directories that other namespaces have too. */
const VOLUMES: readonly {
  readonly name: string;
  readonly role: StorageRole;
  readonly directory: string;
  readonly holds: string;
}[] = [
  { name: 'af-data-jobs', role: 'workflow', directory: 'workflows/data', holds: 'the files of running workflows' },
  { name: 'models-jobs', role: 'workflow', directory: 'workflows/models', holds: 'the models of workflows' },
  {
    name: 'mounted-scripts-jobs',
    role: 'workflow',
    directory: 'workflows/mounted_scripts',
    holds: 'the scripts of workflows',
  },
  { name: 'tb-jobs', role: 'workflow', directory: 'tensorboard', holds: 'the curves of trainings' },
  { name: 'minio-jobs', role: 'slow', directory: 'minio', holds: 'the objects of all buckets' },
];

/**
 * Where the tasks of workflows ran before there were projects: files of workflows, and no connection that a task does
 * not ask for (jobs-namespace, Kaapana 0.3.5).
 */
export class JobsNamespace extends PlatformNamespace {
  constructor(scope: Construct, id: string, props: JobsNamespaceProps) {
    const { name, registry, pullSecret, platform } = props;
    super(scope, id, { name, registry, pullSecret });

    this.createTaskPolicies(props);
    for (const volume of VOLUMES) {
      new DataVolume(this, volume.name, {
        ...volume,
        platform,
        namespace: name,
        name: `${volume.name}-pv-claim`,
        size: '1Mi', // The disk alone limits a directory.
        shared: true,
      });
    }
  }

  private createTaskPolicies({ platform, services, internalCidrs }: JobsNamespaceProps): void {
    this.policy('DenyAll', 'deny-all-traffic', {}, { ingress: [], egress: [] });
    this.policy('Dns', 'allow-kube-dns', {}, { egress: reachDns(this.name, internalCidrs) });
    this.policy(
      'ReverseProxy',
      'allow-ingress-from-traefik',
      {},
      { ingress: [{ from: policyPeers(this.name, platform.proxy) }] },
    );
    const outside = outsideOf(internalCidrs);
    if (outside) this.policy('Outside', 'allow-external-ips', TASKS.withOutside, { egress: [{ to: [outside] }] });
    const { ctp, opensearch } = services;
    this.policy('Ctp', 'allow-access-to-ctp', TASKS.withCtp, { egress: reach(this.name, ctp) });
    ctp.openTo({ namespace: this.name, podLabels: TASKS.withCtp });
    this.policy('OpenSearch', 'allow-opensearch-egress', TASKS.withOpensearch, {
      egress: reach(this.name, opensearch),
    });
    opensearch.openTo({ namespace: this.name, podLabels: TASKS.withOpensearch });
  }

  private policy(id: string, name: string, podLabels: Labels, rules: Rules): void {
    new k8s.KubeNetworkPolicy(this, id, {
      metadata: { name, namespace: this.name },
      spec: {
        podSelector: Object.keys(podLabels).length === 0 ? {} : { matchLabels: { ...podLabels } },
        policyTypes: [...(rules.ingress ? ['Ingress'] : []), ...(rules.egress ? ['Egress'] : [])],
        ...rules,
      },
    });
  }
}
