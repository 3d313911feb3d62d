import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { OperatorError } from '../base/operator-error';
import { type JsonObject, objectAt, objectsAt, textAt } from '../objects/manifest';

/** The API server cannot be asked; nothing was changed. */
export class ApiServerError extends OperatorError {}

/** Which cluster, and as whom. */
export interface Kubeconfig {
  /** Path of the kubeconfig file. @default - $KUBECONFIG, else ~/.kube/config */
  readonly path?: string;

  /** Context in it. @default - its current one */
  readonly context?: string;
}

/** What a kubeconfig says of one cluster and one user. */
export interface Access {
  readonly url: string;
  readonly token?: string;
  readonly authority?: Buffer;
  readonly certificate?: Buffer;
  readonly key?: Buffer;

  /** Name that the server's certificate has. @default - the host of `url` */
  readonly serverName?: string;

  /** Whether the server's certificate is looked at. */
  readonly verified: boolean;
}

/** The path of the kubeconfig that is used. */
export function kubeconfigPath({ path }: Kubeconfig): string {
  const first = (process.env['KUBECONFIG'] ?? '').split(':').find((candidate) => candidate !== '');
  return resolve((path ?? first ?? join(homedir(), '.kube', 'config')).replace(/^~(?=\/)/, homedir()));
}

/**
 * The URL of the API server, without asking for any credential.
 *
 * @throws ApiServerError when the kubeconfig is missing or incomplete
 */
export function serverUrl(kubeconfig: Kubeconfig): string {
  return urlOf(readContext(kubeconfigPath(kubeconfig), kubeconfig.context).cluster);
}

/**
 * All that is needed to ask the API server. A credential plugin is run for it.
 *
 * @throws ApiServerError when the kubeconfig is missing or incomplete, or its plugin gives no credential
 */
export function readAccess(kubeconfig: Kubeconfig): Access {
  const file = kubeconfigPath(kubeconfig);
  const { cluster, user } = readContext(file, kubeconfig.context);
  const bytes = (source: JsonObject, key: string): Buffer | undefined => {
    const [data, path] = [textAt(source[`${key}-data`]), textAt(source[key])];
    return data !== undefined
      ? Buffer.from(data, 'base64')
      : path !== undefined
        ? readNamed(file, key, path)
        : undefined;
  };
  const plugin = user.exec === undefined ? {} : runPlugin(file, objectAt(user.exec));
  const tokenFile = textAt(user.tokenFile);
  return {
    url: urlOf(cluster),
    token:
      plugin.token ??
      textAt(user.token) ??
      (tokenFile && readNamed(file, 'tokenFile', tokenFile).toString('utf8').trim()),
    authority: bytes(cluster, 'certificate-authority'),
    certificate: plugin.certificate ?? bytes(user, 'client-certificate'),
    key: plugin.key ?? bytes(user, 'client-key'),
    serverName: textAt(cluster['tls-server-name']),
    verified: cluster['insecure-skip-tls-verify'] !== true,
  };
}

function urlOf({ server }: JsonObject): string {
  return (textAt(server) ?? '').replace(/\/+$/, '');
}

function readContext(file: string, wanted: string | undefined): { cluster: JsonObject; user: JsonObject } {
  let config: JsonObject;
  try {
    config = objectAt(parse(readFileSync(file, 'utf8')) as JsonObject);
  } catch (problem) {
    // The first line says what and where; then comes the text around it, in which a token may stand.
    const [what = ''] = (problem as Error).message.split('\n');
    throw new ApiServerError(
      `cannot read the kubeconfig ${file} (${what.replace(/:$/, '')}); set kaapana:kubeconfig or KUBECONFIG`,
    );
  }
  const named = (list: string, name: string | undefined): JsonObject | undefined =>
    objectsAt(config[list]).find((entry) => entry.name === name);
  const name = wanted ?? textAt(config['current-context']);
  const context = objectAt(named('contexts', name)?.context);
  const cluster = named('clusters', textAt(context.cluster))?.cluster;
  if (cluster === undefined) {
    const known = objectsAt(config.contexts)
      .map((entry) => entry.name)
      .join(', ');
    throw new ApiServerError(
      `the kubeconfig ${file} has no context "${name ?? ''}"; it has ${known || 'none'}; set kaapana:kubeContext`,
    );
  }
  return { cluster: objectAt(cluster), user: objectAt(named('users', textAt(context.user))?.user) };
}

/** The file that the kubeconfig names at `key`. */
function readNamed(file: string, key: string, path: string): Buffer {
  const named = resolve(dirname(file), path);
  try {
    return readFileSync(named);
  } catch (problem) {
    throw new ApiServerError(
      `the ${key} ${named}, which the kubeconfig ${file} names, cannot be read (${(problem as NodeJS.ErrnoException).code}); bring it back, or set kaapana:kubeconfig to another one`,
    );
  }
}

/** Runs a credential plugin, as `kubectl` does. What it prints may be a credential, so no message has any of it. */
function runPlugin(file: string, exec: JsonObject): Pick<Access, 'token' | 'certificate' | 'key'> {
  const command = textAt(exec.command) ?? '';
  const env = {
    ...process.env,
    KUBERNETES_EXEC_INFO: JSON.stringify({
      apiVersion: exec.apiVersion,
      kind: 'ExecCredential',
      spec: { interactive: false },
    }),
  };
  for (const { name, value } of objectsAt(exec.env)) Object.assign(env, { [String(name)]: value });
  const args = Array.isArray(exec.args) ? exec.args.map(String) : [];
  const failed = (how: string, remedy: string): ApiServerError =>
    new ApiServerError(
      `the credential plugin "${command}" of the kubeconfig ${file} ${how}; set kaapana:kubeconfig to one with a certificate or a token, or ${remedy}`,
    );
  const look = `see what it says: kubectl --kubeconfig ${file} get namespaces`;
  let printed: string;
  try {
    printed = execFileSync(command, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (problem) {
    const { code, status, signal } = problem as NodeJS.ErrnoException & {
      status?: number | null;
      signal?: string | null;
    };
    if (code !== undefined) throw failed(`cannot be started (${code})`, 'install it');
    throw failed(`failed (${signal ?? `exit code ${status}`})`, look);
  }
  const { status } = objectAt(credential(printed));
  const pem = (key: string): Buffer | undefined => {
    const text = textAt(objectAt(status)[key]);
    return text === undefined ? undefined : Buffer.from(text);
  };
  const given = {
    token: textAt(objectAt(status).token),
    certificate: pem('clientCertificateData'),
    key: pem('clientKeyData'),
  };
  if (given.token === undefined && given.certificate === undefined) throw failed('prints no credential', look);
  return given;
}

/** What a plugin printed; undefined where that is no JSON. */
function credential(printed: string): JsonObject | undefined {
  try {
    return JSON.parse(printed) as JsonObject;
  } catch {
    return undefined;
  }
}
