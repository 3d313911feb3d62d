import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

const RBAC = 'rbac.authorization.k8s.io';

/** Properties of `Identity`. */
export interface IdentityProps {
  /** Name of the service account, and of its roles unless `clusterName` says otherwise. */
  readonly name: string;

  /** Namespace of the service account. */
  readonly namespace: string;

  /**
   * What it may do, by namespace.
   *
   * @default - nothing in any namespace
   */
  readonly roles?: Readonly<Record<string, readonly k8s.PolicyRule[]>>;

  /**
   * What it may do in the whole cluster.
   *
   * @default - nothing
   */
  readonly clusterRules?: readonly k8s.PolicyRule[];

  /** Why it acts in the whole cluster; a reviewer reads it in the binding. @default - it does not */
  readonly clusterReason?: string;

  /**
   * The cluster role that is bound: one that exists, e.g. `cluster-admin`, or the name of the one that
   * `clusterRules` make.
   *
   * @default - `clusterName` with `clusterRules`, else none
   */
  readonly clusterRole?: string;

  /**
   * Name of the cluster-wide objects; it must differ between instances.
   *
   * @default - `<namespace>-<name>`
   */
  readonly clusterName?: string;
}

/** A service account with the roles that it needs and no others. */
export class Identity extends Construct {
  /** Name of the service account. */
  public readonly name: string;

  /** Namespace of the service account. */
  public readonly namespace: string;

  /** Whether a role is bound to it: without one, its pods get no token. */
  public readonly hasRole: boolean;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    this.name = props.name;
    this.namespace = props.namespace;
    const roles = Object.entries(props.roles ?? {});
    this.hasRole = roles.length > 0 || props.clusterRules !== undefined || props.clusterRole !== undefined;

    new kplus.ServiceAccount(this, 'Account', { metadata: { name: this.name, namespace: this.namespace } });
    for (const [namespace, rules] of roles) this.bindIn(namespace, rules);
    const clusterName = props.clusterName ?? `${this.namespace}-${this.name}`;
    const clusterRole = props.clusterRole ?? clusterName;
    if (props.clusterRules) {
      new k8s.KubeClusterRole(this, 'ClusterRole', { metadata: { name: clusterRole }, rules: [...props.clusterRules] });
    }
    if (props.clusterRules ?? props.clusterRole) {
      if (props.clusterReason === undefined)
        throw new Error(`${this.name} acts in the whole cluster and does not say why: clusterReason`);
      this.bindCluster(clusterName, clusterRole, props.clusterReason);
    }
  }

  private bindIn(namespace: string, rules: readonly k8s.PolicyRule[]): void {
    const metadata = { name: this.name, namespace };
    new k8s.KubeRole(this, `Role ${namespace}`, { metadata, rules: [...rules] });
    new k8s.KubeRoleBinding(this, `RoleBinding ${namespace}`, {
      metadata,
      roleRef: { apiGroup: RBAC, kind: 'Role', name: this.name },
      subjects: [this.subject()],
    });
  }

  private bindCluster(name: string, role: string, reason: string): void {
    new k8s.KubeClusterRoleBinding(this, 'ClusterRoleBinding', {
      metadata: { name, annotations: { 'security-exception/cluster-wide': reason } },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: [this.subject()],
    });
  }

  private subject(): k8s.Subject {
    return { kind: 'ServiceAccount', name: this.name, namespace: this.namespace };
  }
}

/** Rules that allow `verbs` on resources, which stand by API group; the core API is the group ''. */
export function policyRules(
  verbs: readonly string[],
  resources: Readonly<Record<string, readonly string[]>>,
): k8s.PolicyRule[] {
  return Object.entries(resources).map(([group, kinds]) => ({
    apiGroups: [group],
    resources: [...kinds],
    verbs: [...verbs],
  }));
}
