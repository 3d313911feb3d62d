import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, EgressPolicy, type NetworkPeer, outsideOf, policyPeers } from '../kube';
import { reach, reachDns } from '../platform/egress-rules';
import { PROJECT_PODS, type ProjectServices } from '../platform/project-services';

/** Properties of `ProjectPolicies`. */
export interface ProjectPoliciesProps {
  readonly namespace: string;

  readonly services: ProjectServices;

  /** Whose requests lead to applications: the reverse proxy. */
  readonly proxy: NetworkPeer;

  /** Networks that count as inside, in CIDR notation. */
  readonly internalCidrs: readonly string[];

  /** Way out of the cluster that is no pod of it. @default - none */
  readonly externalProxy?: Address;

  /** Port of the mail server that workflows send by. @default - they send no mail */
  readonly mailPort?: number;
}

type Rules = Pick<k8s.NetworkPolicySpec, 'ingress' | 'egress'>;

/**
 * Who talks to whom in the namespace of a project, and from there to the services (project-namespace, Kaapana 0.6.0).
 * The chart names a namespace or pods, which is all of the services and of the admin namespace; here it is these pods,
 * and their ports.
 */
export class ProjectPolicies extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ProjectPoliciesProps,
  ) {
    super(scope, id);
    const { services, proxy } = props;
    const { keycloak, accessInformation, opensearch, airflowDatabase, ctp, egressProxy, ...others } = services;

    this.policy('DenyAll', 'deny-all-traffic', {}, { ingress: [], egress: [] });
    this.policy('Dns', 'allow-kube-dns', {}, { egress: reachDns(props.namespace, props.internalCidrs) });
    this.policy(
      'ReverseProxy',
      'allow-ingress-from-traefik',
      {},
      { ingress: [{ from: policyPeers(props.namespace, proxy) }] },
    );
    const outside = outsideOf(props.internalCidrs);
    if (outside)
      this.policy('Outside', 'allow-external-ips', PROJECT_PODS.withOutside, { egress: [{ to: [outside] }] });
    if (egressProxy)
      this.policy('EgressProxy', 'allow-access-to-squid-proxy', PROJECT_PODS.withOutside, {
        egress: reach(props.namespace, egressProxy),
      });
    this.policy('Ctp', 'allow-access-to-ctp', PROJECT_PODS.withCtp, { egress: reach(props.namespace, ctp) });
    this.policy('AirflowDatabase', 'allow-access-to-airflow-database', PROJECT_PODS.executor, {
      egress: reach(props.namespace, airflowDatabase),
    });
    this.policy('OpenSearch', 'allow-opensearch-egress', PROJECT_PODS.withOpensearch, {
      egress: reach(props.namespace, opensearch),
    });
    this.policy('Init', 'allow-keycloak-and-aii-egress', PROJECT_PODS.userMaker, {
      egress: reach(props.namespace, keycloak.internal, accessInformation),
    });
    this.policy('Tasks', 'egress-for-processing-containers', PROJECT_PODS.tasks, {
      egress: reach(props.namespace, keycloak.external, accessInformation, opensearch, ...Object.values(others)),
    });
    this.createWaysOut(props);
  }

  /** To what lives outside of the cluster. */
  private createWaysOut({ namespace, externalProxy, mailPort }: ProjectPoliciesProps): void {
    if (externalProxy) {
      new EgressPolicy(this, 'ExternalProxy', {
        name: 'allow-access-to-external-proxy',
        pods: { namespace, podLabels: PROJECT_PODS.withOutside },
        port: externalProxy.port,
        host: externalProxy.host,
      });
    }
    if (mailPort !== undefined) {
      new EgressPolicy(this, 'Mail', {
        name: 'allow-access-to-mail-server',
        pods: { namespace, podLabels: PROJECT_PODS.executor },
        port: mailPort,
      });
    }
  }

  private policy(id: string, name: string, podLabels: NonNullable<NetworkPeer['podLabels']>, rules: Rules): void {
    const selector = Object.keys(podLabels).length === 0 ? {} : { matchLabels: { ...podLabels } };
    new k8s.KubeNetworkPolicy(this, id, {
      metadata: { name, namespace: this.props.namespace },
      spec: {
        podSelector: selector,
        policyTypes: [...(rules.ingress ? ['Ingress'] : []), ...(rules.egress ? ['Egress'] : [])],
        ...rules,
      },
    });
  }
}
