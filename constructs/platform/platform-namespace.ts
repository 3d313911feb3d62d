import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, base64, EgressPolicy, type SecretToken } from '../kube';
import { kindLabel, type NamespaceKind } from './namespace-kinds';

/** Where images are pulled from. */
export interface Registry {
  /** Host and path, without scheme, e.g. `registry.example.org/kaapana`. */
  readonly url: string;

  /** @default - the registry is open to everybody */
  readonly account?: { readonly username: string; readonly password: SecretToken };
}

/** Properties of `PlatformNamespace`. */
export interface PlatformNamespaceProps {
  /** Name of the namespace. */
  readonly name: string;

  readonly registry: Registry;

  /** Name of the Secret with the registry's account. @default 'registry-secret' */
  readonly pullSecret?: string;

  /**
   * Networks that count as inside, in CIDR notation; pods reach no others.
   *
   * @default - other policies say what pods reach
   */
  readonly internalCidrs?: readonly string[];

  /** Way out of the cluster that is no pod of it, which all pods reach besides. @default - none */
  readonly externalProxy?: Address;

  /**
   * Whether nobody reaches a pod that nothing opens.
   *
   * @default false - other policies say who reaches them
   */
  readonly closed?: boolean;

  /** @default 'components' */
  readonly kind?: NamespaceKind;

  /**
   * Why pods of it may mount paths of the node or run privileged; a reviewer reads it in the namespace.
   *
   * @default - the API server holds them to Pod Security's level `baseline`; it warns of what falls short of
   * `restricted`
   */
  readonly privileged?: string;
}

/** Label of every object, namespaces among them, with the instance that it belongs to. */
export const INSTANCE_LABEL = 'deploy.kaapana.ai/instance';

const CONTAINER_MEMORY = '50Mi';
const POD_SECURITY = 'pod-security.kubernetes.io';

/**
 * A namespace of the platform, with its limits, the registry's account, and who may connect
 * (extensions-namespace, and what others have in common with it, Kaapana 0.6.0).
 */
export class PlatformNamespace extends Construct {
  public readonly name: string;

  constructor(scope: Construct, id: string, props: PlatformNamespaceProps) {
    super(scope, id);
    this.name = props.name;

    const { privileged, kind = 'components' } = props;
    new kplus.Namespace(this, 'Namespace', {
      metadata: {
        name: this.name,
        annotations: privileged === undefined ? undefined : { 'security-exception/pod-security': privileged },
        labels: {
          ...kindLabel(kind),
          [`${POD_SECURITY}/enforce`]: privileged === undefined ? 'baseline' : 'privileged',
          [`${POD_SECURITY}/warn`]: 'restricted',
          [`${POD_SECURITY}/audit`]: 'restricted',
        },
      },
    });
    const memory = k8s.Quantity.fromString(CONTAINER_MEMORY);
    new k8s.KubeLimitRange(this, 'Limits', {
      metadata: { name: 'default-resource-limits', namespace: this.name },
      spec: { limits: [{ type: 'Container', default: { memory }, defaultRequest: { memory } }] },
    });
    new kplus.Secret(this, 'PullSecret', {
      metadata: { name: props.pullSecret ?? 'registry-secret', namespace: this.name },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': dockerConfig(props.registry) },
    });
    this.createPolicies(props);
  }

  private createPolicies({ internalCidrs, externalProxy, closed = false }: PlatformNamespaceProps): void {
    const namespace = this.name;
    if (internalCidrs) {
      new k8s.KubeNetworkPolicy(this, 'Egress', {
        metadata: { name: 'restrict-egress', namespace },
        spec: {
          podSelector: {},
          policyTypes: ['Egress'],
          egress: internalCidrs.map((cidr) => ({ to: [{ ipBlock: { cidr } }] })),
        },
      });
    }
    if (externalProxy) {
      new EgressPolicy(this, 'ExternalProxy', {
        name: 'allow-access-to-external-proxy',
        pods: { namespace },
        port: externalProxy.port,
        host: externalProxy.host,
      });
    }
    if (closed) {
      new k8s.KubeNetworkPolicy(this, 'Ingress', {
        metadata: { name: 'default-deny-ingress', namespace },
        spec: { podSelector: {}, policyTypes: ['Ingress'] },
      });
    }
  }
}

/**
 * Registry accounts as the kubelet wants them. No JSON.stringify: what a secret token in the account stands for is
 * encoded later, and may not be escaped before.
 */
export function dockerConfig({ url, account }: Registry): string {
  if (!account) return '{"auths": {}}';
  return `{"auths": {"https://${url}": {"auth": "${base64(`${account.username}:${account.password}`)}"}}}`;
}
