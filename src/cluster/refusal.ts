import { X509Certificate } from 'node:crypto';
import { isObject, type Json, textAt } from '../objects/manifest';
import type { Access } from './access';
import { type Answer, objectOf } from './answer';

const NEW_KUBECONFIG =
  'get a new one from the server (microk8s config; /etc/rancher/k3s/k3s.yaml; kubeadm certs renew), or log in again';

/** What the API server says of a request that it refuses, and what to do. */
export function refusalOf(path: string, answer: Answer, access: Access, now = Date.now()): string {
  const { status, text } = answer;
  const said = textAt(objectOf(answer)?.message) ?? text.slice(0, 300);
  const refused = `the API server ${access.url} refused ${path} (${status}): ${said}; nothing was changed`;
  if (status === 401) {
    const expired = expiryOf(access);
    const why =
      expired !== undefined && expired < now
        ? `, which expired ${new Date(expired).toISOString().slice(0, 16)}Z`
        : ', which it does not know or which has expired';
    return `the API server ${access.url} takes no ${credentialOf(access)} of the kubeconfig${expired === undefined && credentialOf(access) === 'request without credentials' ? '' : why} (401): ${said}; nothing was changed. For the kubeconfig, ${NEW_KUBECONFIG}`;
  }
  if (status === 403)
    return `${refused}. Give this user the right to read it (kubectl auth can-i --list shows what it may), or set kaapana:kubeconfig to an administrator's`;
  return refused;
}

function credentialOf({ headers, certificate }: Access): string {
  const { authorization = '' } = headers;
  if (String(authorization).startsWith('Bearer ')) return 'token';
  if (String(authorization).startsWith('Basic ')) return 'password';
  return certificate === undefined ? 'request without credentials' : 'client certificate';
}

/** When the credential expires, in milliseconds, where it says so itself. */
function expiryOf({ headers, certificate }: Access): number | undefined {
  const [, payload] = /^Bearer [^.]+\.([^.]+)\.[^.]*$/.exec(String(headers['authorization'] ?? '')) ?? [];
  try {
    if (payload !== undefined) {
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Json;
      return isObject(claims) && typeof claims.exp === 'number' ? claims.exp * 1000 : undefined;
    }
    return certificate === undefined ? undefined : Date.parse(new X509Certificate(certificate).validTo);
  } catch {
    return undefined;
  }
}

/** What Node says of a connection that fails, without OpenSSL's numbers and lines. */
export function inWords({ message }: Error): string {
  const [what = ''] = message.split('\n');
  return /:error:[^:]*:[^:]*:[^:]*:([^:]+):/.exec(what)?.[1] ?? what;
}

/** What to do about a connection that fails, by what Node says. */
export function hintFor({ code = '', message }: NodeJS.ErrnoException, { proxy }: Access): string {
  const through = proxy === undefined ? '' : ` It is asked through the proxy ${new URL(proxy).host}.`;
  if (code === 'CERT_HAS_EXPIRED')
    return 'Its certificate has expired: renew it on the server (microk8s refresh-certs; kubeadm certs renew all; k3s renews when it starts)';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `Does the kubeconfig need tls-server-name, or is it that of another server?${through}`;
  if (/SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code))
    return `Is the certificate-authority of the kubeconfig that of this server?${through}`;
  if (/wrong version number|packet length too long|EPROTO/.test(`${code} ${message}`))
    return `Does it speak no TLS (http:// in place of https://)?${through}`;
  return `Is the server up, and is the kubeconfig its own?${through}`;
}
