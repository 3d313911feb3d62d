import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type ContainerProps,
  DataVolume,
  type Endpoint,
  Identity,
  type Mount,
  Volume,
  WebRoute,
  Workload,
} from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { type Egress, egressAddresses, egressEnv } from '../platform/egress';
import { HIGH_PRIORITY } from '../platform/priority';
import { type ExtensionChart, KubeHelmJobs, type KubeHelmPods } from './kube-helm-jobs';

export type { ExtensionChart } from './kube-helm-jobs';

/** Properties of `KubeHelm`. */
export interface KubeHelmProps extends ComponentProps {
  /** Namespace of the Helm releases. */
  readonly helmNamespace: string;

  /** The deployed platform, and the registry that its charts pull from (host and path, without scheme). */
  readonly release: { readonly name: string; readonly version: string; readonly registry: string };

  /** Images that bring extension charts. */
  readonly collections: readonly string[];

  /** Charts to install once the collections are there. @default - none */
  readonly preinstall?: readonly ExtensionChart[];

  /** Key that it signs with. */
  readonly secretKey: string;

  /** Work without a registry. @default false */
  readonly offline?: boolean;

  /** Pull the images of all extensions ahead. @default false */
  readonly prefetch?: boolean;

  /** Way out of the cluster, and the networks that are reached without it. @default - none */
  readonly egress?: Egress & { readonly internalCidrs: readonly string[] };

  /**
   * Path of containerd's socket on the node, which image files are imported through. Whoever has it is
   * root on the node.
   *
   * @default - images cannot be imported
   */
  readonly containerdSocket?: string;
}

const PORT = 5000;
const PATH = '/kube-helm-api';
const SELECTOR = { 'app.kubernetes.io/name': 'kube-helm' };

/** Installs extension charts for users, with Helm (kube-helm-chart, Kaapana 0.6.0). */
export class KubeHelm extends Construct {
  /** For other components; users go by the reverse proxy. */
  public readonly api: Endpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: KubeHelmProps,
  ) {
    super(scope, id);
    const { platform, namespace, egress } = props;

    // The one account that may do everything: a chart can hold any kind of object.
    const identity = new Identity(this, 'Identity', {
      name: 'kaapana-kube-admin',
      namespace,
      clusterRole: 'cluster-admin',
      clusterName: `admin-crb-${namespace}`,
      clusterReason: 'charts of others hold objects of any kind, roles and namespaces too',
    });
    const signingKey = new kplus.Secret(this, 'SigningKey', {
      metadata: { name: 'kube-helm-signing-key', namespace },
      stringData: { 'secret-key': props.secretKey },
    });
    const charts = Volume.claim(
      'helmextensions',
      new DataVolume(this, 'Charts', {
        platform,
        namespace,
        name: 'extensions-pv-claim',
        role: 'fast',
        holds: 'the charts of extensions and platforms',
      }),
    );
    const pods = { platform, namespace, identity, uses: egressAddresses(egress), nodeSelector: platform.storageNode };
    const env = { ...this.env(), SECRET_KEY: signingKey.envValue('secret-key') };

    const backend = this.createBackend(pods, env, charts);
    new KubeHelmJobs(this, 'Jobs', {
      pods,
      env: { ...env, ...(egress ? { PROXY: egress.proxy.url } : {}) },
      extensions: extensionsIn(charts),
      preinstall: props.preinstall ?? [],
      prefetch: props.prefetch ?? false,
    });

    this.api = backend
      .expose('Service', { name: 'kube-helm-service', ports: { http: PORT }, selector: SELECTOR })
      .endpoint('http');
    new WebRoute(this, 'Route', {
      platform,
      name: 'kube-helm-ingress',
      paths: [PATH],
      to: this.api,
      strip: 'kh-strip-prefix',
      annotations: { 'kubernetes.io/ingress.global-static-ip-name': 'kubernetes-ingress' },
    });
  }

  private createBackend(pods: KubeHelmPods, env: NonNullable<ContainerProps['env']>, charts: Volume): Workload {
    const { platform, release, egress, containerdSocket } = this.props;
    return new Workload(this, 'Backend', {
      ...pods,
      name: 'kube-helm-deployment',
      labels: { ...SELECTOR, 'app.kubernetes.io/component': 'backend' },
      priorityClass: HIGH_PRIORITY,
      scrape: { port: 'http', scheme: 'http', job: 'Kaapana Kube Helm Backend' },
      exceptions:
        containerdSocket === undefined
          ? undefined
          : { hostPath: 'it imports images that users built or uploaded into the node' },
      container: {
        name: 'kube-helm',
        image: platform.images.ref('kube-helm'),
        env: { ...env, KAAPANA_BUILD_VERSION: release.version, ...egressEnv(egress, egress?.internalCidrs) },
        ports: { http: PORT },
        mounts: [
          extensionsIn(charts),
          charts.at('/kaapana/mounted/platforms', { subPath: 'platforms' }),
          Volume.emptyDir('tmp').at('/tmp'),
          ...(containerdSocket === undefined ? [] : [socket(containerdSocket)]),
        ],
        resources: { memoryRequest: '100Mi', memoryLimit: '1Gi' },
      },
    });
  }

  /** What the server and its scripts read. */
  private env(): Record<string, string> {
    const { release, helmNamespace, collections, preinstall = [], offline = false, prefetch = false } = this.props;
    return {
      APPLICATION_ROOT: PATH,
      HELM_PATH: '/usr/local/bin/helm',
      RELEASE_NAME: release.name,
      HELM_NAMESPACE: helmNamespace,
      REGISTRY_URL: release.registry,
      OFFLINE_MODE: String(offline),
      KAAPANA_COLLECTIONS: collections.map((image) => `${image};`).join(''),
      PREINSTALL_EXTENSIONS: JSON.stringify(preinstall.map(({ name, version }) => ({ name, version }))),
      PREFETCH_EXTENSIONS: String(prefetch),
    };
  }
}

function extensionsIn(charts: Volume): Mount {
  return charts.at('/kaapana/mounted/extensions', { subPath: 'extensions' });
}

function socket(path: string): Mount {
  return Volume.hostPath('containerd-socket', path, 'Socket').at('/kaapana/mounted/containerd.sock');
}
