import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Identity, RuntimeSecret, Volume, type VolumeSource, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';

/** Properties of `CertCopy`. */
export interface CertCopyProps extends ComponentProps {
  /** Namespace of the copy. */
  readonly namespace: string;

  /** The certificate, in the admin namespace; the job runs there. */
  readonly certificate: RuntimeSecret;

  /** Claim with the certificate's files, where it was made. */
  readonly files: VolumeSource;
}

const VALID_DAYS = 365;

/** Copies the TLS certificate to the namespace of the services (cert-copy-chart, Kaapana 0.6.0). */
export class CertCopy extends Construct {
  /** Keys `tls.crt` and `tls.key`; there once the job has run. */
  public readonly certificate: RuntimeSecret;

  constructor(scope: Construct, id: string, props: CertCopyProps) {
    super(scope, id);
    const { platform, namespace, certificate } = props;
    // Several instances copy the one certificate of the server.
    const name = `cert-copy-${namespace}`;

    const identity = new Identity(this, 'Identity', {
      name,
      namespace: certificate.namespace,
      roles: {
        [certificate.namespace]: [look('secrets', certificate.name)],
        [namespace]: copyRules(namespace, certificate.name),
      },
    });
    const job = new Workload(this, 'Job', {
      platform,
      namespace: certificate.namespace,
      name,
      kind: 'Job',
      identity,
      nodeSelector: platform.storageNode,
      container: {
        name: 'cert-copy',
        image: platform.images.ref('cert-init'),
        env: {
          ACTION: 'copy',
          SECRET_NAME: certificate.name,
          SECRET_NAMESPACE: namespace,
          ADMIN_NAMESPACE: certificate.namespace,
          COMMON_NAME: 'kaapana',
          EXPIRATION: String(VALID_DAYS),
        },
        mounts: [Volume.claim('tls-storage', props.files).at('/cert/tls')],
        exceptions: { writableRoot: 'kubectl keeps what it knows of the API in the home directory' },
        resources: { memoryLimit: '200Mi' },
      },
    });
    job.node.addDependency(certificate);

    this.certificate = new RuntimeSecret(this, 'Certificate', { name: certificate.name, namespace, madeBy: job });
  }
}

/** It looks whether the namespace and the copy are there, and makes the copy if not. */
function copyRules(namespace: string, secret: string): k8s.PolicyRule[] {
  // Kubernetes cannot limit `create` to a name.
  return [
    look('namespaces', namespace),
    look('secrets', secret),
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  ];
}

function look(kind: string, name: string): k8s.PolicyRule {
  return { apiGroups: [''], resources: [kind], resourceNames: [name], verbs: ['get'] };
}
