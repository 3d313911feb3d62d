import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { OperatorError } from '../operator-error';
import { type JsonObject, objectAt, objectsAt, textAt } from './manifest';

/** The API server cannot be asked; nothing was changed. */
export class ApiServerError extends OperatorError {}

/** Which cluster, and as whom. */
export interface Kubeconfig {
  /** Path of the kubeconfig file. @default - $KUBECONFIG, else ~/.kube/config */
  readonly path?: string;

  /** Context in it. @default - its current one */
  readonly context?: string;
}

/** How long an answer may take, in milliseconds. */
const TIMEOUT_MS = 15_000;

/** How often an answer that says when to ask again is followed, and for how long one is waited for at most. */
const RETRIES = 10;
const MAX_WAIT_SECONDS = 10;

const CONNECTIONS = { keepAlive: true, maxSockets: 16 };

interface Answer {
  readonly status: number;
  readonly text: string;

  /** In how many seconds to ask again. */
  readonly retryAfter?: number;
}

/** The path of the kubeconfig that is used. */
export function kubeconfigPath({ path }: Kubeconfig): string {
  const first = (process.env['KUBECONFIG'] ?? '').split(':').find((candidate) => candidate !== '');
  return resolve((path ?? first ?? join(homedir(), '.kube', 'config')).replace(/^~(?=\/)/, homedir()));
}

/**
 * Reads from an API server. The full client library would cost every preview half a second of loading;
 * this one knows certificates, tokens and credential plugins, which is what kubeconfigs of servers hold.
 */
export class ApiServer {
  public readonly url: string;
  private readonly agent: http.Agent;
  private readonly headers: Record<string, string>;

  /** @throws ApiServerError when the kubeconfig is missing or incomplete */
  constructor(kubeconfig: Kubeconfig) {
    const file = kubeconfigPath(kubeconfig);
    const { cluster, user } = readContext(file, kubeconfig.context);
    const bytes = (source: JsonObject, key: string): Buffer | undefined => {
      const [data, path] = [textAt(source[`${key}-data`]), textAt(source[key])];
      return data !== undefined ? Buffer.from(data, 'base64') : path !== undefined ? readFileSync(resolve(dirname(file), path)) : undefined;
    };
    const plugin = user.exec === undefined ? {} : runPlugin(objectAt(user.exec));
    const tokenFile = textAt(user.tokenFile);
    const token = plugin.token ?? textAt(user.token) ?? (tokenFile && readFileSync(tokenFile, 'utf8').trim());
    this.url = (textAt(cluster.server) ?? '').replace(/\/+$/, '');
    this.headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    this.agent = this.url.startsWith('http:') ? new http.Agent(CONNECTIONS) : new https.Agent({
      ...CONNECTIONS,
      ca: bytes(cluster, 'certificate-authority'),
      cert: plugin.certificate ?? bytes(user, 'client-certificate'),
      key: plugin.key ?? bytes(user, 'client-key'),
      servername: textAt(cluster['tls-server-name']),
      rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
    });
  }

  /**
   * The answer to GET `path`; undefined when there is no such thing. Where the server asks to be asked again, as it does
   * while the store of a new kind starts, that is done (as often as kubectl does it).
   *
   * @throws ApiServerError when the server does not answer or refuses
   */
  public async get(path: string, accept = 'application/json'): Promise<JsonObject | undefined> {
    for (let asked = 1; ; asked++) {
      const { status, retryAfter, text } = await this.ask(path, accept);
      if (status === 404) return undefined;
      if (status === 200) return JSON.parse(text) as JsonObject;
      if (retryAfter === undefined || asked > RETRIES) {
        throw new ApiServerError(`the API server ${this.url} refused ${path} (${status}): ${text.slice(0, 300)}; nothing was changed`);
      }
      await sleep(retryAfter * 1000);
    }
  }

  private ask(path: string, accept: string): Promise<Answer> {
    return new Promise((done, fail) => {
      const headers = { ...this.headers, accept };
      const { request } = this.url.startsWith('http:') ? http : https;
      const asked = request(`${this.url}${path}`, { agent: this.agent, headers, timeout: TIMEOUT_MS }, (answer) => {
        const chunks: Buffer[] = [];
        const { statusCode: status = 0, headers: { 'retry-after': after } } = answer;
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', fail);
        answer.on('end', () => done({
          status,
          text: Buffer.concat(chunks).toString('utf8'),
          ...(/^\d+$/.test(after ?? '') && { retryAfter: Math.min(Number(after), MAX_WAIT_SECONDS) }),
        }));
      });
      asked.on('timeout', () => asked.destroy(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)));
      asked.on('error', (problem) => fail(new ApiServerError(
        `the API server ${this.url} does not answer (${problem.message}); nothing was changed. Is the server up, and is the kubeconfig its own?`)));
      asked.end();
    });
  }

  /** Lets the process end. */
  public close(): void {
    this.agent.destroy();
  }
}

function readContext(file: string, wanted: string | undefined): { cluster: JsonObject; user: JsonObject } {
  let config: JsonObject;
  try {
    config = objectAt(parse(readFileSync(file, 'utf8')) as JsonObject);
  } catch (problem) {
    throw new ApiServerError(`cannot read the kubeconfig ${file} (${(problem as Error).message}); set kaapana:kubeconfig or KUBECONFIG`);
  }
  const named = (list: string, name: string | undefined): JsonObject | undefined =>
    objectsAt(config[list]).find((entry) => entry.name === name);
  const name = wanted ?? textAt(config['current-context']);
  const context = objectAt(named('contexts', name)?.context);
  const cluster = named('clusters', textAt(context.cluster))?.cluster;
  if (cluster === undefined) {
    const known = objectsAt(config.contexts).map((entry) => entry.name).join(', ');
    throw new ApiServerError(`the kubeconfig ${file} has no context "${name ?? ''}"; it has ${known || 'none'}; set kaapana:kubeContext`);
  }
  return { cluster: objectAt(cluster), user: objectAt(named('users', textAt(context.user))?.user) };
}

/** Runs a credential plugin, as `kubectl` does. */
function runPlugin(exec: JsonObject): { token?: string; certificate?: Buffer; key?: Buffer } {
  const env = { ...process.env, KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion: exec.apiVersion, kind: 'ExecCredential', spec: { interactive: false } }) };
  for (const { name, value } of objectsAt(exec.env)) Object.assign(env, { [String(name)]: value });
  const args = Array.isArray(exec.args) ? exec.args.map(String) : [];
  const answer = JSON.parse(execFileSync(String(exec.command), args, { env, encoding: 'utf8' })) as JsonObject;
  const status = objectAt(answer.status);
  const pem = (key: string): Buffer | undefined => {
    const text = textAt(status[key]);
    return text === undefined ? undefined : Buffer.from(text);
  };
  return { token: textAt(status.token), certificate: pem('clientCertificateData'), key: pem('clientKeyData') };
}
