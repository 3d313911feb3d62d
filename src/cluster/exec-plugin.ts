import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { printable } from '../base/printable';
import { type JsonObject, isObject, objectAt, objectsAt, textAt } from '../objects/manifest';
import { ApiServerError, besideFile, type Entry } from './kubeconfig';

/** What a plugin hands out. */
export interface PluginCredential {
  readonly token?: string;
  readonly certificate?: Buffer;
  readonly key?: Buffer;
}

/** Versions of the contract that kubectl knows (k8s.io/client-go/plugin/pkg/client/auth/exec, 0.33). */
const VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

/** Where a cluster keeps what its plugin is to be told. */
const EXTENSION = 'client.authentication.k8s.io/exec';

/**
 * Runs the credential plugin of `user` as kubectl does, without a terminal. What it prints may be a credential, so no
 * message has any of it.
 *
 * @throws ApiServerError when it cannot be run, fails, or gives no credential
 */
export function runPlugin(user: Entry, cluster: Entry, url: string): PluginCredential {
  const exec = objectAt(user.value.exec);
  const named = textAt(exec.command) ?? '';
  const command = named.includes('/') ? besideFile(user, named) : named;
  const failed = (how: string, remedy: string): ApiServerError =>
    new ApiServerError(
      `the credential plugin "${command}" of the kubeconfig ${user.file} ${how}; set kaapana:kubeconfig to one with a certificate or a token, or ${remedy}`,
    );
  const look = `see what it says: kubectl --kubeconfig ${user.file} get namespaces`;
  const version = textAt(exec.apiVersion) ?? '';
  if (!VERSIONS.includes(version))
    throw failed(
      `has the apiVersion "${version}", which kubectl no longer knows`,
      `use a newer plugin (${VERSIONS[0]})`,
    );
  if (exec.interactiveMode === 'Always')
    throw failed('has to ask at a terminal (interactiveMode: Always)', 'log in so that it need not ask');
  const info = {
    apiVersion: version,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo === true && { cluster: clusterInfo(cluster, url) }) },
  };
  const env = { ...process.env };
  for (const { name, value } of objectsAt(exec.env)) env[String(name)] = textAt(value) ?? '';
  env['KUBERNETES_EXEC_INFO'] = JSON.stringify(info);
  let printed: string;
  try {
    printed = execFileSync(command, Array.isArray(exec.args) ? exec.args.map(String) : [], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (problem) {
    const { code, status, signal } = problem as NodeJS.ErrnoException & {
      status?: number | null;
      signal?: string | null;
    };
    const hint = printable(textAt(exec.installHint) ?? '');
    if (code !== undefined)
      throw failed(`cannot be started (${code})`, hint === '' ? 'install it' : `install it: ${hint}`);
    throw failed(`failed (${signal ?? `exit code ${status}`})`, look);
  }
  return credentialIn(printed, version, (how) => failed(how, look));
}

function credentialIn(printed: string, version: string, failed: (how: string) => ApiServerError): PluginCredential {
  const answer = objectIn(printed);
  const { token, clientCertificateData, clientKeyData } = objectAt(answer.status);
  if (answer.kind !== 'ExecCredential') throw failed('prints no credential');
  if (answer.apiVersion !== version) throw failed(`prints a credential of another apiVersion than ${version}`);
  const [certificate, key] = [clientCertificateData, clientKeyData].map((data) => textAt(data) ?? '');
  if (!textAt(token) && !certificate && !key) throw failed('prints no credential');
  if (Boolean(certificate) !== Boolean(key)) throw failed('prints a certificate without its key, or a key alone');
  return {
    ...(textAt(token) && { token: textAt(token) }),
    ...(certificate && key && { certificate: Buffer.from(certificate), key: Buffer.from(key) }),
  };
}

/** What a plugin printed; nothing where that is no JSON. */
function objectIn(printed: string): JsonObject {
  try {
    const answer = JSON.parse(printed) as JsonObject;
    return isObject(answer) ? answer : {};
  } catch {
    return {};
  }
}

function clusterInfo(cluster: Entry, url: string): JsonObject {
  const { value } = cluster;
  const authority = textAt(value['certificate-authority']);
  const extension = objectsAt(value.extensions).find(({ name }) => name === EXTENSION)?.extension;
  return {
    server: url,
    'tls-server-name': value['tls-server-name'],
    'insecure-skip-tls-verify': value['insecure-skip-tls-verify'],
    'certificate-authority-data':
      value['certificate-authority-data'] ??
      (authority && readFileSync(besideFile(cluster, authority)).toString('base64')),
    'proxy-url': value['proxy-url'],
    config: extension ?? null,
  };
}
