import { existsSync, readFileSync } from 'node:fs';
import { isObject, type JsonObject, objectAt, textAt } from '../objects/manifest';
import { type PluginCredential, runPlugin } from './exec-plugin';
import { ApiServerError, besideFile, type Entry, type Kubeconfig } from './kubeconfig';
import { readTarget, type Target } from './kubeconfig-context';
import { proxyFor } from './proxy';

/** How the API server is asked. */
export interface Access {
  readonly url: string;

  /** Who asks, and as whom. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly authority?: Buffer;
  readonly certificate?: Buffer;
  readonly key?: Buffer;

  /** Name that the server's certificate has. @default - the host of `url` */
  readonly serverName?: string;

  /** Whether the server's certificate is looked at. */
  readonly verified: boolean;

  /** Proxy on the way to the server. @default - none */
  readonly proxy?: string;
}

/**
 * The URL of the API server, without asking for any credential.
 *
 * @throws ApiServerError when the kubeconfig is missing or incomplete
 */
export function serverUrl(kubeconfig: Kubeconfig): string {
  return readTarget(kubeconfig).url;
}

/**
 * All that is needed to ask the API server. A credential plugin is run for it.
 *
 * @throws ApiServerError when the kubeconfig is missing or incomplete, or its plugin gives no credential
 */
export function readAccess(kubeconfig: Kubeconfig): Access {
  const target = readTarget(kubeconfig);
  const { cluster, user, url } = target;
  const way = { url, proxy: proxyFor(url, textAt(cluster.value['proxy-url'])) };
  // kubectl sends credentials by TLS alone, and says in any case as whom it asks.
  if (url.startsWith('http:')) return { ...way, headers: impersonation(user.value), verified: true };
  const { certificate, key, token } = credentialOf(target);
  const authority = bytes(cluster, 'certificate-authority');
  return {
    ...way,
    headers: { ...authorization(user.value, token), ...impersonation(user.value) },
    authority: authority ?? systemAuthorities(),
    certificate,
    key,
    serverName: textAt(cluster.value['tls-server-name']),
    verified: cluster.value['insecure-skip-tls-verify'] !== true,
  };
}

/** A token, a password or a certificate that is written down is preferred to a plugin, which is not run then. */
function credentialOf({ user, cluster, url }: Target): PluginCredential {
  const { value } = user;
  const token = tokenOf(user);
  const certificate = bytes(user, 'client-certificate');
  const key = certificate && bytes(user, 'client-key');
  const isWritten = token !== undefined || certificate !== undefined || Boolean(textAt(value.username));
  if (isObject(value.exec) && !isWritten) return runPlugin(user, cluster, url);
  const provider = textAt(objectAt(value['auth-provider']).name);
  if (provider !== undefined && !isWritten) return { token: providedToken(user, provider) };
  return { token, certificate, key };
}

/** The file is read each time, and may be newer than the token beside it. */
function tokenOf(user: Entry): string | undefined {
  const token = textAt(user.value.token) || undefined;
  const path = textAt(user.value.tokenFile);
  if (!path) return token;
  const file = besideFile(user, path);
  const read = existsSync(file) || token === undefined ? readNamed(user, 'tokenFile').toString('utf8').trim() : '';
  if (read === '' && token === undefined)
    throw new ApiServerError(
      `the tokenFile ${file}, which the kubeconfig ${user.file} names, is empty; write a token to it, or set kaapana:kubeconfig to another one`,
    );
  return read === '' ? token : read;
}

/**
 * The token that kubectl keeps of its only provider beside plugins. It renews it itself, and writes the new one down,
 * so that nobody else may.
 */
function providedToken({ value, file }: Entry, provider: string): string {
  const token = textAt(objectAt(objectAt(value['auth-provider']).config)['id-token']);
  if (provider === 'oidc' && token) return token;
  throw new ApiServerError(
    provider === 'oidc'
      ? `the auth-provider of the kubeconfig ${file} has no id-token; log in, then let kubectl get one: kubectl --kubeconfig ${file} get namespaces`
      : `kubectl no longer knows the auth-provider "${provider}" of the kubeconfig ${file}; use its credential plugin (exec), or set kaapana:kubeconfig to one with a certificate or a token`,
  );
}

function authorization({ username, password }: JsonObject, token: string | undefined): { authorization?: string } {
  const name = textAt(username) ?? '';
  if (name !== '')
    return { authorization: `Basic ${Buffer.from(`${name}:${textAt(password) ?? ''}`).toString('base64')}` };
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** As whom is asked: headers of k8s.io/client-go/transport, 0.33. */
function impersonation(user: JsonObject): Record<string, string | string[]> {
  const [name, uid, groups] = [textAt(user.as), textAt(user['as-uid']), user['as-groups']];
  if (!name) return {};
  const extras = Object.entries(objectAt(user['as-user-extra'])).map(([key, values]): [string, string[]] => [
    `impersonate-extra-${encodeURIComponent(key)}`,
    Array.isArray(values) ? values.map(String) : [],
  ]);
  return {
    'impersonate-user': name,
    ...(uid && { 'impersonate-uid': uid }),
    ...(Array.isArray(groups) && groups.length > 0 && { 'impersonate-group': groups.map(String) }),
    ...Object.fromEntries(extras),
  };
}

/** The bytes that an entry has at `key`: as data, or in a file. */
export function bytes(entry: Entry, key: string): Buffer | undefined {
  const data = textAt(entry.value[`${key}-data`]);
  if (data) return Buffer.from(data, 'base64');
  return textAt(entry.value[key]) ? readNamed(entry, key) : undefined;
}

/** The file that an entry of the kubeconfig names at `key`. */
function readNamed(entry: Entry, key: string): Buffer {
  const named = besideFile(entry, textAt(entry.value[key]) ?? '');
  try {
    return readFileSync(named);
  } catch (problem) {
    throw new ApiServerError(
      `the ${key} ${named}, which the kubeconfig ${entry.file} names, cannot be read (${(problem as NodeJS.ErrnoException).code}); bring it back, or set kaapana:kubeconfig to another one`,
    );
  }
}

/** Where systems keep whom they trust: those of Go's crypto/x509 for Linux and macOS. */
const AUTHORITIES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Whom this machine trusts, also a site's own authority: Node alone would ask its built-in list. */
function systemAuthorities(): Buffer | undefined {
  const named = process.env['SSL_CERT_FILE'];
  const file = (named ? [named] : AUTHORITIES).find((candidate) => existsSync(candidate));
  return file === undefined ? undefined : readFileSync(file);
}
