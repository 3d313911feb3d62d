import * as http from 'node:http';
import * as https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JsonObject, textAt } from '../objects/manifest';
import { ApiServerError, type Kubeconfig, readAccess } from './kubeconfig';

/** How long an answer may take, in milliseconds. */
const TIMEOUT_MS = 15_000;

/** How often an answer that says when to ask again is followed, and for how long one is waited for at most. */
const RETRIES = 10;
const MAX_WAIT_SECONDS = 10;

const CONNECTIONS = { keepAlive: true, maxSockets: 16 };

interface Body {
  readonly method: string;
  readonly type: string;
  readonly text: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;

  /** In how many seconds to ask again. */
  readonly retryAfter?: number;
}

/**
 * Reads from an API server, and changes single fields. The full client library would cost every preview half a second
 * of loading; this one knows certificates, tokens and credential plugins, which is what kubeconfigs of servers hold.
 */
export class ApiServer {
  public readonly url: string;
  private readonly agent: http.Agent;
  private readonly headers: Record<string, string>;

  /** @throws ApiServerError when the kubeconfig is missing or incomplete, or gives no credential */
  constructor(kubeconfig: Kubeconfig) {
    const { url, token, authority, certificate, key, serverName, verified } = readAccess(kubeconfig);
    this.url = url;
    this.headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    this.agent = url.startsWith('http:')
      ? new http.Agent(CONNECTIONS)
      : new https.Agent({
          ...CONNECTIONS,
          ca: authority,
          cert: certificate,
          key,
          servername: serverName,
          rejectUnauthorized: verified,
        });
  }

  /**
   * The answer to GET `path`; undefined when there is no such thing. Where the server asks to be asked again, as it
   * does while the store of a new kind starts, that is done (as often as kubectl does it).
   *
   * @throws ApiServerError when the server does not answer or refuses
   */
  public async get(path: string, accept = 'application/json'): Promise<JsonObject | undefined> {
    for (let asked = 1; ; asked++) {
      const { status, retryAfter, text } = await this.ask(path, accept).catch((problem: Error) => {
        throw new ApiServerError(
          `the API server ${this.url} does not answer (${problem.message}); nothing was changed. Is the server up, and is the kubeconfig its own?`,
        );
      });
      if (status === 404) return undefined;
      if (status === 200) return JSON.parse(text) as JsonObject;
      if (retryAfter === undefined || asked > RETRIES) {
        throw new ApiServerError(
          `the API server ${this.url} refused ${path} (${status}): ${text.slice(0, 300)}; nothing was changed`,
        );
      }
      await sleep(retryAfter * 1000);
    }
  }

  /**
   * Changes the fields of the object at `path` that `change` names; null removes one (JSON merge patch).
   *
   * @throws ApiServerError when the server does not answer or refuses
   */
  public async patch(path: string, change: JsonObject): Promise<void> {
    const body = { method: 'PATCH', type: 'application/merge-patch+json', text: JSON.stringify(change) };
    const { status, text } = await this.ask(`${path}?fieldManager=kaapana`, 'application/json', body).catch(
      (problem: Error) => {
        throw new ApiServerError(`the API server ${this.url} does not answer (${problem.message})`);
      },
    );
    if (status !== 200)
      throw new ApiServerError(
        `the API server ${this.url} refused to change ${path} (${status}): ${text.slice(0, 300)}`,
      );
  }

  /**
   * Why the server would refuse to apply `object` at `path`: it is only asked, with its strict field validation.
   * Undefined where it would take it, or knows no such kind yet.
   *
   * @throws ApiServerError when the server does not answer
   */
  public async tryOut(path: string, object: JsonObject): Promise<string | undefined> {
    const body = { method: 'PATCH', type: 'application/apply-patch+yaml', text: JSON.stringify(object) };
    const options = 'dryRun=All&fieldValidation=Strict&force=true&fieldManager=kaapana';
    for (let asked = 1; ; asked++) {
      const { status, retryAfter, text } = await this.ask(`${path}?${options}`, 'application/json', body).catch(
        (problem: Error) => {
          throw new ApiServerError(`the API server ${this.url} does not answer (${problem.message})`);
        },
      );
      if (status < 400 || status === 404) return undefined;
      if (retryAfter === undefined || asked > RETRIES) return messageIn(text);
      await sleep(retryAfter * 1000);
    }
  }

  private ask(path: string, accept: string, body?: Body): Promise<Answer> {
    return new Promise((done, fail) => {
      const headers = { ...this.headers, accept, ...(body && { 'content-type': body.type }) };
      const { request } = this.url.startsWith('http:') ? http : https;
      const asked = request(
        `${this.url}${path}`,
        { agent: this.agent, method: body?.method, headers, timeout: TIMEOUT_MS },
        (answer) => {
          const chunks: Buffer[] = [];
          const {
            statusCode: status = 0,
            headers: { 'retry-after': after },
          } = answer;
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', fail);
          answer.on('end', () =>
            done({
              status,
              text: Buffer.concat(chunks).toString('utf8'),
              ...(/^\d+$/.test(after ?? '') && { retryAfter: Math.min(Number(after), MAX_WAIT_SECONDS) }),
            }),
          );
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)));
      asked.on('error', fail);
      asked.end(body?.text);
    });
  }

  /** Lets the process end. */
  public close(): void {
    this.agent.destroy();
  }
}

/** What a refusal says. */
function messageIn(text: string): string {
  try {
    return textAt((JSON.parse(text) as JsonObject).message) ?? text.slice(0, 300);
  } catch {
    return text.slice(0, 300);
  }
}
