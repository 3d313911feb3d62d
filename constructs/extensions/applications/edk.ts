import { Construct } from 'constructs';
import {
  AdmissionPolicy,
  CONTAINER_LISTS,
  DataVolume,
  everyContainer,
  everyVolume,
  Identity,
  Middleware,
  type NetworkPeer,
  origin,
  policyRules,
  sharesNothing,
  TOKEN_VOLUME,
  UNPRIVILEGED,
  Volume,
  WebRoute,
  Workload,
} from '../../kube';
import { egressAddresses } from '../../platform/egress';
import { minioMirror } from '../../platform/minio-mirror';
import { CodeEditor } from '../contract/code-editor';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';
import { LocalRegistry } from '../contract/local-registry';

const definition = defineExtension({
  name: 'edk',
  title: 'Extension Development Kit',
  purpose: 'An editor, image builders and a registry, for extensions of your own',
  kind: 'application',
  listedInUse: true,
  maturity: 'stable',
  hardware: 'cpu',
  documentation: 'user_guide/extensions.html#extension-development-kit-edk',
  images: ['edk', 'local-registry', 'local-registry-ui'],
});

const PATH = '/edk';
const WORKSPACE = '/kaapana/app';
const DATA_DIR = '/kaapana/minio';
const OUTPUT = 'edk-to-minio';
const INPUT = 'minio-to-edk';
const ACCOUNT = 'edk-serviceaccount';

/** The extension development kit (edk, Kaapana 0.6.0). Its scripts build each image in a pod of its own. */
export class Edk extends Construct {
  public static readonly definition = definition;

  /** Its pods, whoever deploys it: their name is fixed. */
  public static peer(namespace: string): NetworkPeer {
    return { namespace, podLabels: { 'app.kubernetes.io/name': definition.name } };
  }

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExtensionProps<typeof definition>,
  ) {
    super(scope, id);
    const {
      platform,
      services: {
        namespaces: { services: namespace },
        egress,
        minio,
        kubeHelm,
      },
      name,
    } = props;
    const registry = new LocalRegistry(this, 'Registry', { platform, namespace });
    const claim = new DataVolume(this, 'Files', {
      platform,
      namespace,
      name: `${name}-pv-claim`,
      role: 'fast',
      holds: 'images and extensions in development',
    });
    const files = Volume.claim('edk-volume', claim).at(DATA_DIR);
    const { container } = this.createEditor(registry);
    const mirror = (action: 'FETCH' | 'PUSH', directory: string) =>
      minioMirror({
        platform,
        minio,
        action,
        name: action === 'FETCH' ? 'minio-input' : 'minio-output',
        remote: `${name}/${directory}`,
        local: `${DATA_DIR}/${directory}`,
        mounts: [files],
      });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name,
      identity: this.createIdentity(namespace, claim.name),
      nodeSelector: platform.storageNode,
      podSecurity: { runAsUser: 0 }, // Developers install packages.
      uses: [minio.api, kubeHelm, registry.endpoint, ...egressAddresses(egress)],
      container: { ...container, mounts: [...(container.mounts ?? []), files] },
      sidecars: [mirror('FETCH', INPUT), mirror('PUSH', OUTPUT)],
    });
    new WebRoute(this, 'Route', {
      platform,
      name,
      paths: [`${PATH}/`],
      to: server.expose('Service', { name, ports: CodeEditor.port }).endpoint('vs-http'),
      middlewares: [
        Middleware.stripPrefix(this, 'StripPrefix', { namespace, name: `cs-strip-prefix-${name}`, prefix: PATH }),
      ],
    });
  }

  private createEditor({ endpoint }: LocalRegistry): CodeEditor {
    const {
      platform,
      services: { namespaces, release, kubeHelm, egress },
      name,
    } = this.props;
    return new CodeEditor(this, 'Editor', {
      namespace: namespaces.services,
      name,
      egress,
      image: platform.images.ref('edk'),
      container: 'edk',
      workspace: WORKSPACE,
      memoryLimit: '30Gi',
      env: {
        KAAPANA_BUILD_VERSION: release.version,
        KAAPANA_BUILD_BRANCH: release.version, // It clones Kaapana by it, whose releases are tags.
        KAAPANA_REPO_PATH: `${WORKSPACE}/kaapana`,
        KUBE_HELM_URL: `${origin(kubeHelm)}/kube-helm-api`,
        NAMESPACE: namespaces.services,
        REGISTRY_URL: release.registry,
        LOCAL_REGISTRY_URL: `${endpoint.host}:${endpoint.port}`,
        VOLUME_PATH: `${DATA_DIR}/${OUTPUT}`,
      },
    });
  }

  /** It may start pods and see what becomes of them; the pods may have nothing but its files. */
  private createIdentity(namespace: string, claim: string): Identity {
    new AdmissionPolicy(this, 'Builders', {
      name: `${namespace}-edk-builders`,
      requests: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      conditions: { 'by-edk': `request.userInfo.username == "system:serviceaccount:${namespace}:${ACCOUNT}"` },
      validations: [
        {
          expression: 'object.spec.serviceAccountName == "default"',
          message: 'builders of the EDK have no service account of others',
        },
        sharesNothing('builders of the EDK'),
        {
          expression: everyVolume(
            `has(v.emptyDir) || v.?persistentVolumeClaim.?claimName.orValue("") == "${claim}" || ${TOKEN_VOLUME}`,
          ),
          message: 'builders of the EDK mount its files alone',
        },
        ...CONTAINER_LISTS.map((list) => ({
          expression: everyContainer(
            list,
            `${UNPRIVILEGED} && !has(c.envFrom) && c.?env.orValue([]).all(e, !has(e.valueFrom))`,
          ),
          message: `${list} of the EDK's builders are neither privileged nor have values of Secrets`,
        })),
      ],
    });
    return new Identity(this, 'Identity', {
      name: ACCOUNT,
      namespace,
      roles: { [namespace]: policyRules(['create', 'watch'], { '': ['pods'] }) },
    });
  }
}
