import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { base64, Middleware } from '../kube';

/** Where images are pulled from. */
export interface Registry {
  /** Host and path, without scheme, e.g. `registry.example.org/kaapana`. */
  readonly url: string;

  /** @default - the registry is open to everybody */
  readonly account?: { readonly username: string; readonly password: string };
}

/** Properties of `AdminNamespace`. */
export interface AdminNamespaceProps {
  /** Name of the namespace. */
  readonly name: string;

  readonly registry: Registry;

  /** Name of the Secret with the registry's account. @default 'registry-secret' */
  readonly pullSecret?: string;

  /** Networks that count as inside, in CIDR notation; pods reach no others. */
  readonly internalCidrs: readonly string[];

  /**
   * Pod Security level that the API server enforces; it warns of what falls short of `restricted`.
   * Pods that mount a path of the node, or run privileged, need `privileged`.
   *
   * @default 'baseline'
   */
  readonly podSecurity?: 'privileged' | 'baseline' | 'restricted';
}

const CONTAINER_MEMORY = '50Mi';
const POD_SECURITY = 'pod-security.kubernetes.io';

/** The namespace of what a server has once: names, limits, and who may connect (admin-namespace, Kaapana 0.6.0). */
export class AdminNamespace extends Construct {
  public readonly name: string;

  /** Response headers that isolate pages from other origins, as multi-threaded viewers need it. */
  public readonly cors: Middleware;

  constructor(scope: Construct, id: string, props: AdminNamespaceProps) {
    super(scope, id);
    const namespace = props.name;

    new kplus.Namespace(this, 'Namespace', {
      metadata: {
        name: namespace,
        labels: {
          [`${POD_SECURITY}/enforce`]: props.podSecurity ?? 'baseline',
          [`${POD_SECURITY}/warn`]: 'restricted',
          [`${POD_SECURITY}/audit`]: 'restricted',
        },
      },
    });
    const memory = k8s.Quantity.fromString(CONTAINER_MEMORY);
    new k8s.KubeLimitRange(this, 'Limits', {
      metadata: { name: 'default-resource-limits', namespace },
      spec: { limits: [{ type: 'Container', default: { memory }, defaultRequest: { memory } }] },
    });
    new kplus.Secret(this, 'PullSecret', {
      metadata: { name: props.pullSecret ?? 'registry-secret', namespace },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': dockerConfig(props.registry) },
    });

    new k8s.KubeNetworkPolicy(this, 'Egress', {
      metadata: { name: 'restrict-egress', namespace },
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: props.internalCidrs.map((cidr) => ({ to: [{ ipBlock: { cidr } }] })),
      },
    });
    new k8s.KubeNetworkPolicy(this, 'Ingress', {
      metadata: { name: 'default-deny-ingress', namespace },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    });

    this.name = namespace;
    this.cors = new Middleware(this, 'Cors', {
      name: 'cors-middleware',
      namespace,
      spec: {
        headers: {
          customResponseHeaders: {
            'Cross-Origin-Embedder-Policy': 'require-corp',
            'Cross-Origin-Opener-Policy': 'same-origin',
          },
        },
      },
    });
  }
}

/** No JSON.stringify: what a secret token in the account stands for is encoded later, and may not be escaped before. */
function dockerConfig({ url, account }: Registry): string {
  if (!account) return '{"auths": {}}';
  return `{"auths": {"https://${url}": {"auth": "${base64(`${account.username}:${account.password}`)}"}}}`;
}
