import { createHash, X509Certificate } from 'node:crypto';
import { bytes } from './access';
import { ApiServerError, type Kubeconfig } from './kubeconfig';
import { readTarget } from './kubeconfig-context';

/** What a server is known by, as far as a kubeconfig tells. */
export interface ServerIdentity {
  /** Address of its API server. */
  readonly url: string;

  /** Fingerprint of the certificates that vouch for it. @default - those of this machine do */
  readonly authority?: string;

  /** Whether these certificates are its own, so that no other server has them. */
  readonly isItsOwn: boolean;
}

/** Names of the authorities that Kubernetes distributions make for one cluster each (kubeadm, k3s, rke2, MicroK8s). */
const OWN_AUTHORITY = /^CN=(kubernetes|kube-ca|k3s-server-ca@\d+|rke2-server-ca@\d+|10\.152\.183\.1)$/m;

/** The identity of the server of a kubeconfig; undefined where that cannot be read here. No server is asked. */
export function serverIdentity(kubeconfig: Kubeconfig): ServerIdentity | undefined {
  try {
    const { cluster, url } = readTarget(kubeconfig);
    const authority = bytes(cluster, 'certificate-authority');
    const { protocol, hostname, port, pathname } = new URL(url);
    return {
      url: `${protocol}//${hostname}:${port || (protocol === 'https:' ? '443' : '80')}${pathname.replace(/\/+$/, '')}`,
      ...(authority && { authority: createHash('sha256').update(essence(authority)).digest('hex') }),
      isItsOwn: authority !== undefined && isOfOneCluster(authority),
    };
  } catch (problem) {
    if (problem instanceof ApiServerError) return undefined;
    throw problem;
  }
}

/** Whether two kubeconfigs lead to one server: by one address, or by two of them with the server's own authority. */
export function isSameServer(one: ServerIdentity, other: ServerIdentity): boolean {
  const isContradicted =
    one.authority !== undefined && other.authority !== undefined && one.authority !== other.authority;
  if (isContradicted) return false;
  return one.url === other.url || (one.isItsOwn && one.authority === other.authority);
}

/** PEM without what may differ in form. */
function essence(pem: Buffer): string {
  return pem.toString('utf8').replace(/\s+/g, '');
}

function isOfOneCluster(pem: Buffer): boolean {
  try {
    const { subject, issuer } = new X509Certificate(pem);
    return subject === issuer && OWN_AUTHORITY.test(subject);
  } catch {
    return false;
  }
}
