import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { DataVolume, Identity, RuntimeSecret, Volume, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';

/** Properties of `CertInit`. */
export interface CertInitProps extends ComponentProps {
  /** Host name that the certificate is for. */
  readonly domain: string;

  /** Namespace with the copy of the certificate that the services use. */
  readonly servicesNamespace: string;

  /**
   * Whether that namespace is deployed too. Only then the job sees the copy there: it leaves a
   * certificate alone that has one, and takes the copy back when files of the operator replace it.
   *
   * @default false
   */
  readonly servicesDeployed?: boolean;
}

const SECRET = 'certificate';
const TLS_DIR = '/cert/tls';
const VALID_DAYS = 365;

const LOOK_AND_REMOVE: k8s.PolicyRule = {
  apiGroups: [''],
  resources: ['secrets'],
  resourceNames: [SECRET],
  verbs: ['get', 'delete'],
};
/** Kubernetes cannot limit `create` to a name. */
const CREATE: k8s.PolicyRule = { apiGroups: [''], resources: ['secrets'], verbs: ['create'] };

/** Makes the TLS certificate: from the operator's files, else self-signed (cert-init-chart, Kaapana 0.6.0). */
export class CertInit extends Construct {
  /** Keys `tls.crt` and `tls.key`; there once the job has run. */
  public readonly certificate: RuntimeSecret;

  /** The operator's files. */
  public readonly files: DataVolume;

  constructor(scope: Construct, id: string, props: CertInitProps) {
    super(scope, id);
    const { platform, namespace, servicesNamespace } = props;

    this.files = new DataVolume(this, 'Files', {
      platform,
      namespace,
      name: 'tls-pv-claim',
      role: 'fast',
      holds: 'the TLS certificate and key of the operator',
    });
    const identity = new Identity(this, 'Identity', {
      namespace,
      name: 'cert-init',
      roles: {
        ...(props.servicesDeployed ? { [servicesNamespace]: [LOOK_AND_REMOVE] } : {}),
        [namespace]: [LOOK_AND_REMOVE, CREATE],
      },
    });
    const job = new Workload(this, 'Job', {
      platform,
      namespace,
      name: 'cert-init',
      kind: 'Job',
      identity,
      nodeSelector: platform.storageNode,
      container: {
        image: platform.images.ref('cert-init'),
        env: {
          ACTION: 'install',
          SECRET_NAME: SECRET,
          SECRET_NAMESPACE: servicesNamespace,
          ADMIN_NAMESPACE: namespace,
          COMMON_NAME: 'kaapana',
          EXPIRATION: String(VALID_DAYS),
          HOSTNAME: props.domain,
        },
        mounts: [Volume.claim('tls-storage', this.files).at(TLS_DIR)],
        exceptions: { writableRoot: 'kubectl keeps what it knows of the API in the home directory' },
        resources: { memoryLimit: '200Mi' },
      },
    });

    this.certificate = new RuntimeSecret(this, 'Certificate', { name: SECRET, namespace, madeBy: job });
  }
}
