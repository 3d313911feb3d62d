import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type Address,
  DataVolume,
  GivenObject,
  type Platform,
  policyPeers,
  type QuantityText,
  type StorageRole,
} from '../../kube';
import type { ImageName } from '../../platform/images';
import type { ExtensionServices } from '../contract/extension';
import { credentialsIn, withCredentials, withReferences } from './credentials';
import { type ThirdPartyObject, isWorkload, list, podTemplateOf, record } from './third-party-object';
import { revealThirdPartySecrets } from './third-party-secret';

/** A chart that others made, after the safety checks. */
export interface ThirdPartyInstall {
  /** Name of the install. */
  readonly name: string;

  readonly objects: readonly ThirdPartyObject[];

  /** Templates that objects come from, by `Kind/namespace/name`. @default - it was added when nobody kept them */
  readonly templates?: Readonly<Record<string, string>>;

  /** Volumes that are made for it, with their claims. @default - none */
  readonly volumes?: readonly {
    readonly claim: string;
    readonly namespace: string;
    readonly role: StorageRole;
    readonly directory: string;
    readonly size: QuantityText;
  }[];

  /** Tokens of the credentials that stand in the objects, by name. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** Properties of `ThirdPartyChart`. */
export interface ThirdPartyChartProps extends ThirdPartyInstall {
  readonly platform: Platform<ImageName>;
  readonly services: ExtensionServices;
}

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const HOOK = 'helm.sh/hook';
const HOOK_WEIGHT = 'helm.sh/hook-weight';

/**
 * The objects of a chart that others made. Credentials that stand in environment variables move to a Secret, and
 * connections are opened that its routes, its own services and its use of the platform's need.
 */
export class ThirdPartyChart extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ThirdPartyChartProps,
  ) {
    super(scope, id);
    this.createVolumes();
    const deployed = props.objects.map((object) => ({ object, construct: this.createObject(object) }));
    for (const [index, { object, construct }] of deployed.entries()) {
      construct.node.addDependency(
        ...deployed
          .filter((other, at) => at !== index && isBefore(other.object, object))
          .map((other) => other.construct),
      );
    }
    this.createCredentials();
    for (const service of this.ofKind('Service')) this.createPolicy(service);
    this.openPlatform();
  }

  /** Data of a chart outlives it, as the platform's does. */
  private createVolumes(): void {
    const { platform, name: install, volumes = [] } = this.props;
    for (const { claim: name, size, ...place } of volumes) {
      const id = `Volume ${place.namespace} ${name}`;
      new DataVolume(this, id, { platform, name, size, holds: `data of ${install}`, ...place });
    }
  }

  private createObject(object: ThirdPartyObject): Construct {
    const { kind, metadata } = object;
    return new GivenObject(this, `${kind} ${metadata.namespace} ${metadata.name}`, this.prepared(object));
  }

  private prepared(object: ThirdPartyObject): ThirdPartyObject {
    if (object.kind === 'Secret') return withCredentials(object, this.props.credentials);
    if (object.kind === 'Ingress') return this.withClass(object);
    return isWorkload(object) ? withReferences(object, this.secretName) : object;
  }

  private withClass(ingress: ThirdPartyObject): ThirdPartyObject {
    const { ingressClass } = this.props.platform;
    const { [CLASS_ANNOTATION]: _, ...annotations } = ingress.metadata.annotations ?? {};
    return {
      ...ingress,
      metadata: {
        ...ingress.metadata,
        annotations: { ...annotations, ...(ingressClass === undefined ? {} : { [CLASS_ANNOTATION]: ingressClass }) },
      },
    };
  }

  private get secretName(): string {
    return `${this.props.name}-credentials`;
  }

  /** One Secret in each namespace whose pods take a credential from their environment. */
  private createCredentials(): void {
    const wanted = new Map<string, Record<string, string>>();
    for (const object of this.props.objects.filter(isWorkload)) {
      const texts = credentialsIn(object);
      if (Object.keys(texts).length === 0) continue;
      wanted.set(object.metadata.namespace, { ...wanted.get(object.metadata.namespace), ...texts });
    }
    for (const [namespace, texts] of wanted) {
      new kplus.Secret(this, `Credentials ${namespace}`, {
        metadata: { name: this.secretName, namespace },
        stringData: Object.fromEntries(
          Object.keys(texts)
            .sort()
            .map((key) => [key, revealThirdPartySecrets(texts[key] ?? '', this.props.credentials)]),
        ),
      });
    }
  }

  /**
   * The namespaces let nobody in: the pods of the chart talk to each other, and the reverse proxy to those with a
   * route.
   */
  private createPolicy({ metadata: { name, namespace }, spec }: ThirdPartyObject): void {
    const selector = record(record(spec)['selector']) as Record<string, string>;
    if (Object.keys(selector).length === 0) return;
    const ports = list(record(spec)['ports']).map(({ port, targetPort, protocol }): k8s.NetworkPolicyPort => {
      const target = targetPort ?? port;
      return {
        protocol: String(protocol ?? 'TCP'),
        port:
          typeof target === 'number' ? k8s.IntOrString.fromNumber(target) : k8s.IntOrString.fromString(String(target)),
      };
    });
    const { proxy } = this.props.platform;
    const own = this.workloads()
      .filter((workload) => workload.namespace === namespace)
      .map(({ podLabels }) => ({ podSelector: { matchLabels: podLabels } }));
    new k8s.KubeNetworkPolicy(this, `Policy ${namespace} ${name}`, {
      metadata: { name: `${name}-ingress`, namespace },
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ['Ingress'],
        ingress: [{ from: [...(this.isRouted(name, namespace) ? policyPeers(namespace, proxy) : []), ...own], ports }],
      },
    });
  }

  private isRouted(service: string, namespace: string): boolean {
    return this.ofKind('Ingress')
      .filter(({ metadata }) => metadata.namespace === namespace)
      .some(({ spec }) =>
        list(record(spec)['rules'])
          .flatMap(({ http }) => list(record(http)['paths']))
          .some(({ backend }) => record(record(backend)['service'])['name'] === service),
      );
  }

  /** What the platform offers to extensions lets in those pods whose objects name it. */
  private openPlatform(): void {
    const { minio, kubeHelm, workflowApi, ctp } = this.props.services;
    for (const { object, ...peer } of this.workloads()) {
      const text = JSON.stringify(object);
      for (const address of [minio.api, kubeHelm, workflowApi, ctp])
        if (text.includes(shortHost(address))) address.openTo(peer);
    }
  }

  private workloads(): { object: ThirdPartyObject; namespace: string; podLabels: Record<string, string> }[] {
    return this.props.objects
      .filter(isWorkload)
      .map((object) => ({
        object,
        namespace: object.metadata.namespace,
        podLabels: record(record(podTemplateOf(object)['metadata'])['labels']) as Record<string, string>,
      }))
      .filter(({ podLabels }) => Object.keys(podLabels).length > 0);
  }

  private ofKind(kind: string): ThirdPartyObject[] {
    return this.props.objects.filter((object) => object.kind === kind);
  }
}

/** Of hooks, those before an install come first, by weight; those after it, last. */
function isBefore(first: ThirdPartyObject, second: ThirdPartyObject): boolean {
  const [one, other] = [place(first), place(second)];
  return one.phase < other.phase || (one.phase === other.phase && one.weight < other.weight);
}

function place({ metadata: { annotations = {} } }: ThirdPartyObject): { phase: number; weight: number } {
  const hooks = (annotations[HOOK] ?? '').split(',').map((hook) => hook.trim());
  if (hooks[0] === '') return { phase: 1, weight: 0 };
  return { phase: hooks.includes('pre-install') ? 0 : 2, weight: Number(annotations[HOOK_WEIGHT] ?? 0) };
}

function shortHost({ host }: Address): string {
  return host.split('.').slice(0, 2).join('.');
}
